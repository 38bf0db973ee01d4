"""An edition in figures for everybody: what its public fiches add up to, and nothing else.

Counts by facet come from the index of the catalogue, so that each number is that of the list it
leads to; sums of pupils and places from two queries of aggregates for each edition compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.catalogue_index import YES
from campaigns.criteria import Criteria, Facet
from campaigns.facets import in_order, label_of
from campaigns.models import Action
from campaigns.selection import Selection
from establishments.models import Establishment

from .figure import Figure, KeyNumber, Row, described, in_words, share
from .shapes import bars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from campaigns.models import CampaignPage
    from campaigns.querysets import ActionQuerySet

SEVERAL: Final = gettext_lazy(
    "Public fiches that name each entry. A fiche may name several: do not add them up."
)
ONE: Final = gettext_lazy("Public fiches, by the establishment that carries each.")

FIGURES: Final[dict[Facet, tuple[str, Promise, Promise]]] = {
    Facet.THEME: ("thematiques", gettext_lazy("Themes"), SEVERAL),
    Facet.AUDIENCE: ("publics", gettext_lazy("Audiences"), SEVERAL),
    Facet.LEVEL: ("niveaux", gettext_lazy("Levels"), SEVERAL),
    Facet.TYPE: ("types-d-action", gettext_lazy("Types of action"), SEVERAL),
    Facet.KIND: ("etablissements", gettext_lazy("By kind of establishment"), ONE),
    Facet.DEPARTMENT: ("departements", gettext_lazy("By department"), ONE),
    Facet.DAY: (
        "jours",
        gettext_lazy("Day by day during the Week"),
        gettext_lazy(
            "Public fiches that take place on each day of the Week, by the dates of their sessions "
            "or, without any, by their first and last days. A fiche of several days counts on each."
        ),
    ),
}
"""The figures of the page by their facet: key, title, definition."""


@dataclass(frozen=True)
class Sums:
    """What the public fiches of an edition add up to."""

    fiches: int = 0
    establishments: int = 0
    communes: int = 0
    departments: int = 0
    pupils_expected: int = 0
    fiches_expecting: int = 0
    pupils_present: int = 0
    fiches_counted: int = 0


@dataclass(frozen=True)
class EditionFigures:
    """What the page shows."""

    total: int
    key_numbers: list[KeyNumber]
    figures: list[Figure]


def sums_of(fiches: ActionQuerySet) -> Sums:
    """The sums of `fiches`, those of one edition; two queries."""
    numbers = fiches.order_by().aggregate(
        fiches=Count("pk"),
        pupils_expected=Sum("pupils_planned"),
        fiches_expecting=Count("pupils_planned"),
        pupils_present=Sum("pupils_actual"),
        fiches_counted=Count("pupils_actual"),
    )
    places = list(
        Establishment.objects.filter(pk__in=fiches.order_by().values("establishment"))
        .order_by()
        .values("department")
        .annotate(
            schools=Count("pk"), communes=Count("commune", distinct=True, filter=~Q(commune=""))
        )
    )
    return Sums(
        **{name: number or 0 for name, number in numbers.items()},
        establishments=sum(place["schools"] for place in places),
        # Communes of one name in two departments are two.
        communes=sum(place["communes"] for place in places),
        departments=len(places),
    )


def figures_of(
    edition: CampaignPage, previous: CampaignPage | None, now: datetime
) -> EditionFigures:
    """The edition in figures beside `previous`, another public edition, at `now`."""
    selection = Selection(edition, Criteria(), now)
    sums = sums_of(Action.objects.shown_in_editions().filter(campaign=edition))
    before = sums_of(Action.objects.published().filter(campaign=previous)) if previous else None
    if before is not None and not before.fiches:
        before = None
    return EditionFigures(
        sums.fiches,
        _key_numbers(sums, before, _held(selection, Facet.REUSE), _held(selection, Facet.OPEN)),
        [
            figure
            for facet in FIGURES
            if (figure := _figure(facet, selection, sums.fiches)) is not None
        ],
    )


def _held(selection: Selection, facet: Facet) -> int:
    return selection.counts(facet).get(YES, 0)


def _figure(facet: Facet, selection: Selection, total: int) -> Figure | None:
    key, title, definition = FIGURES[facet]
    labels: Mapping[Facet, Mapping[str, str]] = selection.catalogue.labels
    counts = selection.counts(facet)
    if not counts or (facet == Facet.DEPARTMENT and len(counts) < 2):
        return None
    shown = [
        (label_of(facet, one, labels), counts[one], Criteria().toggled(facet, one).query)
        for one in in_order(facet, counts, labels)
    ]
    drawn = [(label, in_words(number), [number]) for label, number, _query in shown]
    return Figure(
        key,
        str(title),
        str(definition),
        [str(title), _("Fiches"), _("Share of all the fiches")],
        [Row(label, [number, share(number, total)], query) for label, number, query in shown],
        bars(drawn),
        described([(label, value) for label, value, _parts in drawn]),
    )


def _key_numbers(sums: Sums, before: Sums | None, reusable: int, is_open: int) -> list[KeyNumber]:
    def compared(name: str) -> str:
        if before is None:
            return ""
        return _("previous edition: %(number)s") % {"number": in_words(getattr(before, name))}

    def given(words: str, number: int) -> str:
        told = ngettext(
            "%(number)s fiche of %(total)s gives the number.",
            "%(number)s fiches of %(total)s give the number.",
            number,
        ) % {"number": in_words(number), "total": in_words(sums.fiches)}
        return f"{words} {told}"

    numbers = [
        KeyNumber(
            _("Actions"), sums.fiches, _("Fiches published on the site."), compared("fiches")
        ),
        KeyNumber(
            _("Establishments"),
            sums.establishments,
            _("Those that carry one public fiche at least."),
            compared("establishments"),
        ),
        KeyNumber(
            _("Communes"),
            sums.communes,
            _("Communes of these establishments."),
            compared("communes"),
        ),
        KeyNumber(
            _("Departments"),
            sums.departments,
            _("Departments of these establishments."),
            compared("departments"),
        ),
    ]
    if sums.fiches_expecting:
        numbers.append(
            KeyNumber(
                _("Pupils expected"),
                sums.pupils_expected,
                given(_("As announced by the establishments."), sums.fiches_expecting),
                compared("pupils_expected"),
            )
        )
    if sums.fiches_counted:
        numbers.append(
            KeyNumber(
                _("Pupils who took part"),
                sums.pupils_present,
                given(_("As told by the establishments afterwards."), sums.fiches_counted),
                compared("pupils_present") if before and before.fiches_counted else "",
            )
        )
    numbers += [
        KeyNumber(
            _("Fiches ready to be reused"),
            reusable,
            _("Fiches that another establishment can take up as they are."),
        ),
        KeyNumber(
            _("Fiches open to the public"),
            is_open,
            _("Fiches of which one session at least is open to everybody."),
        ),
    ]
    return numbers
