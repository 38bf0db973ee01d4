"""What the agenda puts into words: `{% load agenda %}`."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.text import capfirst
from django.utils.translation import pgettext

from campaigns.dates import clock_in_words, day_in_words, weekday_in_words
from campaigns.slots import Slot

register = template.Library()


@register.filter
def day_heading(day: date) -> str:
    """A day of the Week: "Lundi 3 avril"."""
    return capfirst(day_in_words(day, weekday=True, year=False))


@register.filter
def weekday_words(day: date) -> str:
    """Its weekday: "Lundi"."""
    return capfirst(weekday_in_words(day))


@register.filter
def day_and_month(day: date) -> str:
    """The day without its weekday: "3 avril"."""
    return day_in_words(day, year=False)


@register.filter
def ends_in_words(slot: Slot) -> str:
    """Until when, where only that is known: "jusqu’à 16 h"; else nothing."""
    if slot.ends_at is None or slot.starts_at is not None:
        return ""
    return pgettext("hours", "until %(end)s") % {"end": clock_in_words(slot.ends_at)}
