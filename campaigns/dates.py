"""Days, hours and spans in words: "1er avril", "23 h 59", "du 3 au 7 avril 2023".

Django's formats know neither the ordinal of the first day of a month nor spans. All instants are
told on the clocks of Paris; the words of days and months are Django's.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.phases import PARIS


def day_in_words(day: date, *, weekday: bool = False, year: bool = True) -> str:
    """`day` as "lundi 3 avril 2023", with or without its weekday and its year."""
    words = [
        weekday_in_words(day) if weekday else "",
        _number_in_words(day),
        date_format(day, "F"),
        str(day.year) if year else "",
    ]
    return " ".join(word for word in words if word)


def weekday_in_words(day: date) -> str:
    """The weekday of `day`: "lundi"."""
    return date_format(day, "l")


def clock_in_words(clock: datetime | time) -> str:
    """The hour that `clock` shows, whatever its zone: "23 h 59", or "9 h" on the hour."""
    if clock.minute:
        return _("%(hour)s:%(minute)s") % {"hour": clock.hour, "minute": f"{clock.minute:02d}"}
    return _("%(hour)s o’clock") % {"hour": clock.hour}


def hour_in_words(instant: datetime) -> str:
    """The hour of `instant` in Paris: "23 h 59"."""
    return clock_in_words(instant.astimezone(PARIS))


def span_in_words(first: date, last: date, *, year: bool = True) -> str:
    """Both days included: "du 3 au 7 avril 2023", "le 3 avril 2023"."""
    if first == last:
        return _("on %(day)s") % {"day": day_in_words(first, year=year)}
    same_year = first.year == last.year
    if same_year and first.month == last.month:
        start = _number_in_words(first)
    else:
        start = day_in_words(first, year=not same_year)
    return _("from %(start)s to %(end)s") % {
        "start": start,
        "end": day_in_words(last, year=year or not same_year),
    }


def _number_in_words(day: date) -> str:
    """The day's number in its month; French has an ordinal for the first only."""
    return _("1st") if day.day == 1 else str(day.day)
