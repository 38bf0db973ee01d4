"""The dashboard in the admin as each role sees it, who answered, and an edition in figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import time_machine
from django.urls import reverse

from campaigns import catalogue_stamp
from campaigns.enums import Status
from campaigns.models import Level, Theme
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import NOW
from tests.campaigns.steering.cases import Steered, hand_in, make_steered
from tests.factories import make_edition

if TYPE_CHECKING:
    from playwright.sync_api import Page


def make_story() -> Steered:
    """Two editions, fiches in every status, a few days apart."""
    with time_machine.travel(NOW):
        site = make_steered()
        previous = make_edition(
            site.academy,
            title="Semaine 2022",
            call_opens_at=datetime(2022, 1, 17, 8, tzinfo=UTC),
            call_closes_at=datetime(2022, 3, 10, 22, 59, 59, tzinfo=UTC),
        )
        hand_in(previous, site.schools[0], Status.PUBLISHED, at=datetime(2022, 2, 1, tzinfo=UTC))
        statuses = (Status.PUBLISHED, Status.NETWORK_REVIEW, Status.PUBLISHED, Status.REFUSED)
        for number, status in enumerate(statuses):
            action = hand_in(
                site.edition,
                site.schools[number % 2],
                status,
                at=NOW - timedelta(days=4 - number),
                pupils_planned=24,
            )
            action.levels.add(Level.objects.get(code="4e", academy=None))
            action.themes.add(Theme.objects.get(code="motivation", academy=None))
            action.save()
        catalogue_stamp.rebuild()
    return site


def open_tables(page: Page) -> None:
    """Show the table of every figure."""
    for summary in page.locator(".figure__details summary").all():
        summary.click()


@scene
def the_dashboard() -> list[View]:
    """The figures and the establishments, for those who steer."""
    site = make_story()
    pages = {
        name: reverse(name, args=[site.edition.pk])
        for name in ("steering", "steering_answers", "steering_remind")
    }
    own = {"is_ours": False, "part": ".steering"}
    return [
        View("dashboard of an editor", pages["steering"], user=site.editor, act=open_tables, **own),
        View("dashboard of a lead", pages["steering"], user=site.lead, width=NARROW, **own),
        View("dashboard of an observer", pages["steering"], user=site.observer, **own),
        View("who answered", pages["steering_answers"] + "?answer=all", user=site.editor, **own),
        View(
            "who answered, narrow", pages["steering_answers"], user=site.lead, width=NARROW, **own
        ),
        View("reminders, too late", pages["steering_remind"], user=site.editor, **own),
    ]


@scene
def the_edition_in_figures() -> list[View]:
    """The public page, with its tables, and before there is anything."""
    site = make_story()
    make_edition(site.academy, slug="vide", title="Semaine vide")
    address = f"/{site.edition.slug}/chiffres/"
    return [
        View("edition in figures", address),
        View("edition in figures, tables", address, act=open_tables),
        View("edition in figures, narrow", address, act=open_tables, width=NARROW),
        View("edition in figures, empty", "/vide/chiffres/"),
    ]
