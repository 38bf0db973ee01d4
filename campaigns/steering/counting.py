"""The numbers of a dashboard, counted by the database: groups come back, never rows.

Two queries: the fiches by all that a figure groups them by, and the establishments likewise. Each
figure then adds up groups, so that two figures of one page never disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    Value,
)
from django.db.models.functions import Coalesce

from campaigns.enums import Status
from campaigns.models import Action, Level, Theme
from campaigns.models.action_rows import AssociatedEstablishment
from campaigns.querysets import LIVE, SUBMITTED

if TYPE_CHECKING:
    from campaigns.models import CampaignPage

    from .scope import Scope

LEFT_OUT = (Status.REFUSED, Status.WITHDRAWN)
"""What was handed in and will not be published: not selected, or withdrawn."""


@dataclass(frozen=True)
class Place:
    """Where an establishment is and what it is; keys and names, empty for no network."""

    department: str
    department_key: int
    department_name: str
    basin: int | None
    basin_name: str
    network: int | None
    network_name: str
    kind: str


@dataclass(frozen=True)
class Fiches:
    """Fiches alike in all that figures tell apart; `by_then`, those of the compared instant."""

    campaign: int
    status: str
    is_public: bool
    place: Place
    number: int
    by_then: int
    public_by_then: int


@dataclass(frozen=True)
class Schools:
    """Establishments alike in all that figures tell apart."""

    place: Place
    answered: bool
    answered_before: bool
    number: int


@dataclass(frozen=True)
class Tally:
    """What a group of fiches and establishments adds up to.

    `handed_in` = `public` + `in_hand` + `left_out`. `before` and `answered_before` are of the
    previous edition, at the same number of days from its deadline.
    """

    handed_in: int = 0
    public: int = 0
    in_hand: int = 0
    left_out: int = 0
    concerned: int = 0
    answered: int = 0
    before: int = 0
    public_before: int = 0
    answered_before: int = 0


def is_public(now: datetime) -> Q:
    """The fiches on the site at `now`, whatever an edition's privacy."""
    return LIVE & (Q(expire_at=None) | Q(expire_at__gt=now))


_PATHS = {
    "department": "department__code",
    "department_key": "department",
    "department_name": "department__name",
    "basin": "basin",
    "basin_name": "basin__name",
    "network": "network",
    "network_name": "network__name",
    "kind": "kind",
}


def _place(prefix: str) -> dict[str, F]:
    """What says where a row's establishment is; `prefix` leads to it."""
    return {f"at_{name}": F(f"{prefix}{path}") for name, path in _PATHS.items()}


def _place_of(row: dict[str, Any]) -> Place:
    values = {name: row[f"at_{name}"] for name in _PATHS}
    names = {name: values[name] or "" for name in ("basin_name", "network_name")}
    return Place(**{**values, **names})


def count_fiches(
    scope: Scope,
    edition: CampaignPage,
    previous: CampaignPage | None,
    *,
    then: datetime | None,
    now: datetime,
) -> list[Fiches]:
    """The fiches handed in of `edition` and of `previous`; one query.

    Args:
        then: the instant of the previous edition to compare with; None for its whole.
    """
    editions = [one.pk for one in (edition, previous) if one]
    by_then = Q(submitted_at__lte=then) if then else Q()
    public_by_then = (
        Q(first_published_at__lte=then) if then else Q(first_published_at__isnull=False)
    )
    rows = (
        Action.objects.filter(scope.fiches, campaign__in=editions)
        .order_by()
        .annotate(public=ExpressionWrapper(is_public(now), output_field=BooleanField()))
        .values("campaign", "status", "public", **_place("establishment__"))
        .annotate(
            number=Count("pk"),
            by_then=Count("pk", filter=by_then),
            public_by_then=Count("pk", filter=public_by_then),
        )
    )
    return [
        Fiches(
            row["campaign"],
            row["status"],
            bool(row["public"]),
            _place_of(row),
            row["number"],
            row["by_then"],
            row["public_by_then"],
        )
        for row in rows
    ]


def answered(edition: CampaignPage, *, by: datetime | None = None) -> Q:
    """The establishments that handed in a fiche of `edition`, or take part in one handed in."""
    # Of whatever establishment: one outside the scope may carry what one inside takes part in.
    fiches = Action.objects.filter(SUBMITTED, campaign=edition.pk)
    if by is not None:
        fiches = fiches.filter(submitted_at__lte=by)
    associated = AssociatedEstablishment.objects.filter(action__in=fiches.order_by().values("pk"))
    return Q(pk__in=fiches.order_by().values("establishment")) | Q(
        pk__in=associated.order_by().values("establishment")
    )


def count_schools(
    scope: Scope, edition: CampaignPage, previous: CampaignPage | None, *, then: datetime | None
) -> list[Schools]:
    """The establishments that the call is for, by whether they answered; one query."""

    def told(condition: Q | None) -> Coalesce:
        wrapped = (
            ExpressionWrapper(condition, output_field=BooleanField()) if condition else Value(False)
        )
        return Coalesce(wrapped, Value(False), output_field=BooleanField())

    rows: Iterable[Any] = (
        scope.establishments()
        .order_by()
        .annotate(
            answered=told(answered(edition)),
            answered_before=told(answered(previous, by=then) if previous else None),
        )
        .values("answered", "answered_before", **_place(""))
        .annotate(number=Count("pk"))
    )
    return [
        Schools(_place_of(row), bool(row["answered"]), bool(row["answered_before"]), row["number"])
        for row in rows
    ]


def add_up(
    fiches: Iterable[Fiches],
    schools: Iterable[Schools],
    edition: CampaignPage,
    key: Callable[[Place], str],
) -> dict[str, Tally]:
    """The sums of each group that `key` makes of the places; pure."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in fiches:
        held = sums[key(one.place)]
        if one.campaign != edition.pk:
            held["before"] += one.by_then
            held["public_before"] += one.public_by_then
            continue
        held["handed_in"] += one.number
        if one.is_public:
            held["public"] += one.number
        elif one.status in (*LEFT_OUT, Status.ARCHIVED):
            held["left_out"] += one.number
        else:
            held["in_hand"] += one.number
    for school in schools:
        held = sums[key(school.place)]
        held["concerned"] += school.number
        if school.answered:
            held["answered"] += school.number
        if school.answered_before:
            held["answered_before"] += school.number
    return {group: Tally(**held) for group, held in sums.items()}


@dataclass(frozen=True)
class Used:
    """An entry of a vocabulary and how many fiches name it."""

    code: str
    label: str
    is_offered: bool
    number: int


VOCABULARIES = {"levels": Level, "themes": Theme}


def count_terms(scope: Scope, edition: CampaignPage) -> dict[str, list[Used]]:
    """The levels and themes of the académie with their fiches, in order; one query.

    Counted: fiches handed in that are neither refused nor withdrawn.
    """
    kept = Action.objects.filter(scope.fiches, campaign=edition.pk).exclude(status__in=LEFT_OUT)
    text, none = CharField(), Value(None, output_field=IntegerField())
    parts = []
    for name, model in VOCABULARIES.items():
        # An entry has its text and no number, a count its number and no text.
        offered = model._default_manager.filter(Q(academy=None) | Q(academy=scope.academy.pk))
        parts.append(
            offered.order_by().values_list(
                Value(name, output_field=text), "pk", "code", "label", "is_active", "order", none
            )
        )
        counted = kept.order_by().filter(**{f"{name}__isnull": False}).values(name)
        parts.append(
            counted.annotate(number=Count("pk")).values_list(
                Value(name, output_field=text),
                name,
                Value("", output_field=text),
                Value("", output_field=text),
                Value(False, output_field=BooleanField()),
                none,
                "number",
            )
        )
    numbers: dict[tuple[str, int], int] = {}
    entries = []
    for name, pk, code, label, is_active, order, number in parts[0].union(*parts[1:], all=True):
        if number is None:
            entries.append((order, label, name, pk, code, bool(is_active)))
        else:
            numbers[name, pk] = number
    found: dict[str, list[Used]] = {name: [] for name in VOCABULARIES}
    for _order, label, name, pk, code, is_active in sorted(entries):
        number = numbers.get((name, pk), 0)
        if is_active or number:
            found[name].append(Used(code, label, is_active, number))
    return found
