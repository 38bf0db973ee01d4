"""The agenda of the Week."""

from __future__ import annotations

from datetime import date, time, timedelta

import time_machine
from django.utils import timezone

from campaigns import catalogue_stamp
from campaigns.models import ActionSession, CampaignPage
from campaigns.phases import local_day
from establishments.models import Establishment
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import NOW, make_published, make_scene
from tests.factories import EstablishmentFactory, EventPageFactory, make_edition

PLACES = {
    "Caen": (49.18, -0.37),
    "Cherbourg": (49.64, -1.62),
    "Évreux": (49.02, 1.15),
    "Sotteville": (49.41, 1.09),
}


@scene
def the_week() -> list[View]:
    """A Week that runs today, with sessions of all sorts in five communes."""
    today = local_day(timezone.now())
    first = today - timedelta(days=1)
    with time_machine.travel(NOW):
        site = make_scene()
        Establishment.objects.filter(pk=site.establishment.pk).update(
            latitude=49.44, longitude=1.10
        )
        for rank, (commune, place) in enumerate(PLACES.items()):
            school = EstablishmentFactory(
                academy=site.academy,
                network=site.network,
                commune=commune,
                latitude=place[0],
                longitude=place[1],
            )
            action = make_published(
                site,
                title=f"Rencontre à {commune}",
                openness="public" if rank % 2 else "partners",
                registration="Auprès du secrétariat.",
                sessions=[
                    ActionSession(
                        date=first + timedelta(days=rank), starts_at=time(14, 30), place="Foyer"
                    ),
                    ActionSession(date=today),
                ],
            )
            type(action).objects.filter(pk=action.pk).update(establishment=school)
        make_published(site, title="Toute la semaine", starts_on=first, ends_on=date(2100, 1, 1))
        make_published(site, title="Sans date")
        empty = make_edition(site.academy, title="Semaine 2022")
    CampaignPage.objects.filter(pk=site.edition.pk).update(
        week_first_day=first, week_last_day=first + timedelta(days=4)
    )
    now = timezone.now()
    EventPageFactory(
        parent=CampaignPage.objects.get(pk=site.edition.pk),
        title="Séminaire",
        starts_at=now,
        ends_at=now + timedelta(hours=2),
    )
    catalogue_stamp.rebuild([site.edition.pk])
    agenda = f"/{site.edition.slug}/agenda/"
    return [
        View("agenda", agenda),
        View("agenda, narrow", agenda, width=NARROW),
        View("agenda, narrowed", f"{agenda}?ouvert=1&q=rencontre"),
        View("agenda, one day", f"{agenda}?jour={today.isoformat()}"),
        View("agenda, nothing found", f"{agenda}?q=escalade"),
        View("agenda, empty", f"/{empty.slug}/agenda/"),
    ]
