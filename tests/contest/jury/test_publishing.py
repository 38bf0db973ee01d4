"""Publishing a palmarès: what it needs, what it keeps, corrections, calling off."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from wagtail.models import PageLogEntry

from contest import withdrawal
from contest.errors import NotAllowed, OutOfTurn
from contest.jury import publishing, results
from contest.jury.errors import NotReady
from contest.jury.explaining import members_of
from contest.models import ContestPage, Jury, Laureate, Result
from contest.models.result import FOLDER, private_storage
from contest.tally.publication import compare_verifier
from contest.tally.verification import verify
from tests.contest.jury.published_scene import (
    DECIDED,
    INSTANT,
    LATER,
    OUT,
    give,
    make_counted,
    publish,
)
from tests.contest.jury.scene import make_jury
from tests.factories import make_editor, make_site

pytestmark = pytest.mark.django_db


def fresh(contest: ContestPage) -> ContestPage:
    return ContestPage.objects.get(pk=contest.pk)


def laureates(result: Result) -> list[tuple[str, int | None, int | None, str]]:
    return [
        (one.label, one.poster.number, one.rank, one.reason)
        for one in result.laureates.select_related("poster")
    ]


def kept_files() -> int:
    storage = private_storage()
    return len(storage.listdir(FOLDER)[1]) if storage.exists(FOLDER) else 0


def test_publishing_keeps_the_archives_the_laureates_and_the_instant() -> None:
    scene = make_counted()
    give(scene, 3, "Pour son humour")

    result = publish(scene)

    assert (result.version, result.ruleset, result.note) == (1, "1", "")
    assert (result.decided_at, result.published_at) == (DECIDED, DECIDED)
    assert result.decided_by == scene.editor
    assert laureates(result) == [
        ("Premier prix", 1, 1, ""),
        ("Deuxième prix", 2, 2, ""),
        ("Coup de cœur", 3, None, "Pour son humour"),
    ]
    jury = Jury.objects.get(contest=scene.contest_scene.contest)
    assert jury.released_at == DECIDED
    assert fresh(scene.contest_scene.contest).calendar.results_are_out(DECIDED)
    entry = PageLogEntry.objects.get(action="contest.jury.publish")
    assert (entry.user, entry.data["fingerprint"]) == (scene.editor, result.fingerprint)


def test_the_archive_is_confirmed_and_says_the_whole_contest() -> None:
    scene = make_counted()
    give(scene, 3, "Pour son humour")

    members = members_of(publish(scene))

    assert verify(members).is_confirmed
    assert compare_verifier(members).code == "verifier_matches"
    definition = json.loads(members["definition.json"])
    assert definition["version"] == 1
    (category,) = definition["categories"]
    assert (category["key"], category["name"]) == (
        f"categorie-{scene.category.pk}",
        "Collèges",
    )
    assert len(category["jurors"]) == 5
    assert definition["awards"] == [
        {"prize": "Coup de cœur", "numbers": [3], "reason": "Pour son humour"}
    ]
    everything = b"".join(members.values()).decode()
    for poster in scene.posters:
        assert poster.establishment.name not in everything
    for juror in scene.jurors:
        assert juror.name not in everything
        assert juror.key not in everything


def test_under_five_jurors_only_the_organisers_archive_has_the_ballots() -> None:
    scene = make_counted(jurors=3)

    result = publish(scene)

    assert "tallies.json" in members_of(result)
    assert "salts.json" not in members_of(result)
    assert "salts.json" in members_of(result, for_organisers=True)
    assert len(members_of(result)["ballots.csv"].splitlines()) == 1


def test_only_the_editors_of_the_contest_publish() -> None:
    scene = make_counted()
    elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
    juror = scene.jurors[0].user

    for user in (elsewhere, juror, scene.contest_scene.account, scene.contest_scene.lead):
        with pytest.raises(NotAllowed):
            publish(scene, by=user)
    assert not Result.objects.exists()


def test_a_round_that_is_not_counted_is_in_the_way_and_no_file_is_left() -> None:
    scene = make_jury()
    before = kept_files()

    with pytest.raises(NotReady) as refused:
        publish(scene)

    assert refused.value.reasons == ("not_counted", "palmares")
    assert kept_files() == before


def test_a_contest_without_a_jury_cannot_be_published(scene) -> None:
    with pytest.raises(NotReady) as refused:
        publishing.publish(scene.contest, by=scene.editor, now=DECIDED)

    assert refused.value.reasons[0] == "no_round"


def test_a_chosen_instant_has_to_come() -> None:
    scene = make_counted()

    with pytest.raises(ValidationError) as refused:
        publish(scene, at=DECIDED)

    assert list(refused.value.message_dict) == ["at"]


def test_before_its_instant_nothing_is_public() -> None:
    scene = make_counted()
    result = publish(scene, at=INSTANT)
    contest = fresh(scene.contest_scene.contest)

    just_before = INSTANT - timedelta(seconds=1)
    assert results.current(contest, just_before) is None
    assert results.laurels_of(contest, just_before) == {}
    assert not contest.calendar.results_are_out(just_before)
    assert results.current(contest, INSTANT) == result
    assert contest.calendar.results_are_out(INSTANT)


def test_one_that_waits_for_its_instant_is_called_off_before_another() -> None:
    scene = make_counted()
    result = publish(scene, at=INSTANT)
    with pytest.raises(NotReady) as refused:
        publish(scene)
    assert refused.value.reasons == ("pending",)

    publishing.call_off(result, by=scene.editor, now=DECIDED)

    contest = fresh(scene.contest_scene.contest)
    assert results.current(contest, OUT) is None
    assert not contest.calendar.results_are_out(OUT)
    assert publish(scene, now=LATER).version == 1


def test_what_is_public_is_not_called_off() -> None:
    scene = make_counted()
    result = publish(scene, at=INSTANT)

    with pytest.raises(OutOfTurn):
        publishing.call_off(result, by=scene.editor, now=INSTANT)
    with pytest.raises(NotAllowed):
        publishing.call_off(result, by=scene.jurors[0].user, now=DECIDED)
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.filter(pk=result.pk).update(called_off_at=OUT)


def test_a_correction_says_why_and_keeps_the_version_before() -> None:
    scene = make_counted()
    first = publish(scene)
    give(scene, 4, "Oublié à la lecture du procès-verbal")
    with pytest.raises(ValidationError) as refused:
        publish(scene, now=LATER)
    assert list(refused.value.message_dict) == ["note"]

    second = publish(scene, now=LATER, note="Le coup de cœur\n avait été oublié.")

    assert (second.version, second.note) == (2, "Le coup de cœur avait été oublié.")
    contest = fresh(scene.contest_scene.contest)
    assert results.current(contest, LATER) == second
    assert results.current(contest, LATER - timedelta(seconds=1)) == first
    assert len(laureates(first)) == 2
    assert verify(members_of(first)).is_confirmed
    assert json.loads(members_of(second)["definition.json"])["note"] == second.note
    assert contest.jury.released_at == DECIDED


def test_a_correction_called_off_leaves_the_first_palmares_public() -> None:
    scene = make_counted()
    first = publish(scene)
    correction = publish(scene, now=OUT, at=LATER, note="Erreur de saisie.")

    publishing.call_off(correction, by=scene.editor, now=OUT)

    contest = fresh(scene.contest_scene.contest)
    assert results.current(contest, LATER) == first
    assert contest.jury.released_at == DECIDED


def test_a_withdrawn_laureate_is_shown_nowhere_and_its_ballots_stay() -> None:
    scene = make_counted()
    first = publish(scene)
    winner = scene.posters[0]
    withdrawal.withdraw(winner, by=winner.establishment.account, now=OUT)

    second = publish(scene, now=LATER, note="L’affiche n° 1 a été retirée.")

    assert [one.poster.number for one in results.laureates_of(first, LATER)] == [2]
    assert laureates(second) == [("Deuxième prix", 2, 2, "")]
    ballots = members_of(second)["ballots.csv"].decode()
    assert f"{scene.round.key},1,J01,mention,5" in ballots


@pytest.mark.parametrize("table", ["contest_result", "contest_laureate"])
def test_the_database_itself_keeps_what_is_published(table: str) -> None:
    publish(make_counted())
    columns = {"contest_result": "note = 'x'", "contest_laureate": "label = 'x'"}

    for statement in (f"UPDATE {table} SET {columns[table]}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Laureate.objects.count() == 2
