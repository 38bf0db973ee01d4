"""Conflicts of interest that organisers enter for a juror."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.models import ModelLogEntry

from contest.jury.enums import AssignmentStatus, ConflictSource
from contest.models import Assignment, Juror
from establishments.models import Establishment
from tests.contest.scene import Scene

from .admin_scene import BACKEND, page
from .scene import NOW, OPEN, grade, make_juror, make_jury

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class TestConflictsOfOrganisers:
    def enter(self, editor: Client, juror: Juror, establishment: Establishment | str) -> Any:
        key = establishment if isinstance(establishment, str) else establishment.pk
        return editor.post(
            f"/admin/concours/{juror.contest_id}/jury/membres/{juror.pk}/conflits/",
            {"conflict-establishment": key, "conflict-reason": "Sa fille y est élève"},
        )

    def test_one_is_entered_once_and_taken_back(self, scene: Scene, editor: Client) -> None:
        juror = make_juror(scene)
        self.enter(editor, juror, scene.establishment)
        again = self.enter(editor, juror, scene.establishment)
        assert "Sa fille y est élève" in again.content.decode()
        assert again.context["conflict_form"].errors.keys() == {"establishment"}
        conflict = juror.conflicts.get()
        assert (conflict.source, conflict.establishment) == (
            ConflictSource.ORGANISER,
            scene.establishment,
        )
        editor.post(page(scene, f"membres/{juror.pk}/conflits/"), {"lift": str(conflict.pk)})
        assert not juror.conflicts.exists()
        acts = set(ModelLogEntry.objects.values_list("action", flat=True))
        assert {"contest.jury.conflict", "contest.jury.lift"} <= acts

    def test_nothing_chosen_is_told_beside_the_field(self, scene: Scene, editor: Client) -> None:
        response = self.enter(editor, make_juror(scene), "")
        assert response.context["conflict_form"].errors.keys() == {"establishment"}
        assert "Sa fille y est élève" in response.content.decode()

    def test_what_the_juror_declared_is_not_the_organisers_to_take_back(
        self, scene: Scene, editor: Client
    ) -> None:
        juror = make_juror(scene)
        conflict = juror.conflicts.create(
            establishment=scene.establishment, source=ConflictSource.DECLARED
        )
        for key in (str(conflict.pk), "x", "²", "9" * 40):
            editor.post(page(scene, f"membres/{juror.pk}/conflits/"), {"lift": key})
        assert juror.conflicts.exists()

    def test_until_the_count_the_ballots_of_its_posters_count_no_more(self) -> None:
        jury = make_jury(posters=3, jurors=3)
        juror, poster = jury.jurors[0], jury.posters[0]
        grade(jury.work(juror)[0], mention=5)
        client = Client()
        client.force_login(jury.editor, backend=BACKEND)
        with time_machine.travel(OPEN + timedelta(days=10), tick=False):
            self.enter(client, juror, poster.establishment)
        row = Assignment.objects.get(juror=juror, poster=poster)
        assert row.status == AssignmentStatus.REVOKED
        assert Assignment.objects.filter(juror=juror, status="todo").count() == 2
