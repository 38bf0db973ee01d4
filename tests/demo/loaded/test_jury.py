"""The juries of a loaded demonstration: one whose palmarès is public, one at work today."""

from __future__ import annotations

import pytest
from django.test import Client

from contest.jury.enums import AssignmentStatus, Stage
from contest.jury.palmares import palmares_of
from contest.models import Conflict, ContestPage, Jury, Laureate, Result, Round
from contest.tally.archive import read_archive
from contest.tally.verification import verify
from demo.loading.juries import members_of
from tests.demo.loaded.conftest import NOW, Demonstration

pytestmark = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.xdist_group("demonstration"),
]


def test_the_past_palmares_is_what_its_ballots_give() -> None:
    result = Result.objects.get()
    with result.public.open() as archive:
        verification = verify(read_archive(archive))
    assert verification.is_confirmed
    assert all(found.jurors is not None for found in verification.results), "ballots are public"
    lines = palmares_of(result.contest).lines
    assert [(line.label, line.poster.pk, line.rank) for line in lines] == list(
        Laureate.objects.filter(result=result).values_list("label", "poster", "rank")
    )
    assert {line.category.name for line in lines if line.category} == {
        category.name for category in result.contest.categories.all()
    }
    assert all(line.reason for line in lines if line.rank is None)


def test_a_round_is_open_today_with_one_juror_done_one_half_way_and_one_absent() -> None:
    round_ = Round.objects.get(tallied_at=None)
    assert round_.stage(NOW) is Stage.OPEN
    seats = {seat.juror.name: seat for seat in round_.seats.select_related("juror")}
    assert len(seats) == len(members_of()) == 6
    done, half, absent = (
        seats["Hélène Brasdefer"],
        seats["Rosalie Vauquelin"],
        seats["Yasmina Corbelin"],
    )
    work = {
        seat.juror_id: list(
            round_.assignments.filter(juror=seat.juror_id).values_list("status", flat=True)
        )
        for seat in seats.values()
    }
    assert done.signed_off_at is not None
    assert set(work[done.juror_id]) == {AssignmentStatus.SUBMITTED}
    judged = work[half.juror_id].count(AssignmentStatus.SUBMITTED)
    assert judged * 2 == len(work[half.juror_id])
    assert absent.juror.joined_at is None
    assert set(work[absent.juror_id]) == {AssignmentStatus.TODO}


def test_a_juror_never_judges_their_own_establishment() -> None:
    for conflict in Conflict.objects.filter(source="establishment").select_related("juror"):
        judged = conflict.juror.assignments.values_list("poster__establishment", flat=True)
        assert conflict.establishment_id not in judged


def test_the_results_of_the_contest_under_way_are_held(demonstration: Demonstration) -> None:
    jury = Jury.objects.get(contest__results=None)
    assert (jury.held_since is not None, jury.released_at) == (True, None)
    page = ContestPage.objects.get(pk=jury.contest_id)
    client = Client(headers={"host": "localhost"})
    assert client.get(f"{page.get_url()}resultats.zip").status_code == 404


def test_the_palmares_answers_and_names_the_laureates() -> None:
    page = Client(headers={"host": "localhost"}).get("/2023/concours/resultats/")
    assert page.status_code == 200
    for laureate in Laureate.objects.select_related("poster__establishment"):
        assert laureate.poster.establishment.name in page.content.decode()
