"""The public catalogue of fiches, narrowed in every way, and the page of a fiche."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import time_machine
from django.utils import timezone

from campaigns import catalogue_stamp
from campaigns.models import Action, ActionType, Level, Theme
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import NOW, Scene, make_published, make_scene
from tests.factories import EstablishmentFactory, sign_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

TITLES = (
    "La radio du lycée",
    "Un tutorat entre pairs",
    "Le café des familles",
    "Un rallye des métiers",
    "La chorale du lundi",
    "Une matinée pour reprendre pied",
)


def make_catalogue() -> tuple[Scene, list[Action]]:
    """Six public fiches of three schools, one of them in the spotlight."""
    themes = list(Theme.objects.filter(academy=None)[:3])
    types = list(ActionType.objects.filter(academy=None)[:2])
    levels = list(Level.objects.filter(academy=None))
    with time_machine.travel(NOW, tick=True):
        site = make_scene()
        fiches = []
        for number, title in enumerate(TITLES):
            if number % 2 == 0:
                site.establishment = EstablishmentFactory(
                    academy=site.academy,
                    network=site.network,
                    name=f"Collège {('Hawking', 'des Tilleuls', 'du Vieux-Port')[number // 2]}",
                )
                site.account = sign_up(site.establishment)
            fiches.append(
                make_published(
                    site,
                    title=title,
                    summary="Une heure par semaine, avec les familles et d’anciens élèves.",
                    themes=[themes[number % 3]],
                    action_types=[types[number % 2]],
                    levels=levels if number == 0 else levels[number : number + 2],
                    moment="year" if number % 2 else "week",
                    starts_on=None if number % 2 else date(2023, 4, 3 + number),
                    openness="public" if number == 0 else "internal",
                    ready_to_reuse=number < 2,
                )
            )
    Action.objects.filter(pk=fiches[2].pk).update(featured_at=timezone.now())
    catalogue_stamp.touch([site.edition.pk])
    return site, fiches


def unfold(page: Page) -> None:
    """Show the facets, on a phone."""
    page.locator(".catalogue-filters__summary").click()
    page.locator(".catalogue-facet").first.wait_for()


@scene
def the_narrowed_catalogue() -> list[View]:
    """A list narrowed, a slip told, nothing found, the facets on a phone, a fiche among others."""
    site, fiches = make_catalogue()
    base = f"/{site.edition.slug}/actions/"
    theme = Theme.objects.filter(academy=None)[0].code
    return [
        View("catalogue, facets", base),
        View("catalogue, narrowed", f"{base}?q=familles&theme={theme}&reutilisable=1"),
        View("catalogue, a slip", f"{base}?q=hawkins"),
        View("catalogue, nothing found", f"{base}?q=escalade&theme={theme}"),
        View("catalogue, facets on a phone", base, act=unfold, width=NARROW),
        View("fiche among others", f"{base}{fiches[0].pk}-{fiches[0].slug}/?theme={theme}"),
    ]
