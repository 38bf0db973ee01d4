"""Editions: the list, one page in each phase, an event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns.models import CampaignContact, CampaignKeyFigure, CampaignPage
from home.models import SiteDocument
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import NOW, make_published, make_scene
from tests.factories import (
    CampaignIndexPageFactory,
    ContentPageFactory,
    EventPageFactory,
    make_edition,
    school_year_of,
)
from tests.home.contents import make_picture

PROGRAMME = [
    ("session", {"starts": "09:00", "ends": "09:30", "title": "Accueil", "speakers": []}),
    ("part", {"title": "Ateliers"}),
    (
        "session",
        {
            "starts": "10:15",
            "ends": None,
            "title": "Le GPDS",
            "description": "Faire vivre le GPDS toute l’année.",
            "speakers": ["Odile Marquenterre, coordonnatrice MLDS"],
        },
    ),
]

# The days, from today, of the call's opening and closing and of the week's first day.
PHASES = {
    "preparation": (5, 40, 60),
    "call-open": (-10, 20, 40),
    "call-closed": (-40, -5, 10),
    "week": (-60, -20, -1),
    "over": (-90, -60, -30),
}


CURRENT = "call-open"


def dates_of(phase: str) -> dict[str, Any]:
    """The fields of an edition that stands in `phase` today."""
    now = timezone.now().replace(microsecond=0)
    opens, closes, week = PHASES[phase]
    first_day = (now + timedelta(days=week)).date()
    return {
        "slug": phase,
        "title": f"Semaine {phase}",
        "call_opens_at": now + timedelta(days=opens),
        "call_closes_at": now + timedelta(days=closes),
        "week_first_day": first_day,
        "week_last_day": first_day + timedelta(days=4),
        "school_year": school_year_of(first_day),
    }


def furnish(edition: CampaignPage) -> None:
    """Fill every part of the edition's page."""
    edition.key_figures.add(
        CampaignKeyFigure(value="17 %", label="d’une génération", source="INSEE, 2022")
    )
    edition.contacts.add(
        CampaignContact(label="DRAIO", email="sps@normandie.example", phone="01 99 00 76 20")
    )
    edition.letter = SiteDocument.objects.create(
        title="Lettre", file=ContentFile(b"%PDF-1.7", name="lettre.pdf"), file_size=61_440
    )
    edition.picture = make_picture("Préau")
    edition.patron = "Ysaline Maubourguet"
    edition.save()
    ContentPageFactory(parent=edition, title="La trame de la fiche-action")


@scene
def the_editions() -> list[View]:
    """One edition in each phase; the one whose call is open has everything."""
    with time_machine.travel(NOW):
        site = make_scene()
        make_published(site)
    CampaignIndexPageFactory(parent=site.academy.site.root_page)
    current = site.edition
    for phase in PHASES:
        if phase != CURRENT:
            make_edition(site.academy, **dates_of(phase))
    for name, value in dates_of(CURRENT).items():
        setattr(current, name, value)
    furnish(current)
    EventPageFactory(
        parent=current,
        slug="seminaire",
        place="Lycée du Canal",
        address="8, cours des Mariniers, 14000 Caen",
        introduction="Une journée pour comprendre.",
        registration_url="https://example.org/inscription",
        recording_url="https://example.org/video",
        programme=PROGRAMME,
    )
    EventPageFactory(parent=current, slug="comite", title="Comité de pilotage")
    return [
        View("editions", "/editions/"),
        *(View(f"edition, {phase}", f"/{phase}/") for phase in PHASES),
        View("edition, narrow", "/call-open/", width=NARROW),
        View("home with an edition", "/"),
        View("event", "/call-open/seminaire/"),
        View("event with little", "/call-open/comite/"),
    ]
