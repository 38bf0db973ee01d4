"""What keeps a juror from judging: found by the site, declared by them, entered by organisers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contest.models import Conflict, Juror, Poster
from establishments.models import Establishment

from .enums import AUTOMATIC_SOURCES, ConflictSource

if TYPE_CHECKING:
    from django.db.models import QuerySet


def refresh_automatic(juror: Juror) -> None:
    """Bring the conflicts that the site finds by itself in line with what it knows today."""
    found = _automatic(juror)
    with transaction.atomic():
        known = {
            (row.establishment_id, row.source): row.pk
            for row in juror.conflicts.filter(source__in=AUTOMATIC_SOURCES)
        }
        Conflict.objects.filter(
            pk__in=[pk for key, pk in known.items() if key not in found]
        ).delete()
        Conflict.objects.bulk_create(
            [
                Conflict(juror=juror, establishment_id=establishment, source=source)
                for establishment, source in sorted(found - set(known))
            ],
            ignore_conflicts=True,
        )


def _automatic(juror: Juror) -> set[tuple[int, str]]:
    def of(establishments: QuerySet[Establishment], source: ConflictSource) -> set[tuple[int, str]]:
        return {(pk, source.value) for pk in establishments.values_list("pk", flat=True)}

    found: set[tuple[int, str]] = set()
    if juror.establishment_id is not None:
        found.add((juror.establishment_id, ConflictSource.ESTABLISHMENT.value))
    mailbox = Q(email__iexact=juror.email)
    if juror.user_id is not None:
        mailbox |= Q(account=juror.user_id)
        led = Establishment.objects.filter(network__leads=juror.user_id)
        found |= of(led, ConflictSource.NETWORK)
    return found | of(Establishment.objects.filter(mailbox), ConflictSource.ACCOUNT)


def conflicts_among(jurors: Iterable[Juror], posters: Iterable[Poster]) -> set[tuple[str, int]]:
    """Juror's key and public number of each pair that must not meet; two queries."""
    posters = list(posters)
    by_establishment: dict[int, list[int]] = {}
    numbers: dict[int, int] = {}
    for poster in posters:
        if poster.number is None:
            continue
        numbers[poster.pk] = poster.number
        by_establishment.setdefault(poster.establishment_id, []).append(poster.number)
    keys = {juror.pk: juror.key for juror in jurors}
    found: set[tuple[str, int]] = set()
    rows = Conflict.objects.filter(juror__in=list(keys)).filter(
        Q(establishment__in=list(by_establishment)) | Q(poster__in=list(numbers))
    )
    for juror, establishment, pk in rows.values_list("juror", "establishment", "poster"):
        met = by_establishment.get(establishment, []) if establishment else [numbers[pk]]
        found |= {(keys[juror], number) for number in met}
    return found


def step_aside(juror: Juror, poster: Poster, reason: str, *, now: datetime | None = None) -> None:
    """Keep that `juror` steps aside from one poster; once is enough."""
    Conflict.objects.get_or_create(
        juror=juror,
        poster=poster,
        defaults={
            "source": ConflictSource.RECUSED,
            "reason": reason.strip()[:255],
            "created_at": now or timezone.now(),
        },
    )
