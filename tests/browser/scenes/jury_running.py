"""The jury in Wagtail's admin, once posters are assigned: progress, acts, count, places, prizes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import time_machine
from django.urls import reverse
from django.utils import timezone

from contest.enums import PrizeKind
from contest.jury import awarding, running
from contest.jury.enums import LastResort, Method
from contest.models import Juror, Poster, Prize, Round
from demo.posters import SLUGS, draw
from tests.browser.pages import View, scene
from tests.browser.scenes.wall import paint
from tests.browser.visits import NARROW
from tests.contest.jury.scene import CLOSED, OPEN, JuryScene, grade, make_jury

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("Camille Aubert", "Dominique Lefèvre", "Maxence Roy", "Sacha Morin", "Alix Perrin")


def dress(made: JuryScene) -> None:
    """Give jurors names, posters pictures."""
    for juror, name in zip(made.jurors, NAMES, strict=False):
        Juror.objects.filter(pk=juror.pk).update(name=name)
    for poster, slug in zip(made.posters, SLUGS, strict=False):
        assert poster.file is not None
        paint(poster.file, draw(slug))
    far = (timezone.now() + timedelta(days=200)).date()
    Poster.objects.update(attestation_expires_on=far)


def address(made: JuryScene, name: str) -> str:
    """A page on the scene's round."""
    return reverse(name, args=[made.contest_scene.contest.pk, made.round.pk])


def view(made: JuryScene, name: str, path: str, **more: Any) -> View:
    """A page seen by the editor."""
    return View(name, path, user=made.editor, is_ours=False, part=".jury-admin", **more)


def send_empty(page: Page) -> None:
    """Send the form of the page as it is."""
    page.locator(".jury-form button[type=submit]").last.click()
    page.locator(".error-message").first.wait_for()


@scene
def a_round_under_way() -> list[View]:
    """Six posters, five jurors: one done, one half way, one who stepped aside, one absent."""
    with time_machine.travel(OPEN):
        made = make_jury(posters=8, jurors=5, panel_size=3, minimum=3)
        dress(made)
        for juror in made.jurors[:2]:
            for assignment in made.work(juror):
                grade(assignment, mention=3)
        for assignment in made.work(made.jurors[2])[:2]:
            grade(assignment, mention=4)
    now = timezone.now()
    Round.objects.filter(pk=made.round.pk).update(
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=2)
    )
    progress = address(made, "jury_round_progress")
    reassign = f"{address(made, 'jury_round_reassign')}?juror={made.jurors[3].pk}"
    return [
        view(made, "progress", progress),
        view(made, "progress, narrow", progress, width=NARROW),
        view(made, "close", address(made, "jury_round_close")),
        view(made, "reassign", address(made, "jury_round_reassign")),
        view(made, "relieve a juror", reassign),
        view(made, "move the close", address(made, "jury_round_extend")),
    ]


@scene
def a_closed_round() -> list[View]:
    """A majority judgment closed with posters that lack ballots."""
    with time_machine.travel(OPEN):
        made = make_jury(posters=8, jurors=5, minimum=4, advance_count=3)
        dress(made)
        for place, juror in enumerate(made.jurors):
            for at, assignment in enumerate(made.work(juror)):
                if at < 6 or place < 2:
                    grade(assignment, mention=(at * 2 + place * (at % 3)) % 6)
    count, tally = address(made, "jury_round_count"), address(made, "jury_round_tally")
    return [
        view(made, "closed", address(made, "jury_round_progress")),
        view(made, "open again", address(made, "jury_round_extend")),
        view(made, "count", count),
        view(made, "count, nothing decided", count, act=send_empty, status=422),
        view(made, "places", tally),
        view(made, "places, narrow", tally, width=NARROW),
        view(made, "places, all shown", f"{tally}?establishments=1&jurors=1"),
    ]


@scene
def a_counted_round() -> list[View]:
    """Grades by criterion corrected for severity, a lot drawn; the prizes of the commission."""
    with time_machine.travel(OPEN):
        made = make_jury(
            posters=8,
            jurors=5,
            panel_size=3,
            method=Method.CRITERIA,
            severity=True,
            last_resort=LastResort.LOT,
        )
        dress(made)
        keys = [one["key"] for one in made.round.criteria]
        for place, juror in enumerate(made.jurors):
            for at, assignment in enumerate(made.work(juror)):
                first, second = keys
                grade(assignment, **{first: (at + place) % 6, second: (at * 2) % 6})
    contest = made.contest_scene.contest
    for order, label in enumerate(("Premier prix", "Deuxième prix", "Troisième prix")):
        Prize.objects.create(contest=contest, label=label, sort_order=order)
    favourite = Prize.objects.create(
        contest=contest, label="Coup de cœur du jury", kind=PrizeKind.FAVOURITE, sort_order=9
    )
    prizes = reverse("jury_awards", args=[contest.pk])
    before = view(made, "prizes, not counted", f"{prizes}?avant=1")
    with time_machine.travel(CLOSED):
        running.count(made.round, by=made.editor)
        award = awarding.give(
            contest, favourite, 5, "Une image qui donne envie de venir.", by=made.editor
        )
    back = reverse("jury_award_back", args=[contest.pk, award.pk])
    return [
        before,
        view(made, "prizes", prizes),
        view(made, "prizes, narrow", prizes, width=NARROW),
        view(made, "prizes, nothing typed", prizes, act=send_empty, status=422),
        view(made, "take a prize back", back),
        view(made, "counted", address(made, "jury_round_count")),
        view(made, "places by criteria", address(made, "jury_round_tally")),
    ]


@scene
def a_ranking() -> list[View]:
    """Five finalists ranked by five jurors."""
    with time_machine.travel(OPEN):
        made = make_jury(posters=5, jurors=5, method=Method.RANKING)
        dress(made)
        for place, juror in enumerate(made.jurors):
            for at, assignment in enumerate(made.work(juror)):
                grade(assignment, rank=1 + (at + place * place) % 5)
    return [view(made, "places of a ranking", address(made, "jury_round_tally"))]
