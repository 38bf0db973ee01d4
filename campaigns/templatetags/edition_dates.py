"""Filters that put an edition's dates and its phase into words: `{% load edition_dates %}`."""

from __future__ import annotations

from datetime import date, datetime, time

from django import template

from campaigns import dates, wording
from campaigns.models import CampaignPage
from campaigns.phases import Outlook, Phase, local_day

register = template.Library()


@register.filter
def day_words(value: date | datetime) -> str:
    """A day with its weekday and its year: "lundi 3 avril 2023"."""
    day = local_day(value) if isinstance(value, datetime) else value
    return dates.day_in_words(day, weekday=True)


@register.filter
def instant_words(value: datetime) -> str:
    """A day and an hour: "jeudi 9 mars 2023 à 23 h 59"."""
    return wording.instant_in_words(value)


@register.filter
def date_or_instant_words(value: date | datetime) -> str:
    """A day, with its hour where it has one."""
    return wording.instant_in_words(value) if isinstance(value, datetime) else day_words(value)


@register.filter
def clock_words(value: time) -> str:
    """An hour: "9 h 30"."""
    return dates.clock_in_words(value)


@register.filter
def hour_words(value: datetime) -> str:
    """The hour of an instant in Paris: "9 h 30"."""
    return dates.hour_in_words(value)


@register.filter
def span_words(first: date, last: date) -> str:
    """Two days and what lies between: "du 3 au 7 avril 2023"."""
    return dates.span_in_words(first, last)


@register.filter
def outlook_words(value: Outlook) -> str:
    """What can be done now, in a sentence."""
    return wording.outlook_in_words(value)


@register.filter
def hand_in_words(value: Outlook) -> str:
    """Until when fiches may be handed in."""
    return wording.hand_in_in_words(value)


@register.filter
def phase_words(value: Phase) -> str:
    """The name of a phase."""
    return wording.phase_in_words(value)


@register.filter
def phase_at(edition: CampaignPage, now: datetime) -> Phase:
    """Where `edition` stands at `now`."""
    return edition.calendar.phase(now)


@register.filter
def iso(value: date | datetime | time) -> str:
    """What a `<time datetime>` holds."""
    return value.isoformat()
