"""What was done to a round, in words, without a grade."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from contest.jury import assigning, casting, recusing, reminding, running
from contest.jury.progress import progress_of
from contest.jury.round_history import acts_of
from contest.models import Entry
from tests.contest.jury.scene import CLOSED, NOW, OPEN, grade, make_jury

pytestmark = pytest.mark.django_db


def test_every_act_is_told_in_order_with_what_it_changed() -> None:
    with time_machine.travel(NOW):
        scene = make_jury(posters=4, jurors=4, panel_size=2, minimum=2)
    first, second, third, _fourth = scene.jurors
    assert first.user is not None
    with time_machine.travel(OPEN, tick=False) as clock:
        reminding.remind(scene.round, by=scene.editor)
        clock.shift(60)
        recusing.recuse(scene.work(first)[0], "Ma nièce", by=first.user)
        clock.shift(60)
        assigning.let_go(second, by=scene.editor)
        clock.shift(60)
        grade(scene.work(third)[0], mention=4)
        running.close(scene.round, by=scene.editor)
        clock.shift(60)
        running.extend(scene.round, CLOSED, by=scene.editor)
    with time_machine.travel(CLOSED + timedelta(hours=1)):
        entry = Entry.objects.get(round=scene.round, poster=scene.work(third)[0].poster)
        running.accept_with_fewer(entry, "Trop peu de jurés", by=scene.editor)
        running.count(scene.round, by=scene.editor, leave_out=True)
    scene.round.refresh_from_db()

    acts = acts_of(scene.round)

    assert [act.label for act in acts] == [
        "Tour dépouillé",
        "Affiche acceptée avec moins de bulletins",
        "Clôture du tour déplacée",
        "Tour clos",
        "Membre du jury parti",
        "Récusation",
        "Rappel aux retardataires",
        "Affiches attribuées au jury",
    ]
    details = " ".join(act.details for act in acts)
    for said in (
        "Sans place",
        "Trop peu de jurés",
        "La clôture était prévue",
        "Ma nièce",
        second.name,
    ):
        assert said in details
    assert "Très bien" not in details
    assert "nièce" not in " ".join(act.details for act in acts_of(scene.round, reasons=False))


def test_the_progress_counts_by_juror_and_by_poster() -> None:
    scene = make_jury(posters=3, jurors=3, minimum=4)
    grade(scene.work(scene.jurors[0])[0], mention=4)
    casting.flag(scene.work(scene.jurors[0])[1], True, by=scene.jurors[0].user)  # type: ignore[arg-type]
    found = progress_of(scene.round, OPEN)
    assert (found.judged, found.total, found.percentage) == (1, 9, 11)
    by_name = {line.juror.name: line for line in found.jurors}
    first = by_name[scene.jurors[0].name]
    assert (first.judged, first.begun, first.to_do) == (1, 0, 2)
    assert first.last_act_at == OPEN
    assert [line.ballots for line in found.posters] == [1, 0, 0]
    assert len(found.short) == 3
    assert found.posters[0].judges[0].name == scene.jurors[0].name
    assert not hasattr(first, "flagged")
