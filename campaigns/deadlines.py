"""Until when an establishment may hand in: the call's deadline, or the extra time it was given.

The one place that knows of extensions. Whatever asks whether a fiche may be written or handed in
asks here, with the establishment that carries the fiche.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery

from .editions import editions_of, foremost
from .models import Action, Extension

if TYPE_CHECKING:
    from establishments.models import Establishment

    from .models import CampaignPage
    from .phases import Calendar

ANNOTATION = "extended_until"
"""Under which name `with_deadlines` gives each fiche of a list its extra time."""


def with_deadlines(actions: QuerySet[Action]) -> QuerySet[Action]:
    """`actions`, each with the extra time of its establishment, so that no line asks for it."""
    granted = Extension.objects.filter(
        campaign=OuterRef("campaign"), establishment=OuterRef("establishment")
    )
    return actions.annotate(**{ANNOTATION: Subquery(granted.values("until")[:1])})


def calendar_for(establishment: Establishment, campaign: CampaignPage) -> Calendar:
    """The edition's instants as they hold for `establishment`. One query."""
    return _extended(campaign.calendar, _until(establishment.pk, campaign.pk))


def calendar_of(action: Action) -> Calendar:
    """The edition's instants as they hold for a fiche; no query for one of `with_deadlines`."""
    if ANNOTATION in action.__dict__:
        until = action.__dict__[ANNOTATION]
    else:
        until = _until(action.establishment_id, action.campaign_id)
    return _extended(action.campaign.calendar, until)


def accepts(action: Action, now: datetime) -> bool:
    """Whether the fiche may be handed in at `now`. It asks for extra time only after the call."""
    calendar = action.campaign.calendar
    if calendar.accepts_submissions(now) or now < calendar.call_opens_at:
        return calendar.accepts_submissions(now)
    return calendar_of(action).accepts_submissions(now)


def open_edition_for(establishment: Establishment, now: datetime) -> CampaignPage | None:
    """The edition in which `establishment` may hand in at `now`; of several, the first to close."""
    calling = [
        (calendar.call_closes_at, edition)
        for edition, calendar in _calendars_for(establishment)
        if calendar.accepts_submissions(now)
    ]
    return min(calling, key=lambda pair: pair[0])[1] if calling else None


def edition_to_show(
    establishment: Establishment, now: datetime
) -> tuple[CampaignPage | None, Calendar | None]:
    """The edition that concerns `establishment` most at `now`, with the instants it has there.

    One in which it may hand in wins. Two queries, however many editions there are.
    """
    calendars = _calendars_for(establishment)
    calling = [pair for pair in calendars if pair[1].accepts_submissions(now)]
    if calling:
        return min(calling, key=lambda pair: pair[1].call_closes_at)
    shown = foremost([edition for edition, _calendar in calendars], now)
    return next((pair for pair in calendars if pair[0] is shown), (None, None))


def _calendars_for(establishment: Establishment) -> list[tuple[CampaignPage, Calendar]]:
    granted = dict(
        Extension.objects.filter(establishment=establishment).values_list("campaign", "until")
    )
    return [
        (edition, _extended(edition.calendar, granted.get(edition.pk)))
        for edition in editions_of(establishment.academy)
    ]


def _until(establishment_pk: int, campaign_pk: int) -> datetime | None:
    return (
        Extension.objects.filter(campaign=campaign_pk, establishment=establishment_pk)
        .values_list("until", flat=True)
        .first()
    )


def _extended(calendar: Calendar, until: datetime | None) -> Calendar:
    if until is None or until <= calendar.call_closes_at:
        return calendar
    return replace(calendar, call_closes_at=until)
