"""Which palmarès there are of a contest, and what each says; nothing of it changes anything.

Everything that shows a prize starts from `current` or `published`: a result whose instant has not
come, or that was called off, is nobody's business but the organisers'.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from contest.gallery_filters import Laurel
from contest.models import Laureate, Poster, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from contest.models import ContestPage


Laurels = dict[int, tuple[Laurel, ...]]
"""The prizes of posters, by their primary keys; posters without one are not in it."""


def standing(contest: ContestPage) -> QuerySet[Result]:
    """The versions that were not called off, the latest first, those to come among them."""
    return Result.objects.filter(contest=contest, called_off_at=None).order_by("-version")


def published(contest: ContestPage, now: datetime) -> QuerySet[Result]:
    """The versions that are public at `now`, the latest first."""
    return standing(contest).filter(published_at__lte=now)


def current(contest: ContestPage, now: datetime) -> Result | None:
    """The palmarès that counts at `now`; None before the first."""
    return published(contest, now).first()


def pending(contest: ContestPage, now: datetime) -> Result | None:
    """The version decided whose instant has not come at `now`, if any."""
    return standing(contest).filter(published_at__gt=now).first()


def laureates_of(result: Result, now: datetime) -> list[Laureate]:
    """The laureates of `result` that may be named at `now`, in order. One query.

    One whose poster was withdrawn since is there no more, in any version: as everywhere on the
    site. One whose authorisations have ended is, and knows by `is_shown` that its picture is not.
    """
    shown = Poster.objects.admitted(now).filter(pk=OuterRef("poster"))
    is_over = Q(poster__archived_at__isnull=False) | Q(
        poster__live=True, poster__attestation_expires_on__lt=timezone.localdate(now)
    )
    rows: Iterable[Laureate] = (
        Laureate.objects.filter(result=result)
        .annotate(is_shown=Exists(shown))
        .filter(Q(is_shown=True) | is_over & Q(poster__withdrawn_at=None, poster__refused_at=None))
        .select_related(
            "category", "prize", "poster__file", "poster__category", "poster__establishment"
        )
        .defer("poster__file__examination", "poster__attestation_scope")
        .order_by("order")
    )
    return list(rows)


def laurels_of(contest: ContestPage, now: datetime) -> Laurels:
    """The prizes of the posters of `contest` by the palmarès that counts at `now`. One query."""
    rows = Laureate.objects.filter(result__in=published(contest, now).values("pk")[:1]).order_by(
        "order"
    )
    return _by_poster(rows)


def laurels_among(posters: Iterable[int], now: datetime) -> Laurels:
    """The prizes of `posters` of any contests, by the palmarès that count at `now`. One query."""
    found: dict[int, tuple[int, list[Laureate]]] = {}
    rows = (
        Laureate.objects.filter(
            poster__in=list(posters),
            result__called_off_at=None,
            result__published_at__lte=now,
        )
        .select_related("result")
        .order_by("order")
    )
    latest = _latest_versions({row.result.contest_id for row in rows}, now)
    for row in rows:
        if latest.get(row.result.contest_id) == row.result_id:
            found.setdefault(row.poster_id, (row.result_id, []))[1].append(row)
    return {key: tuple(_laurel(row) for row in kept) for key, (_result, kept) in found.items()}


def _latest_versions(contests: set[int], now: datetime) -> dict[int, int]:
    rows = Result.objects.filter(
        contest__in=contests, called_off_at=None, published_at__lte=now
    ).order_by("version")
    return {row.contest_id: row.pk for row in rows}


def _by_poster(rows: Iterable[Laureate]) -> Laurels:
    found: dict[int, list[Laurel]] = {}
    for row in rows:
        found.setdefault(row.poster_id, []).append(_laurel(row))
    return {key: tuple(kept) for key, kept in found.items()}


def _laurel(row: Laureate) -> Laurel:
    return Laurel(row.label, row.order, row.is_shared)
