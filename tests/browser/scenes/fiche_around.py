"""Around the writing of a fiche: extra time, copies, partners, the follow-up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import time_machine
from django.utils import timezone

from campaigns import associating, extending, follow_up, review
from campaigns.models import ActionIndicator, CampaignPage
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import NOW, make_draft, make_published, make_scene
from tests.campaigns.test_media_access import store
from tests.campaigns.writing.test_files import picture
from tests.factories import EstablishmentFactory

from .fiches import move_call

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.campaigns.scene import Scene


def hand_in_incomplete(page: Page) -> None:
    """Mistype a number and hand the follow-up in."""
    page.locator("[name=pupils_actual]").fill("beaucoup")
    page.locator(".fiche-form__end button[value=submit]").click()
    page.locator("#erreurs").wait_for()


FOLLOWED_UP = {
    "pupils_actual": 52,
    "adults_actual": 6,
    "satisfaction": 4,
    "continued": True,
    "strengths": "Les familles sont venues.",
    "advice": "Commencer en juin.",
}
ASKED = {"pupils_actual": "Tous niveaux ?", "media": "Un visage se reconnaît.", "advice": "Et ?"}


def send_no_file(page: Page) -> None:
    """Press the button that sends a file, without one."""
    page.locator("button[value='add:media']").click()
    page.locator("#erreurs").wait_for()


def save_an_older_page(page: Page) -> None:
    """Save what was typed on a page that is no longer the latest."""
    page.locator("[name=revision]").evaluate("field => { field.value = '1'; }")
    page.locator("[name=advice]").fill("Commencer en mai.")
    page.locator(".fiche-form__end button[value=save]").click()
    page.locator("#conflit").wait_for()


def end_week(site: Scene) -> None:
    """Have the Week end yesterday."""
    today = timezone.localdate()
    CampaignPage.objects.filter(pk=site.edition.pk).update(
        week_first_day=today - timedelta(days=5), week_last_day=today - timedelta(days=1)
    )


@scene
def the_copies_and_partners() -> list[View]:
    """A call that is open: another school's fiche to start from, schools to associate."""
    with time_machine.travel(NOW):
        site = make_scene()
        partner = EstablishmentFactory(academy=site.academy, name="Lycée Fénelon")
        EstablishmentFactory(academy=site.academy, name="Lycée Jean-Moulin")
        draft = make_draft(site)
        associating.associate(draft, partner, by=site.account, may_edit=True)
        other = make_scene(site.academy)
        source = make_published(other, title="Tutorat entre pairs")
    move_call(site.edition, opens_in=-10, closes_in=10)
    associates = f"/espace/fiches/{draft.pk}/associes/"
    copy = f"/espace/fiches/reprendre/{source.pk}/"
    return [
        View("own fiches to start from", "/espace/fiches/reprendre/", user=site.account),
        View("copy", copy, user=site.account),
        View("copy, narrow", copy, user=site.account, width=NARROW),
        View("associates", associates, user=site.account),
        View("associates, found", f"{associates}?q=lycee", user=site.account),
        View("associates, narrow", f"{associates}?q=lycee", user=site.account, width=NARROW),
    ]


def leave_with_a_text_kept(page: Page) -> None:
    """A text that only this browser keeps, as the form leaves it; then sign out."""
    page.evaluate(
        """() => localStorage.setItem(
            `fiche:${document.querySelector("[data-space]").dataset.space}:1:comment`,
            JSON.stringify({ typed: [], at: Date.now(), title: "Café des parents", address: "/" }),
        )"""
    )
    page.reload()
    page.locator("form[data-sign-out] button").first.click()
    page.locator("[data-leave]").wait_for()


@scene
def the_texts_that_only_the_browser_keeps() -> list[View]:
    """A school that signs out of a browser that keeps a text of it."""
    with time_machine.travel(NOW):
        site = make_scene()
    kept = leave_with_a_text_kept
    return [
        View("space, text kept", "/espace/", user=site.account, act=kept),
        View("space, text kept, narrow", "/espace/", user=site.account, act=kept, width=NARROW),
    ]


@scene
def the_extra_time() -> list[View]:
    """A call that has closed, and a school with more time."""
    site = make_scene()
    move_call(site.edition, opens_in=-30, closes_in=-1)
    edition = CampaignPage.objects.get(pk=site.edition.pk)
    until = extending.proposed(edition, None, timezone.now())
    extending.grant(edition, site.establishment, until=until, by=site.editor)
    page = f"/admin/fiches/delais/{edition.pk}/"
    options = {"user": site.editor, "is_ours": False, "part": "#main"}
    return [
        View("space with extra time", "/espace/", user=site.account),
        View("extra time", page, **options),
        View("extra time, found", f"{page}?q=college", **options),
        View("extra time, narrow", f"{page}?q=college", width=NARROW, **options),
    ]


@scene
def the_follow_up() -> list[View]:
    """A Week that is over, and a fiche without its follow-up."""
    with time_machine.travel(NOW):
        site = make_scene()
        indicators = [ActionIndicator(label="Élèves présents en juin", target="24")]
        action = make_published(site, indicators=indicators, pupils_planned=40)
        back = make_published(site, title="Café des parents", indicators=indicators)
        done = make_published(site, title="Tutorat entre pairs")
    end_week(site)
    now = timezone.now()
    for fiche in (back, done):
        media = [store("fete.jpg", "image", picture(size=(480, 320)))]
        follow_up.save(fiche, FOLLOWED_UP, {}, media=media, by=site.account, now=now)
        follow_up.hand_in(fiche, by=site.account, now=now)
    review.publish(done, by=site.editor)
    review.request_changes(back, by=site.editor, comment="Presque !", field_comments=ASKED)
    form, returned = (f"/espace/fiches/{fiche.pk}/bilan/" for fiche in (action, back))
    return [
        View("space after the Week", "/espace/", user=site.account),
        View("follow-up", form, user=site.account),
        View("follow-up, errors", form, user=site.account, act=hand_in_incomplete, status=422),
        View("follow-up, narrow", form, user=site.account, width=NARROW),
        View("follow-up, file refused", form, user=site.account, act=send_no_file),
        View("follow-up, sent back", returned, user=site.account),
        View("follow-up, sent back, narrow", returned, user=site.account, width=NARROW),
        View(
            "follow-up, two tabs",
            returned,
            user=site.account,
            act=save_an_older_page,
            status=409,
        ),
        View("fiche with its follow-up", urlsplit(done.get_absolute_url()).path),
    ]
