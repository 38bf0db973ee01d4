"""A juror declares what keeps them from judging, before the work is given and after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from contest.errors import NotAllowed
from contest.jury import assigning, declaring
from contest.jury.enums import AssignmentStatus, ConflictSource
from contest.jury.errors import NotAJuror
from contest.jury.rules import ballots_of
from contest.models import Assignment, Conflict, Juror
from tests.contest.scene import Scene
from tests.factories import EstablishmentFactory, make_editor, make_site

from .scene import CLOSED, NOW, OPEN, grade, make_juror, make_jury

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def browser_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def page(juror: Juror) -> str:
    return f"/jury/conflits/{juror.contest_id}/"


class TestBefore:
    def test_an_establishment_is_found_ticked_and_taken_back(self, scene: Scene) -> None:
        juror = make_juror(scene)
        school = EstablishmentFactory(academy=scene.academy, name="Collège du Cap")
        client = browser_of(juror.user)
        found = client.get(page(juror), {"q": "college cap"}).content.decode()
        assert f'value="{school.uai}"' in found
        for _ in range(2):
            answer = client.post(page(juror), {"q": "college cap", "uai": school.uai})
            assert answer["Location"] == page(juror)
        conflict = juror.conflicts.get()
        assert (conflict.establishment, conflict.source) == (school, ConflictSource.DECLARED)
        juror.refresh_from_db()
        assert juror.declared_at == NOW
        again = client.get(page(juror), {"q": "college cap"}).content.decode()
        assert "Collège du Cap" in again
        assert "checked disabled" in again
        client.post(page(juror), {"remove": str(conflict.pk)})
        assert not juror.conflicts.exists()

    def test_one_can_say_that_there_is_none(self, scene: Scene) -> None:
        juror = make_juror(scene)
        client = browser_of(juror.user)
        assert 'name="none"' in client.get(page(juror)).content.decode()
        client.post(page(juror), {"none": "1"})
        juror.refresh_from_db()
        assert juror.declared_at == NOW
        assert 'name="none"' not in client.get(page(juror)).content.decode()

    def test_nothing_ticked_is_told_and_the_search_is_kept(self, scene: Scene) -> None:
        juror = make_juror(scene)
        EstablishmentFactory(academy=scene.academy, name="Collège du Cap")
        shown = browser_of(juror.user).post(page(juror), {"q": "cap"}).content.decode()
        assert 'id="choix-erreur"' in shown
        assert 'value="cap"' in shown
        assert "Collège du Cap" in shown
        juror.refresh_from_db()
        assert juror.declared_at is None

    def test_the_search_is_of_the_whole_directory_and_tells_not_who_takes_part(self) -> None:
        jury = make_jury(posters=1, jurors=1, assigned=False)
        taking_part = jury.posters[0].establishment
        for one in (taking_part, jury.contest_scene.establishment):
            one.name, one.commune = "Collège", "Dieppe"
            one.save()
        for _ in range(3):
            EstablishmentFactory(
                academy=taking_part.academy,
                commune="Dieppe",
                name="Collège",
                kind=taking_part.kind,
                department=taking_part.department,
            )
        shown = browser_of(jury.jurors[0].user).get(page(jury.jurors[0]), {"q": "dieppe"})
        lines = [establishment for establishment, _known in shown.context["results"]]
        assert len(lines) == 5
        pieces = {
            shown.content.decode().split(f'id="uai-{one.uai}"')[1][:420].replace(one.uai, "UAI")
            for one in lines
        }
        # All lines are alike but for the UAI; the last is followed by the end of the list.
        assert len({piece.split("</div>")[0] for piece in pieces}) == 1

    @pytest.mark.parametrize("query", ["", "\0", "%", "<script>alert(1)</script>", "é" * 3000])
    def test_whatever_is_typed_is_answered(self, scene: Scene, query: str) -> None:
        juror = make_juror(scene)
        client = browser_of(juror.user)
        for answer in (
            client.get(page(juror), {"q": query}),
            client.post(page(juror), {"q": query, "uai": query, "remove": query}),
            client.post(page(juror), {"q": query, "uai": query}),
        ):
            assert answer.status_code in (200, 302)
            assert "<script>alert" not in answer.content.decode()
        assert not juror.conflicts.exists()

    def test_an_establishment_of_another_academie_is_not_declared(self, scene: Scene) -> None:
        juror = make_juror(scene)
        other = EstablishmentFactory()
        browser_of(juror.user).post(page(juror), {"uai": other.uai})
        assert not juror.conflicts.exists()

    def test_only_the_juror_declares(self, scene: Scene) -> None:
        juror = make_juror(scene)
        other = make_juror(scene)
        elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
        assert other.user
        for user in (scene.editor, elsewhere, scene.lead, scene.account, other.user):
            with pytest.raises(NotAJuror):
                declaring.declare(juror, [scene.establishment], by=user, now=NOW)
        for user, status in (
            (scene.editor, 403),
            (elsewhere, 403),
            (scene.lead, 403),
            (scene.account, 403),
            (None, 302),
        ):
            assert browser_of(user).get(page(juror)).status_code == status
            assert browser_of(user).post(page(juror), {"none": "1"}).status_code == status
        assert browser_of(juror.user).get("/jury/conflits/999999/").status_code == 404
        juror.refresh_from_db()
        assert juror.declared_at is None

    def test_one_cannot_take_back_what_is_not_theirs(self, scene: Scene) -> None:
        juror, other = make_juror(scene), make_juror(scene)
        entered = juror.conflicts.create(
            establishment=scene.establishment, source=ConflictSource.ORGANISER
        )
        theirs = other.conflicts.create(
            establishment=scene.establishment, source=ConflictSource.DECLARED
        )
        client = browser_of(juror.user)
        for conflict in (entered, theirs):
            client.post(page(juror), {"remove": str(conflict.pk)})
        assert set(Conflict.objects.values_list("pk", flat=True)) == {entered.pk, theirs.pk}

    def test_only_who_runs_the_contest_enters_and_lifts(self, scene: Scene) -> None:
        juror = make_juror(scene)
        entered = juror.conflicts.create(
            establishment=scene.establishment, source=ConflictSource.ORGANISER
        )
        for user in (scene.lead, scene.account, juror.user):
            assert user
            with pytest.raises(NotAllowed):
                declaring.enter(juror, scene.establishment, "", by=user, now=NOW)
            with pytest.raises(NotAllowed):
                declaring.lift(entered, by=user)

    def test_it_costs_the_same_with_one_and_with_thirty(self, scene: Scene) -> None:
        juror = make_juror(scene)
        client = browser_of(juror.user)

        def queries() -> int:
            with CaptureQueriesContext(connection) as seen:
                client.get(page(juror), {"q": "college"})
            return len(seen)

        def declare_one() -> None:
            school = EstablishmentFactory(academy=scene.academy, name="Collège")
            juror.conflicts.create(establishment=school, source=ConflictSource.DECLARED)

        declare_one()
        queries()
        few = queries()
        for _ in range(29):
            declare_one()
        assert queries() == few


class TestAfter:
    def test_its_posters_are_taken_away_and_go_to_others(self) -> None:
        jury = make_jury(posters=6, jurors=3, panel_size=2)
        juror = jury.jurors[0]
        [first, second, *_rest] = jury.work(juror)
        grade(first, mention=5)
        with time_machine.travel(OPEN, tick=False):
            browser_of(juror.user).post(
                page(juror),
                {"uai": [first.poster.establishment.uai, second.poster.establishment.uai]},
            )
        for row in (first, second):
            row.refresh_from_db()
            assert row.status == AssignmentStatus.REVOKED
            panel = Assignment.objects.filter(poster=row.poster, status__in=["todo", "draft"])
            assert set(panel.values_list("juror", flat=True)) == {
                other.pk for other in jury.jurors[1:]
            }
        assert ballots_of(jury.round) == []
        with time_machine.travel(OPEN, tick=False):
            answer = browser_of(juror.user).get(
                f"/jury/tours/{jury.round.pk}/affiches/{first.poster.number}/"
            )
        assert answer.status_code == 404

    def test_what_is_declared_stays(self) -> None:
        jury = make_jury(posters=2, jurors=2)
        juror = jury.jurors[0]
        conflict = juror.conflicts.create(
            establishment=jury.posters[0].establishment, source=ConflictSource.DECLARED
        )
        client = browser_of(juror.user)
        assert 'name="remove"' not in client.get(page(juror)).content.decode()
        client.post(page(juror), {"remove": str(conflict.pk)})
        assert juror.conflicts.filter(pk=conflict.pk).exists()

    def test_after_the_close_a_juror_takes_no_ballot_of_theirs_away(self) -> None:
        jury = make_jury(posters=2, jurors=2)
        juror = jury.jurors[0]
        first = jury.work(juror)[0]
        grade(first, mention=0)
        with time_machine.travel(CLOSED + timedelta(hours=1), tick=False):
            browser_of(juror.user).post(page(juror), {"uai": first.poster.establishment.uai})
        first.refresh_from_db()
        assert juror.conflicts.exists()
        assert first.status == AssignmentStatus.SUBMITTED
        assert len(ballots_of(jury.round)) == 1

    def test_declared_ones_guide_the_next_assignment(self) -> None:
        jury = make_jury(posters=3, jurors=2, assigned=False)
        juror = jury.jurors[0]
        browser_of(juror.user).post(page(juror), {"uai": jury.posters[0].establishment.uai})
        assigned = assigning.assign(jury.round, by=jury.editor, now=NOW)
        mine = Assignment.objects.filter(round=assigned, juror=juror)
        assert set(mine.values_list("poster", flat=True)) == {
            poster.pk for poster in jury.posters[1:]
        }
