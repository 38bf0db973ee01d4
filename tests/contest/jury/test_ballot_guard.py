"""The database itself refuses to change what was cast, by whatever way one tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from contest.models import Assignment, Ballot, LateBallot, Result
from tests.contest.jury.scene import JuryScene, grade, make_jury

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> JuryScene:
    scene = make_jury(posters=1, jurors=1)
    grade(scene.work(scene.jurors[0])[0], mention=3)
    LateBallot.objects.create(assignment=scene.work(scene.jurors[0])[0], grades={"mention": 1})
    Result.objects.create(
        contest=scene.contest_scene.contest,
        version=1,
        ruleset="1",
        fingerprint="0" * 64,
        public="results/a.zip",
        organisers="results/b.zip",
        published_at=timezone.now() + timedelta(days=1),
    )
    return scene


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contest_ballot SET grades = '{\"mention\": 5}'",
        "UPDATE contest_ballot SET n = 7",
        "DELETE FROM contest_ballot",
        "UPDATE contest_lateballot SET comment = 'x'",
        "DELETE FROM contest_lateballot",
        "UPDATE contest_result SET fingerprint = 'x'",
        "UPDATE contest_result SET public = 'x'",
        "DELETE FROM contest_result",
        "UPDATE contest_result SET id = 77",
    ],
)
def test_raw_sql_changes_nothing(judged: JuryScene, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Ballot.objects.get().grades == {"mention": 3}
    assert LateBallot.objects.count() == 1
    assert Result.objects.get().fingerprint == "0" * 64


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("table", "changed"),
    [
        ("contest_ballot", {"grades": "'{\"mention\": 5}'"}),
        ("contest_ballot", {"id": "77", "act": "'x'"}),
        ("contest_ballot", {"id": "77", "n": "9"}),
        ("contest_lateballot", {"comment": "'x'"}),
        ("contest_lateballot", {"id": "77"}),
        ("contest_result", {"fingerprint": "'x'"}),
        ("contest_result", {"id": "77", "fingerprint": "'x'"}),
    ],
)
def test_no_row_takes_the_place_of_another(
    judged: JuryScene, table: str, changed: dict[str, str]
) -> None:
    with connection.cursor() as cursor:
        columns = [
            one.name for one in connection.introspection.get_table_description(cursor, table)
        ]
    chosen = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    statement = f"INSERT OR REPLACE INTO {table} SELECT {chosen} FROM {table}"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Ballot.objects.get().grades == {"mention": 3}
    assert LateBallot.objects.get().comment == ""
    assert Result.objects.get().fingerprint == "0" * 64


def test_neither_does_the_orm(judged: JuryScene) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.update(grades={"mention": 5})
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.get().delete()


def test_no_ballot_is_added_to_a_round_that_is_counted(judged: JuryScene) -> None:
    judged.round.tallied_at = timezone.now()
    judged.round.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.create(assignment=Assignment.objects.get(), n=2, grades={"mention": 5})


def test_a_version_is_taken_once(judged: JuryScene) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.create(assignment=Assignment.objects.get(), n=1, grades={"mention": 5})


def test_a_result_may_only_be_called_off(judged: JuryScene) -> None:
    assert Result.objects.update(called_off_at=timezone.now()) == 1


@pytest.mark.postgresql
def test_the_table_cannot_be_emptied(judged: JuryScene) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE contest_ballot CASCADE")


def test_the_guard_survives_the_flush_of_a_transactional_test() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'contest_ballot_kept'")
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'contest_ballot_kept'")
        assert cursor.fetchone()[0] == 1
