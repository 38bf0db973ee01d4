"""How an edition's fiches came in, day by day, in Paris; one query, then pure sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from wagtail.models import ModelLogEntry

from campaigns.models import Action
from campaigns.phases import PARIS, local_day

if TYPE_CHECKING:
    from campaigns.models import CampaignPage

    from .scope import Scope

VISAS = ("campaigns.visa", "campaigns.visa_in_stead")

BEFORE = timedelta(days=30)
"""What happened longer before the call is counted as of this many days before it."""
AFTER = timedelta(days=60)
"""What happens longer after the Week is not drawn."""


@dataclass(frozen=True)
class Days:
    """Numbers by day: fiches handed in, given the visa, first published; then those before."""

    handed_in: Mapping[date, int]
    visas: Mapping[date, int]
    published: Mapping[date, int]
    handed_in_before: Mapping[date, int]


def count_days(scope: Scope, edition: CampaignPage, previous: CampaignPage | None) -> Days:
    """The days of `edition`, and of the hand-ins of `previous`; one query."""
    fiches = Action.objects.filter(scope.fiches, campaign=edition.pk).order_by()
    parts = [
        _by_day(fiches, "submitted_at", "handed_in"),
        _by_day(_first_visas(fiches), "timestamp", "visas"),
        _by_day(fiches.exclude(first_published_at=None), "first_published_at", "published"),
    ]
    if previous is not None:
        before = Action.objects.filter(scope.fiches, campaign=previous.pk).order_by()
        parts.append(_by_day(before, "submitted_at", "handed_in_before"))
    found: dict[str, dict[date, int]] = {
        name: {} for name in ("handed_in", "visas", "published", "handed_in_before")
    }
    for name, day, number in parts[0].union(*parts[1:], all=True):
        found[name][day] = number
    return Days(**found)


def _by_day(rows: QuerySet[Any], column: str, name: str) -> QuerySet[Any]:
    return (
        rows.annotate(day=TruncDate(column, tzinfo=PARIS))
        .values("day")
        .annotate(number=Count("pk"))
        .values_list(Value(name), "day", "number")
    )


def _first_visas(fiches: QuerySet[Action]) -> QuerySet[ModelLogEntry]:
    """The first visa of each fiche, as the log keeps it; a fiche sent back may have several."""
    kind = ContentType.objects.get_for_model(Action)
    visas = ModelLogEntry.objects.filter(content_type=kind, action__in=VISAS).order_by()
    earlier = visas.filter(object_id=OuterRef("object_id"), timestamp__lt=OuterRef("timestamp"))
    keys = fiches.annotate(key=Cast("pk", CharField())).values("key")
    return visas.filter(object_id__in=keys).exclude(Exists(earlier))


def drawn_days(edition: CampaignPage, now: datetime, first_act: date | None) -> tuple[date, date]:
    """The first and the last day of an edition's lines: from its call until now or its end."""
    opens = local_day(edition.call_opens_at)
    first = max(min(first_act or opens, opens), opens - BEFORE)
    last = min(local_day(now), edition.week_last_day + AFTER)
    return first, max(first, last)


def cumulated(numbers: Mapping[date, int], first: date, last: date) -> list[tuple[date, int]]:
    """The sum of `numbers` at the end of each day from `first` to `last`.

    What came before `first` counts on it; what came after `last` does not.
    """
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    early = sum(number for day, number in numbers.items() if day < first)
    sums = accumulate(numbers.get(day, 0) for day in days)
    return [(day, early + number) for day, number in zip(days, sums, strict=True)]


def earliest(*numbers: Iterable[date]) -> date | None:
    """The first day on which anything happened."""
    return min((day for held in numbers for day in held), default=None)
