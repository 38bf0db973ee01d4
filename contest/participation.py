"""Who takes part in a contest: who registered, who deposited, who did not, and where.

One line an establishment that the contest is for and that can sign in or has done something: an
académie has some hundred of them that matter, out of thousands. Counts come from the same lines,
so that a table and its total never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from establishments.models import Establishment

from .enums import PosterStatus
from .models import Poster, Registration, Reminder

if TYPE_CHECKING:
    from .models import ContestPage

HANDED_IN = (PosterStatus.SUBMITTED, PosterStatus.RETURNED, PosterStatus.ADMITTED)


class Standing(StrEnum):
    """What an establishment has done in a contest."""

    ALL = "all"
    REGISTERED = "registered"
    DEPOSITED = "deposited"
    EXPECTED = "expected"
    SILENT = "silent"


def eligible(contest: ContestPage) -> QuerySet[Establishment]:
    """The open establishments that the contest is for: of its académie, of a kind it takes."""
    categories = list(contest.categories.all())
    path = contest.path
    of_academy = Establishment.objects.filter(
        is_open=True, academy__site__root_page__path__in=_ancestors(path)
    )
    if not all(category.kinds for category in categories):
        return of_academy
    return of_academy.filter(kind__in={kind for category in categories for kind in category.kinds})


def _ancestors(path: str) -> list[str]:
    return [path[:length] for length in range(4, len(path) + 1, 4)]


def lines(contest: ContestPage) -> QuerySet[Establishment]:
    """The eligible establishments with what each has done.

    Annotated with `is_registered`, `posters_announced`, `pupils_announced`, `deposited`,
    `admitted`, `started`, `last_deposit`, `reminded_at`.
    """
    registration = Registration.objects.filter(
        contest=contest, establishment=OuterRef("pk"), cancelled_at=None
    )
    of_contest = Q(posters__contest=contest)
    return (
        eligible(contest)
        .select_related("department", "network")
        .annotate(
            is_registered=Exists(registration),
            posters_announced=_or_zero(registration.values("posters_expected")[:1]),
            pupils_announced=_or_zero(registration.values("pupils_expected")[:1]),
            started=Count("posters", filter=of_contest & Q(posters__status="draft")),
            deposited=Count("posters", filter=of_contest & Q(posters__status__in=HANDED_IN)),
            admitted=Count("posters", filter=of_contest & Q(posters__status="admitted")),
            last_deposit=Max("posters__submitted_at", filter=of_contest),
            reminded_at=Subquery(
                Reminder.objects.filter(contest=contest, establishment=OuterRef("pk"))
                .order_by("-sent_at")
                .values("sent_at")[:1]
            ),
        )
        .order_by("commune", "name", "uai")
    )


def _or_zero(values: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(values), Value(0), output_field=IntegerField())


def standing_filter(standing: Standing) -> Q:
    """Which of `lines` have that standing."""
    return {
        Standing.ALL: Q(),
        Standing.REGISTERED: Q(is_registered=True),
        Standing.DEPOSITED: Q(deposited__gt=0),
        Standing.EXPECTED: Q(is_registered=True, deposited=0),
        Standing.SILENT: Q(is_registered=False, deposited=0),
    }[standing]


@dataclass(frozen=True)
class Counts:
    """What a territory has done: numbers of establishments, then of posters and pupils."""

    label: str
    eligible: int
    registered: int
    deposited: int
    posters_announced: int
    pupils_announced: int
    posters: int
    admitted: int


def totals(contest: ContestPage) -> Counts:
    """The counts of the whole contest."""
    return _counts(contest, None)[0]


def counts_by_department(contest: ContestPage) -> list[Counts]:
    """The counts of each department, by its name."""
    return _counts(contest, "department__name")


def counts_by_network(contest: ContestPage) -> list[Counts]:
    """The counts of each network; establishments in none come last, without a label."""
    return _counts(contest, "network__name")


def _counts(contest: ContestPage, group: str | None) -> list[Counts]:
    # Three plain queries rather than one that joins posters with registrations, and counts both
    # once too often.
    schools = eligible(contest)
    posters = Poster.objects.filter(
        contest=contest, establishment__in=schools.order_by().values("pk")
    )
    registrations = Registration.objects.filter(
        contest=contest,
        cancelled_at=None,
        establishment__in=schools.order_by().values("pk"),
    )
    in_school = f"establishment__{group}" if group else None

    def by_group(rows: QuerySet[Any], key: str | None, **sums: Any) -> dict[str, dict[str, Any]]:
        if key is None:
            return {"": rows.order_by().aggregate(**sums)}
        return {row[key] or "": row for row in rows.order_by().values(key).annotate(**sums)}

    found = by_group(schools, group, number=Count("pk"))
    announced = by_group(
        registrations,
        in_school,
        number=Count("pk"),
        posters=Sum("posters_expected"),
        pupils=Sum("pupils_expected"),
    )
    made = by_group(
        posters,
        in_school,
        schools=Count("establishment", distinct=True, filter=Q(status__in=HANDED_IN)),
        handed_in=Count("pk", filter=Q(status__in=HANDED_IN)),
        admitted=Count("pk", filter=Q(status=PosterStatus.ADMITTED)),
    )
    labels = sorted(found, key=lambda label: (label == "", label))
    return [
        Counts(
            label=label,
            eligible=found[label]["number"],
            registered=announced.get(label, {}).get("number") or 0,
            deposited=made.get(label, {}).get("schools") or 0,
            posters_announced=announced.get(label, {}).get("posters") or 0,
            pupils_announced=announced.get(label, {}).get("pupils") or 0,
            posters=made.get(label, {}).get("handed_in") or 0,
            admitted=made.get(label, {}).get("admitted") or 0,
        )
        for label in labels
    ]
