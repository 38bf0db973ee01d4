"""Around the writing of a fiche: extra time, copies, partners, the follow-up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import time_machine
from django.utils import timezone

from campaigns import associating, extending
from campaigns.models import ActionIndicator, CampaignPage
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import NOW, make_draft, make_published, make_scene
from tests.factories import EstablishmentFactory

from .fiches import move_call

if TYPE_CHECKING:
    from playwright.sync_api import Page


def hand_in_incomplete(page: Page) -> None:
    """Mistype a number and hand the follow-up in."""
    page.locator("[name=pupils_actual]").fill("beaucoup")
    page.locator(".fiche-form__end button[value=submit]").click()
    page.locator("#erreurs").wait_for()


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
    today = timezone.localdate()
    CampaignPage.objects.filter(pk=site.edition.pk).update(
        week_first_day=today - timedelta(days=5), week_last_day=today - timedelta(days=1)
    )
    form = f"/espace/fiches/{action.pk}/bilan/"
    return [
        View("space after the Week", "/espace/", user=site.account),
        View("follow-up", form, user=site.account),
        View("follow-up, errors", form, user=site.account, act=hand_in_incomplete, status=422),
        View("follow-up, narrow", form, user=site.account, width=NARROW),
    ]
