"""Who would judge what, seen before it is sent; one button, and it is fixed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contest.errors import NotAllowed
from contest.jury import preparing
from contest.jury.enums import ConflictSource, Method
from contest.models import Assignment, Criterion, Round
from tests.contest.scene import Scene

from .admin_scene import editor_of, page
from .scene import CLOSES, NOW, JuryScene, make_juror, make_jury, make_posters, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def assignment_page(jury: JuryScene) -> str:
    return page(jury.contest_scene, f"tours/{jury.round.pk}/attribution/")


def digest_on(response: Any) -> str:
    found = re.search(r'name="seen"\s+value="([0-9a-f]{64})"', response.content.decode())
    assert found
    return found[1]


class TestPreview:
    def test_it_says_loads_conflicts_and_what_lacks_and_sends_nothing(self) -> None:
        jury = make_jury(posters=6, jurors=3, assigned=False, panel_size=2, minimum=2)
        jury.jurors[0].conflicts.create(
            establishment=jury.posters[0].establishment, source=ConflictSource.DECLARED
        )
        seen = preparing.outlook_of(jury.round, NOW)
        assert seen.is_ready
        assert [load.posters for load in seen.loads] == [4, 4, 4]
        assert [load.conflicts for load in seen.loads] == [1, 0, 0]
        assert seen.pairs == (2, 2)
        assert seen.groups == []
        shown = editor_of(jury).get(assignment_page(jury)).content.decode()
        assert "6 affiches à juger" in shown
        assert "1 conflit d’intérêts est respecté" in shown
        assert not Assignment.objects.exists()
        assert mail.outbox == []

    def test_posters_below_the_minimum_are_named(self) -> None:
        jury = make_jury(posters=2, jurors=2, assigned=False, panel_size=2, minimum=2)
        for juror in jury.jurors:
            juror.conflicts.create(
                establishment=jury.posters[0].establishment, source=ConflictSource.ORGANISER
            )
        shown = editor_of(jury).get(assignment_page(jury)).content.decode()
        number = jury.posters[0].number
        assert f"L’affiche n°\u00a0{number} aurait moins" in shown

    def test_groups_that_share_nothing_are_named(self) -> None:
        jury = make_jury(posters=2, jurors=2, assigned=False, panel_size=1, minimum=1)
        shown = editor_of(jury).get(assignment_page(jury)).content.decode()
        assert "groupes qui n’ont aucune affiche en commun" in shown

    def test_without_jurors_posters_or_dates_it_says_what_to_mend(
        self, scene: Scene, editor: Client
    ) -> None:
        round_ = make_round(scene, opens_at=None, closes_at=None)
        response = editor.get(page(scene, f"tours/{round_.pk}/attribution/"))
        assert len(response.context["problems"]) == 3
        assert 'name="seen"' not in response.content.decode()
        editor.post(page(scene, f"tours/{round_.pk}/attribution/"), {"seen": "x"})
        round_.refresh_from_db()
        assert round_.assigned_at is None

    def test_a_close_in_the_past_is_told_before_the_button(self) -> None:
        jury = make_jury(posters=1, jurors=1, assigned=False)
        with time_machine.travel(CLOSES, tick=False):
            response = editor_of(jury).get(assignment_page(jury))
        assert len(response.context["problems"]) == 1
        assert 'name="seen"' not in response.content.decode()

    def test_warnings_tell_what_an_organiser_may_have_missed(self) -> None:
        jury = make_jury(posters=2, jurors=2, assigned=False, panel_size=1)
        for label, scale in (("Message", 5), ("Esthétique", 20)):
            Criterion.objects.create(contest=jury.contest_scene.contest, label=label, scale=scale)
        Round.objects.update(method=Method.CRITERIA)
        round_ = Round.objects.select_related("category__contest").get()
        told = " ".join(preparing.outlook_of(round_, NOW).warnings)
        assert "échelles différentes" in told
        assert "faites juger toutes les affiches par tous" in told
        assert jury.jurors[0].name in told
        early = preparing.outlook_of(round_, datetime(2023, 3, 1, tzinfo=UTC))
        assert any("dépôt est encore ouvert" in one for one in early.warnings)

    def test_it_costs_the_same_with_one_juror_and_with_thirty(self) -> None:
        jury = make_jury(posters=2, jurors=1, assigned=False)
        client = editor_of(jury)

        def queries() -> int:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(assignment_page(jury)).status_code == 200
            return len(seen)

        queries()
        few = queries()
        for _ in range(29):
            make_juror(jury.contest_scene)
        make_posters(jury.contest_scene, 3)
        assert queries() == few


class TestAssigning:
    def test_one_button_fixes_the_rules_and_writes_to_each_juror_once(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        jury = make_jury(posters=3, jurors=2, assigned=False)
        client = editor_of(jury)
        digest = digest_on(client.get(assignment_page(jury)))
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(2):
                response = client.post(assignment_page(jury), {"seen": digest})
                assert response["Location"] == assignment_page(jury)
        jury.round.refresh_from_db()
        assert jury.round.assigned_at == NOW
        assert Assignment.objects.count() == 6
        assert sorted(message.to[0] for message in mail.outbox) == sorted(
            juror.email for juror in jury.jurors
        )
        body = mail.outbox[0].body
        assert "samedi 25 mars 2023 à 9\u00a0h" in body
        assert "mardi 28 mars 2023 à 18\u00a0h" in body
        assert "http://localhost/jury/" in body
        assert jury.round.commitment in body.replace("\n", "")
        assert jury.round.seed not in body
        shown = client.get(assignment_page(jury)).content.decode()
        assert jury.round.commitment in shown

    def test_what_changed_since_it_was_seen_is_shown_again_first(self) -> None:
        jury = make_jury(posters=3, jurors=2, assigned=False)
        client = editor_of(jury)
        digest = digest_on(client.get(assignment_page(jury)))
        make_juror(jury.contest_scene)
        client.post(assignment_page(jury), {"seen": digest})
        jury.round.refresh_from_db()
        assert jury.round.assigned_at is None
        client.post(assignment_page(jury), {"seen": digest_on(client.get(assignment_page(jury)))})
        jury.round.refresh_from_db()
        assert jury.round.assigned_at is not None

    def test_a_juror_without_a_poster_gets_no_mail(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        jury = make_jury(posters=1, jurors=2, assigned=False)
        kept_away = jury.jurors[0]
        kept_away.conflicts.create(
            establishment=jury.posters[0].establishment, source=ConflictSource.DECLARED
        )
        seen = preparing.outlook_of(jury.round, NOW).digest
        with django_capture_on_commit_callbacks(execute=True):
            preparing.assign_and_announce(jury.round, seen=seen, by=jury.editor, now=NOW)
        assert [message.to for message in mail.outbox] == [[jury.jurors[1].email]]

    def test_refused_to_others(self) -> None:
        jury = make_jury(posters=1, jurors=1, assigned=False)
        seen = preparing.outlook_of(jury.round, NOW).digest
        with pytest.raises(NotAllowed):
            preparing.assign_and_announce(
                jury.round, seen=seen, by=jury.contest_scene.lead, now=NOW
            )
