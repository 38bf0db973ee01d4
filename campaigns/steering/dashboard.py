"""The dashboard of an edition in one scope: its key numbers and its figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.enums import Status
from campaigns.phases import local_day

from . import definitions, fiche_links, trends
from .breakdowns import answers_figure, place_figures, terms_figure
from .comparing import days_from_deadline
from .figure import Figure, KeyNumber, Row, described, share
from .numbers import Numbers
from .shapes import bars

SHOWN_STATUSES = (
    Status.NETWORK_REVIEW,
    Status.ACADEMY_REVIEW,
    Status.CHANGES_REQUESTED,
    Status.PUBLISHED,
    Status.REFUSED,
    Status.WITHDRAWN,
    Status.ARCHIVED,
)


@dataclass(frozen=True)
class Dashboard:
    """What the page shows.

    `compared_at` says at which moment the previous edition is taken, `silent` how many
    establishments have not answered.
    """

    key_numbers: list[KeyNumber]
    figures: list[Figure]
    compared_at: str
    silent: int

    def figure(self, key: str) -> Figure | None:
        """The figure of that key."""
        return next((figure for figure in self.figures if figure.key == key), None)


def dashboard_of(numbers: Numbers) -> Dashboard:
    """The key numbers and the figures; pure."""
    figures = [
        _statuses(numbers),
        trends.rhythm(numbers),
        trends.comparison(numbers),
        *place_figures(numbers),
        answers_figure(numbers),
        terms_figure(numbers, "niveaux", "levels"),
        terms_figure(numbers, "thematiques", "themes"),
    ]
    return Dashboard(
        _key_numbers(numbers),
        [one for one in figures if one is not None],
        compared_at(numbers),
        numbers.total.concerned - numbers.total.answered,
    )


def compared_at(numbers: Numbers) -> str:
    """At which moment the previous edition is taken, in words; empty without one."""
    if numbers.previous is None:
        return ""
    if numbers.then is None:
        return _("in the whole of the edition")
    days = days_from_deadline(numbers.edition, local_day(numbers.now))
    if days == 0:
        return _("on the day of the deadline")
    if days < 0:
        return ngettext(
            "%(days)d day before the deadline", "%(days)d days before the deadline", -days
        ) % {"days": -days}
    return ngettext("%(days)d day after the deadline", "%(days)d days after the deadline", days) % {
        "days": days
    }


def _key_numbers(numbers: Numbers) -> list[KeyNumber]:
    total = numbers.total

    def before(number: int) -> str:
        if numbers.previous is None:
            return ""
        return _("%(number)s at the same moment of the previous edition") % {"number": number}

    links = fiche_links.of_group(numbers)
    in_progress = (
        KeyNumber(
            _("Under review"),
            total.in_hand,
            str(definitions.IN_HAND),
            link=links[2],
            link_words=_("See these fiches"),
        )
        if numbers.scope.sees_progress
        else KeyNumber(
            _("Handed in, not public"),
            total.in_hand + total.left_out,
            str(definitions.NOT_PUBLIC),
        )
    )
    part = share(total.answered, total.concerned)
    answered = (
        _("%(part)s of %(whole)s establishments concerned")
        % {"part": part, "whole": total.concerned}
        if part
        else ""
    )
    return [
        KeyNumber(
            _("Fiches handed in"),
            total.handed_in,
            str(definitions.HANDED_IN),
            before(total.before),
            link=links[0],
            link_words=_("See these fiches"),
        ),
        KeyNumber(
            _("Public fiches"),
            total.public,
            str(definitions.PUBLIC),
            before(total.public_before),
            link=links[1],
            link_words=_("See these fiches"),
        ),
        in_progress,
        KeyNumber(
            _("Establishments that answered"), total.answered, str(definitions.ANSWERED), answered
        ),
    ]


def _statuses(numbers: Numbers) -> Figure:
    held = [one for one in numbers.fiches if one.campaign == numbers.edition.pk]
    if numbers.scope.sees_progress:
        counted = [
            (
                str(status.label),
                sum(one.number for one in held if one.status == status),
                fiche_links.fiches(numbers, status),
            )
            for status in SHOWN_STATUSES
        ]
    else:
        public = sum(one.number for one in held if one.is_public)
        counted = [
            (
                _("Public on the site"),
                public,
                fiche_links.fiches(numbers, only=fiche_links.PUBLIC),
            ),
            (_("Not public"), sum(one.number for one in held) - public, ""),
        ]
    total = sum(number for _label, number, _link in counted)
    rows = [
        Row(label, [number, share(number, total)], cell_links=[link])
        for label, number, link in counted
    ]
    # What is rare is told by the table; the chart keeps what there is.
    drawn = [(label, str(number), [number]) for label, number, _link in counted if number]
    return Figure(
        "statuts",
        str(definitions.TITLES["statuts"]),
        definitions.definition_of("statuts", is_observed=not numbers.scope.sees_progress),
        [_("Status"), _("Fiches"), _("Share")],
        rows if total else [],
        bars(drawn) if drawn else None,
        described([(label, value) for label, value, _parts in drawn]),
    )
