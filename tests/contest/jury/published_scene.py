"""A jury whose round is counted, with prizes, ready to be published or published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from contest.enums import PrizeKind
from contest.jury import publishing, running
from contest.models import Award, Poster, Prize, Result
from tests.contest.jury.scene import CLOSED, JuryScene, grade, make_jury

DECIDED = datetime(2023, 4, 5, 9, tzinfo=UTC)
"""When the organisers publish, the day before the date that they had announced."""

INSTANT = datetime(2023, 4, 6, 10, tzinfo=UTC)
"""When a palmarès published for later comes out."""

OUT = INSTANT + timedelta(hours=1)
LATER = datetime(2023, 4, 12, 9, tzinfo=UTC)

PRIZES = ("Premier prix", "Deuxième prix")


def make_counted(posters: int = 4, jurors: int = 5, **fields: Any) -> JuryScene:
    """A round that is closed and counted: poster 1 is the best, the last one the worst."""
    scene = make_jury(posters, jurors, **fields)
    contest = scene.contest_scene.contest
    for order, label in enumerate(PRIZES):
        Prize.objects.create(contest=contest, label=label, sort_order=order)
    Prize.objects.create(
        contest=contest, label="Coup de cœur", kind=PrizeKind.FAVOURITE, sort_order=9
    )
    for juror in scene.jurors:
        for place, assignment in enumerate(scene.work(juror)):
            grade(assignment, mention=max(5 - place, 0))
    scene.round = running.count(scene.round, by=scene.editor, now=CLOSED)
    return scene


def give(scene: JuryScene, number: int, reason: str, label: str = "Coup de cœur") -> Award:
    """A prize that the commission gives by hand."""
    contest = scene.contest_scene.contest
    return Award.objects.create(
        contest=contest,
        prize=contest.prizes.get(label=label),
        poster=Poster.objects.get(contest=contest, number=number),
        reason=reason,
    )


def streamed(answer: Any) -> bytes:
    """The content of a file that was answered; closing the answer would close the database."""
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return content


def publish(scene: JuryScene, **options: Any) -> Result:
    """Publish the scene's contest, at `DECIDED` unless told otherwise."""
    options.setdefault("now", DECIDED)
    options.setdefault("by", scene.editor)
    return publishing.publish(scene.contest_scene.contest, **options)
