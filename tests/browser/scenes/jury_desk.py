"""The jurors' pages: the desk, a poster by each method, the overview, comparing, ordering, late."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from contest.jury import casting, ranking, signing
from contest.jury.casting import Act
from contest.jury.enums import Method
from contest.jury.errors import TooLate
from contest.models import Round
from tests.browser.pages import View, scene
from tests.browser.scenes.gallery import give_pictures
from tests.browser.visits import NARROW
from tests.contest.jury.scene import JuryScene, make_jury

if TYPE_CHECKING:
    from playwright.sync_api import Page


def open_now(made: JuryScene, **fields: Any) -> None:
    """Let the scene's round be open today."""
    now = timezone.now().replace(second=0, microsecond=0)
    dates = {"opens_at": now - timedelta(hours=2), "closes_at": now + timedelta(hours=4)}
    Round.objects.filter(pk=made.round.pk).update(**(dates | fields))
    made.round.refresh_from_db()


def make_open_jury(posters: int = 4, jurors: int = 2, **fields: Any) -> JuryScene:
    """A round open today, with posters that look like posters."""
    made = make_jury(posters, jurors, **fields)
    for at, poster in enumerate(made.posters):
        assert poster.file is not None
        give_pictures(poster.file, at)
    open_now(made)
    return made


def judge(made: JuryScene, place: int = 0, count: int | None = None, **grades: int) -> None:
    """Let a juror answer for their first posters, the same for each."""
    juror = made.jurors[place]
    assert juror.user is not None
    for work in made.work(juror)[:count]:
        casting.cast(work, Act(grades=grades), by=juror.user)


def page_of(made: JuryScene, name: str = "round") -> str:
    """A page of the scene's round."""
    return reverse(f"jury:{name}", args=[made.round.pk])


def poster_of(made: JuryScene, place: int = 0) -> str:
    """The page of a poster."""
    return reverse("jury:poster", args=[made.round.pk, made.posters[place].number])


def choose(page: Page) -> None:
    """Give an answer and wait until it is saved."""
    page.get_by_role("radio", name="Très bien").check()
    page.get_by_text("Enregistré à").wait_for()


def leave_reason_out(page: Page) -> None:
    """Step aside without a word."""
    page.get_by_text("Je me récuse").click()
    page.get_by_role("button", name="Me récuser").click()
    page.locator("#erreur-motif").wait_for()


def send_as_without_scripts(page: Page) -> None:
    """Send the form past the script, and wait for the page that answers."""
    with page.expect_navigation():
        page.evaluate("() => document.getElementById('jugement').submit()")


def answer_on_two_devices(page: Page) -> None:
    """Send a form of before another device's answer."""
    page.get_by_role("radio", name="Insuffisant").evaluate("(radio) => { radio.checked = true; }")
    page.locator("[name=based_on]").evaluate("(field) => { field.value = '1'; }")
    send_as_without_scripts(page)


def write_too_long(page: Page) -> None:
    """Send a comment that is too long."""
    page.locator("[name=comment]").evaluate("(field) => { field.value = 'é'.repeat(2001); }")
    send_as_without_scripts(page)


def answer_after_the_close(page: Page) -> None:
    """Send a form that was open when the round closed."""
    now = timezone.now()
    Round.objects.update(closes_at=now)
    page.get_by_role("radio", name="Excellent").evaluate("(radio) => { radio.checked = true; }")
    send_as_without_scripts(page)


@scene
def a_juror_at_work() -> list[View]:
    """Mentions: the desk, the overview, a poster as it is and answered, comparing."""
    made = make_open_jury(6)
    judge(made, count=2, mention=4)
    user = made.jurors[0].user
    numbers = [poster.number for poster in made.posters]
    return [
        View("juror's desk", reverse("jury:desk"), user=user),
        View("juror's overview", page_of(made), user=user),
        View("juror's overview, none", f"{page_of(made)}?filtre=a-revoir", user=user),
        View("poster to judge", poster_of(made, 3), user=user, act=choose),
        View("poster to judge on a phone", poster_of(made, 4), user=user, width=NARROW),
        View(
            "recusal without a reason",
            poster_of(made, 5),
            user=user,
            act=leave_reason_out,
            status=422,
        ),
        View("comparing", f"{page_of(made, 'compare')}?a={numbers[0]}&b={numbers[1]}", user=user),
        View("comparing, to choose", page_of(made, "compare"), user=user),
    ]


@scene
def a_juror_whose_answer_is_not_kept() -> list[View]:
    """Changed on another device, too long, too late: forms without scripts."""
    made = make_open_jury(3)
    judge(made, count=1, mention=2)
    judge(made, count=1, mention=4)
    user = made.jurors[0].user
    return [
        View(
            "answered elsewhere", poster_of(made), user=user, act=answer_on_two_devices, status=409
        ),
        View("comment too long", poster_of(made, 1), user=user, act=write_too_long, status=422),
        View("too late", poster_of(made, 2), user=user, act=answer_after_the_close, status=410),
    ]


@scene
def jurors_of_other_methods() -> list[View]:
    """Grades by criterion."""
    made = make_open_jury(2, method=Method.CRITERIA)
    user = made.jurors[0].user
    return [
        View("poster to grade by criteria", poster_of(made), user=user),
        View("overview of grades", page_of(made), user=user),
    ]


@scene
def a_juror_ordering_finalists() -> list[View]:
    """The order, half given."""
    made = make_open_jury(4, method=Method.RANKING)
    juror = made.jurors[0]
    assert juror.user is not None
    numbers = [poster.number or 0 for poster in made.posters]
    ranking.rank(made.seat(juror), [[numbers[1]], [numbers[0], numbers[2]]], by=juror.user)
    return [View("ordering finalists", page_of(made, "ranking"), user=juror.user)]


@scene
def a_juror_after_signing_off() -> list[View]:
    """What was answered, to be read until it is taken up again."""
    made = make_open_jury(2)
    judge(made, mention=3)
    juror = made.jurors[0]
    assert juror.user is not None
    signing.sign_off(made.seat(juror), by=juror.user)
    return [
        View("overview, signed off", page_of(made), user=juror.user),
        View("poster, signed off", poster_of(made), user=juror.user),
    ]


@scene
def a_juror_after_the_close() -> list[View]:
    """What was answered, to be read, and what came too late."""
    made = make_open_jury(2)
    juror = made.jurors[0]
    judge(made, count=1, mention=3)
    now = timezone.now()
    open_now(made, opens_at=now - timedelta(days=2), closes_at=now - timedelta(days=1))
    with suppress(TooLate):
        judge(made, mention=5)
    return [
        View("desk, closed", reverse("jury:desk"), user=juror.user),
        View("overview, closed", page_of(made), user=juror.user),
        View("poster, closed", poster_of(made), user=juror.user),
    ]


@scene
def a_juror_before_the_opening() -> list[View]:
    """When it opens."""
    made = make_open_jury(1)
    now = timezone.now()
    open_now(made, opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    return [View("round to come", page_of(made), user=made.jurors[0].user)]
