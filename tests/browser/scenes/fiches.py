"""Fiches-actions: the public catalogue and page, the establishments' space and its form."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import time_machine
from django.utils import timezone

from campaigns.drafts import start_draft
from campaigns.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    ActionSession,
    ActionType,
    CampaignPage,
    Level,
    PartnerType,
    Theme,
)
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import EstablishmentFactory, make_edition, sign_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

COURSE = """Constituer les équipes. En octobre, chaque professeur principal propose des binômes.

Le jour venu :
- accueil des familles dans le préau, avec un café ;
- ateliers de vingt minutes, animés par les élèves eux-mêmes ;
- temps d’échange, sans micro ni estrade.

Reconnaître. L’engagement de chacun est inscrit dans son livret."""


def make_full(scene_: Scene) -> Action:
    """A public fiche that fills every part of its page."""
    kind = PartnerType.objects.get(code="mission-locale", academy=None)
    action = make_published(
        scene_,
        title="Une matinée pour reprendre pied, avec les familles et les anciens élèves",
        summary="Chaque élève entrant en CAP est accompagné par un élève de terminale.",
        levels=list(Level.objects.all()[:6]),
        themes=list(Theme.objects.all()[:4]),
        action_types=list(ActionType.objects.all()[:2]),
        course=COURSE,
        outcome="Un carnet de douze pages.",
        starts_on=date(2023, 4, 3),
        ends_on=date(2023, 4, 7),
        place="Lycée, foyer et atelier de maintenance",
        openness="public",
        registration="Auprès du secrétariat, avant le 31 mars.",
        pupils_planned=56,
        adults_planned=5,
        budget=Decimal("640"),
        ready_to_reuse=True,
        reuse_tips="Le créneau commun se négocie en juin.",
        partners=[ActionPartner(name="Mission locale de la rive gauche", type=kind)],
        sessions=[
            ActionSession(date=date(2023, 4, day), starts_at=time(13), ends_at=time(14, 30))
            for day in (3, 7)
        ],
        indicators=[ActionIndicator(label="Élèves présents en juin", target="24", actual="22")],
    )
    Action.objects.filter(pk=action.pk).update(
        pupils_actual=52, adults_actual=5, satisfaction=4, continued=True, strengths="L’entrain."
    )
    return action


def move_call(edition: CampaignPage, *, opens_in: int, closes_in: int) -> None:
    """Give the edition's call other dates, in days from now."""
    now = timezone.now()
    CampaignPage.objects.filter(pk=edition.pk).update(
        call_opens_at=now + timedelta(days=opens_in),
        call_closes_at=now + timedelta(days=closes_in),
        week_first_day=(now + timedelta(days=closes_in + 20)).date(),
        week_last_day=(now + timedelta(days=closes_in + 24)).date(),
    )


def hand_in_incomplete(page: Page) -> None:
    """Empty what is needed, mistype an hour, and go on."""
    page.locator("[name=course]").fill("")
    page.locator("[name=sessions-0-starts_at]").fill("tôt")
    page.locator("[name=partners-0-name]").fill("")
    page.locator("[name=partners-0-type]").select_option(index=1)
    page.locator("button[value=next]").click()
    page.locator("#erreurs").wait_for()


def hand_in_at_once(page: Page) -> None:
    """Hand in a fiche of which nothing but the title is written."""
    page.locator("button[value=submit]").click()
    page.locator("#erreurs").wait_for()


def add_rows(page: Page) -> None:
    """One more partner, then one more date."""
    page.locator("button[value='add:partners']").click()
    page.locator("[name=partners-1-name]").wait_for()
    page.locator("button[value='add:sessions']").click()
    page.locator("[name=sessions-1-date]").wait_for()


def save_after_somebody_else(page: Page) -> None:
    """Save with an out-of-date page: the server shows both versions."""
    page.locator("[name=revision]").evaluate("input => { input.value = '1'; }")
    page.locator("[name=seen]").evaluate("input => { input.value = 'x'; }")
    page.locator("[name=place]").evaluate("input => { input.value = 'Gymnase'; }")
    page.locator("button[value=next]").click()
    page.locator("#conflit").wait_for()


def save_once_signed_out(page: Page) -> None:
    """Save after the session has ended."""
    page.context.clear_cookies(name="sessionid")
    page.locator("button[value=next]").click()
    page.locator("input[type=hidden][name=course]").wait_for(state="attached")


@scene
def the_fiches() -> list[View]:
    """An edition whose call is open, with fiches in every status; another without any."""
    with time_machine.travel(NOW):
        site = make_scene()
        full = make_full(site)
        bare = make_published(site, title="Tutorat")
        for number in range(12):
            make_published(site, title=f"Action numéro {number}")
        draft = make_draft(site)
        returned = make_returned(site, title="Café des parents du lundi")
        make_submitted(site)
        make_endorsed(site)
        write(site, bare, title="Tutorat et entraide")
        begun = start_draft(site.establishment, site.edition, by=site.account, title="Café")
        empty_edition = make_edition(site.academy, title="Semaine 2022")
    move_call(site.edition, opens_in=-10, closes_in=10)
    catalogue = f"/{site.edition.slug}/actions/"
    newcomer = sign_up(EstablishmentFactory(academy=site.academy, name="Collège sans fiche"))
    school = site.account
    edit = f"/espace/fiches/{draft.pk}/modifier/comment/"
    last = f"/espace/fiches/{begun.pk}/modifier/resultat/"
    new = "/espace/fiches/nouvelle/"
    return [
        View("catalogue", catalogue),
        View("catalogue, second page", f"{catalogue}?page=2"),
        View("catalogue, empty", f"/{empty_edition.slug}/actions/"),
        View("fiche", f"{catalogue}{full.pk}-{full.slug}/"),
        View("fiche with little", f"{catalogue}{bare.pk}-{bare.slug}/"),
        View("search of fiches", "/recherche/?q=familles"),
        View("space", "/espace/", user=school),
        View("space, empty", "/espace/", user=newcomer),
        View("blank form", new, user=newcomer),
        View("drafts before a blank form", new, user=school),
        View("blank form, after drafts", f"{new}?autre=oui", user=school),
        View("form", edit, user=school),
        View("form, errors", edit, user=school, act=hand_in_incomplete),
        View("form, parts missing", last, user=school, act=hand_in_at_once),
        View("form, errors, narrow", edit, user=school, act=hand_in_incomplete, width=NARROW),
        View("form, rows added", edit, user=school, act=add_rows),
        View("form, conflict", edit, user=school, act=save_after_somebody_else, status=409),
        View("form, session ended", edit, user=school, act=save_once_signed_out, status=403),
        View("form, to correct", f"/espace/fiches/{returned.pk}/modifier/comment/", user=school),
        View("status", f"/espace/fiches/{returned.pk}/", user=school),
        View("status of a draft", f"/espace/fiches/{draft.pk}/", user=school),
        View("deletion", f"/espace/fiches/{draft.pk}/supprimer/", user=school),
    ]


@scene
def the_closed_call() -> list[View]:
    """The space once the call has closed."""
    with time_machine.travel(NOW):
        site = make_scene()
        draft = make_draft(site)
    site.academy.contact_email = "draio@ac.example"
    site.academy.save()
    return [
        View("space, call closed", "/espace/", user=site.account),
        View("blank form, call closed", "/espace/fiches/nouvelle/", user=site.account),
        View("draft, call closed", f"/espace/fiches/{draft.pk}/", user=site.account),
    ]
