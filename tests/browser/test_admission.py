"""Admitting posters with the keyboard alone, several at once, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import time_machine
from django.urls import reverse
from django.utils import timezone

from contest import admission, print_running
from contest.enums import Decision, PrintKind
from contest.models import Poster, PrintJob
from tests.browser.visits import NARROW, Visit, follow
from tests.contest.scene import NOW, Scene, make_scene, make_submitted

if TYPE_CHECKING:
    from playwright.sync_api import Page


def make_posters(count: int) -> tuple[Scene, list[Poster]]:
    """A contest with posters that wait, in the order of their titles."""
    with time_machine.travel(NOW):
        scene = make_scene(max_posters=50)
        posters = [make_submitted(scene, title=f"Affiche {number}") for number in range(count)]
    return scene, posters


def status_of(poster: Poster) -> tuple[str, int | None]:
    row = Poster.objects.get(pk=poster.pk)
    return row.status, row.number


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(it) => document.activeElement.matches(it)", selector):
            return
    raise AssertionError(f"{most} tabs do not reach {selector}")


def test_an_editor_admits_sends_back_and_goes_on_with_the_keyboard(
    visit: Callable[..., Visit],
) -> None:
    scene, (first, second) = make_posters(2)
    seen = visit(reverse("poster_wall", args=[scene.contest.pk]), user=scene.editor)
    page = seen.page

    tab_to(page, ".poster-card h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/admin/affiches/{first.pk}/")
    tab_to(page, "a[href='#decision']")
    page.keyboard.press("Enter")
    assert not page.locator("[name=reason]").first.is_visible()
    tab_to(page, "[name=decision]", most=2)
    page.keyboard.press("Space")
    assert page.locator("[name=decision][value=admit]").is_checked()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/admin/affiches/{second.pk}/")
    assert status_of(first) == ("admitted", 1)
    assert "n°\u00a01" in page.locator(".messages").inner_text()
    tab_to(page, "[name=decision]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("[name=decision][value=return]").is_checked()
    tab_to(page, "[name=reason]", most=1)
    page.keyboard.press("Space")
    tab_to(page, "[name=comment]", most=1)
    page.keyboard.type("Reprenez la photo de plus près.")
    tab_to(page, ".poster-decision button[type=submit]", most=1)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/concours/{scene.contest.pk}/affiches/")
    assert status_of(second) == ("returned", None)
    assert seen.complaints == []


def test_all_of_a_page_is_ticked_and_admitted(visit: Callable[..., Visit]) -> None:
    scene, posters = make_posters(3)
    seen = visit(reverse("poster_wall", args=[scene.contest.pk]), user=scene.editor)
    page = seen.page

    page.locator("[data-tick-all]").click()
    assert page.locator("[data-ticked]").inner_text().startswith("3 ")
    page.locator("[name=poster]").first.uncheck()
    assert page.locator("[data-ticked]").inner_text().startswith("2 ")
    page.locator("[data-tick-all]").click()
    follow(page.locator("[data-ticks] button:not([name])"))
    page.locator(".poster-several button[type=submit]").click()
    page.locator(".messages .success").wait_for()

    assert sorted(status_of(poster)[1] or 0 for poster in posters) == [1, 2, 3]
    assert seen.complaints == []


def test_it_works_without_scripts(visit: Callable[..., Visit]) -> None:
    scene, posters = make_posters(2)
    address = reverse("poster_wall", args=[scene.contest.pk])
    page = visit(address, user=scene.editor, scripts=False).page

    page.locator("[data-tick-all]").click()
    assert page.locator("[name=poster]:checked").count() == 2
    page.locator("[data-ticks] button:not([name])").click()
    follow(page.locator(".poster-several button[type=submit]"))

    assert sorted(status_of(poster)[1] or 0 for poster in posters) == [1, 2]
    page.goto(page.url.split("/admin/")[0] + reverse("poster_review", args=[posters[0].pk]))
    page.locator("[name=decision][value=reopen]").check()
    follow(page.locator(".poster-decision button[type=submit]"))
    assert status_of(posters[0])[0] == "submitted"


def test_a_phone_shows_the_wall_and_the_poster_without_scrolling_sideways(
    visit: Callable[..., Visit],
) -> None:
    scene, (poster,) = make_posters(1)

    for address in (
        reverse("poster_wall", args=[scene.contest.pk]),
        reverse("poster_review", args=[poster.pk]),
        reverse("contest_prints", args=[scene.contest.pk]),
    ):
        seen = visit(address, user=scene.editor, width=NARROW)
        assert seen.page.evaluate("document.querySelector('main').scrollWidth") <= NARROW
        assert seen.complaints == []


def test_the_poster_opens_in_full_size_with_the_keyboard(visit: Callable[..., Visit]) -> None:
    scene, (poster,) = make_posters(1)
    page = visit(reverse("poster_review", args=[poster.pk]), user=scene.editor).page

    tab_to(page, ".poster-review__large")
    page.keyboard.press("Enter")
    page.wait_for_url("**/master.jpg")

    assert poster.file is not None
    assert page.url.endswith(f"/fichiers/affiches/{poster.file.token}/master.jpg")
    assert page.locator("img").evaluate("picture => picture.naturalWidth") > 0


def test_a_file_to_print_appears_once_it_is_ready(visit: Callable[..., Visit]) -> None:
    scene, (poster,) = make_posters(1)
    admission.decide(poster, Decision.ADMIT, by=scene.editor)
    far = timezone.localdate() + timedelta(days=100)
    Poster.objects.update(attestation_expires_on=far)
    job = PrintJob.objects.create(contest=scene.contest, kind=PrintKind.LABELS, total=1)
    seen = visit(reverse("contest_prints", args=[scene.contest.pk]), user=scene.editor)
    page = seen.page
    assert page.locator("#print-jobs progress, #print-jobs a.button").count() == 0

    print_running.run(job.pk)

    page.locator("#print-jobs a.button").wait_for()
    assert page.locator("#print-jobs-told").inner_text() != ""
    with page.expect_download() as download:
        page.locator("#print-jobs a.button").click()
    assert download.value.suggested_filename.startswith("etiquettes-")
    assert seen.complaints == []
