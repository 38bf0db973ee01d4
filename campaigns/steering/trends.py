"""The figures over time: an edition day after day, and beside the one before. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from campaigns.dates import day_in_words
from campaigns.phases import local_day

from . import definitions
from .comparing import days_from_deadline
from .figure import Figure, Row
from .shapes import STYLES, lines
from .timeline import cumulated, drawn_days, earliest

if TYPE_CHECKING:
    from .numbers import Numbers


def rhythm(numbers: Numbers) -> Figure:
    """Fiches handed in, given the visa and published, in total at the end of each day."""
    days, edition = numbers.days, numbers.edition
    first, last = drawn_days(edition, numbers.now, earliest(days.handed_in, days.published))
    series = [(_("Fiches handed in"), cumulated(days.handed_in, first, last))]
    if numbers.scope.sees_progress and days.visas:
        series.append((_("Visas given"), cumulated(days.visas, first, last)))
    series.append((_("Fiches published"), cumulated(days.published, first, last)))
    deadline = local_day(edition.call_closes_at)
    has_any = any(values[-1][1] for _name, values in series)
    chart = lines(
        [(name, [(day.toordinal(), value) for day, value in values]) for name, values in series],
        first=first.toordinal(),
        last=last.toordinal(),
        places=[(first.toordinal(), short_day(first)), (last.toordinal(), short_day(last))],
        marks=[(deadline.toordinal(), _("Deadline"))],
    )
    columns = [values for _name, values in series]
    return Figure(
        "rythme",
        str(definitions.TITLES["rythme"]),
        definitions.definition_of("rythme", is_observed=not numbers.scope.sees_progress),
        [_("Day"), *(name for name, _values in series)],
        [
            Row(day_in_words(day), [values[place][1] for values in columns], day=day)
            for place, (day, _value) in enumerate(columns[0])
        ]
        if has_any
        else [],
        chart if has_any else None,
        " ".join(
            _("%(label)s: from %(start)s on %(first)s to %(end)s on %(last)s.")
            % {
                "label": name,
                "start": values[0][1],
                "first": day_in_words(first),
                "end": values[-1][1],
                "last": day_in_words(last),
            }
            for name, values in series
        ),
        [
            (style, f"{line.label} ({line.last})")
            for style, line in zip(STYLES, chart.lines, strict=False)
        ]
        if has_any
        else (),
    )


def comparison(numbers: Numbers) -> Figure | None:
    """The hand-ins of two editions, set on the day of their deadlines; None without a previous."""
    previous = numbers.previous
    if previous is None or not numbers.days.handed_in_before:
        return None
    edition, days = numbers.edition, numbers.days
    first, last = drawn_days(edition, numbers.now, earliest(days.handed_in))
    first_before, last_before = drawn_days(previous, numbers.now, earliest(days.handed_in_before))
    here = {
        days_from_deadline(edition, day): value
        for day, value in cumulated(days.handed_in, first, last)
    }
    before = {
        days_from_deadline(previous, day): value
        for day, value in cumulated(days.handed_in_before, first_before, last_before)
    }
    least, most = min(*here, *before), max(*here, *before)
    names = [edition.title, previous.title]
    chart = lines(
        [(names[0], list(here.items())), (names[1], list(before.items()))],
        first=least,
        last=most,
        places=[(place, offset(place)) for place in (least, most)],
        marks=[(0, _("Deadline"))],
    )
    return Figure(
        "edition-precedente",
        str(definitions.TITLES["edition-precedente"]),
        str(definitions.DEFINITIONS["edition-precedente"]),
        [_("Days from the deadline"), *names],
        [
            Row(offset(place), [here.get(place), before.get(place)])
            for place in range(least, most + 1)
        ],
        chart,
        " ".join(
            _("%(label)s: %(value)s fiches on %(day)s.")
            % {"label": name, "value": list(held.values())[-1], "day": offset(list(held)[-1])}
            for name, held in zip(names, (here, before), strict=True)
        ),
        [
            (style, f"{line.label} ({line.last})")
            for style, line in zip(STYLES, chart.lines, strict=False)
        ],
    )


def offset(days: int) -> str:
    """A day as its distance from the deadline: "D−12", "D", "D+3"."""
    if days == 0:
        return _("D")
    return _("D%(days)s") % {"days": f"+{days}" if days > 0 else f"−{-days}"}


def short_day(day: date) -> str:
    """A day without its year."""
    return day_in_words(day, year=False)
