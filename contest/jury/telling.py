"""The mails to the schools once a palmarès is public: one for each establishment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import MailRecord
from contest import access, notifications
from contest.errors import NotAllowed, OutOfTurn
from contest.models import Jury, Laureate, Poster, Result

from . import results

if TYPE_CHECKING:
    from accounts.models import User
    from establishments.models import Establishment

LAUREATE, PARTICIPANT, CORRECTED = "results_laureate", "results_participant", "results_corrected"
KINDS = (LAUREATE, PARTICIPANT, CORRECTED)


@dataclass(frozen=True)
class MailState:
    """How many mails of a result were queued, and what became of them."""

    total: int
    sent: int
    waiting: int
    failed: int


def tell_schools(result_id: int, *, now: datetime | None = None) -> int:
    """Write to the establishments that `result_id` concerns, once, if it is what counts now.

    A first palmarès is told to all that have an admitted poster; a correction, to those whose
    prizes differ from what they were last told.

    Returns:
        The number of mails queued.
    """
    result = Result.objects.filter(pk=result_id).select_related("contest").first()
    if result is None:
        return 0
    with transaction.atomic():
        # A correction that is being published meanwhile comes before or after, never between.
        Jury.objects.select_for_update(of=("self",)).get(contest=result.contest_id)
        now = now or timezone.now()
        current = results.current(result.contest, now)
        if current is None or current.pk != result_id or current.told_at is not None:
            return 0
        before = results.published(result.contest, now).filter(told_at__isnull=False).first()
        Result.objects.filter(pk=result_id).update(told_at=now)
        return _write_to_all(result, before, now)


def tell_again(result: Result, *, by: User, now: datetime | None = None) -> int:
    """Queue the mails by hand, where the queue has lost them or cannot wait for an instant.

    Raises:
        NotAllowed: `by` does not edit the académie of the contest.
        OutOfTurn: the result is not what counts now, or its mails were queued.
    """
    if not access.runs(by, result.contest):
        raise NotAllowed
    now = now or timezone.now()
    current = results.current(result.contest, now)
    if current is None or current.pk != result.pk or current.told_at is not None:
        raise OutOfTurn
    return tell_schools(result.pk, now=now)


def mails_of(result: Result) -> MailState:
    """What became of the mails of `result`. One query."""
    outcomes = Counter(
        MailRecord.objects.filter(kind__in=KINDS, about=about(result)).values_list(
            "outcome", flat=True
        )
    )
    return MailState(
        total=outcomes.total(),
        sent=outcomes[MailRecord.Outcome.SENT],
        waiting=outcomes[MailRecord.Outcome.QUEUED] + outcomes[MailRecord.Outcome.SENDING],
        failed=outcomes[MailRecord.Outcome.FAILED],
    )


def about(result: Result) -> str:
    """What the register says that the mails of `result` are about."""
    return _("Palmarès, version %(version)s – %(contest)s – %(edition)s") % {
        "version": result.version,
        "contest": result.contest.title,
        "edition": result.contest.edition.title,
    }


def _write_to_all(result: Result, before: Result | None, now: datetime) -> int:
    labels, former = _labels_of(result), _labels_of(before) if before else {}
    posters: dict[int, list[Poster]] = {}
    for poster in (
        Poster.objects.admitted(now)
        .filter(contest=result.contest_id)
        .select_related("establishment__academy__site", "category")
        .order_by("number")
    ):
        posters.setdefault(poster.establishment_id, []).append(poster)
    if before is None:
        concerned = set(posters)
    else:
        changed = {key for key in {*labels, *former} if labels.get(key) != former.get(key)}
        concerned = set(
            Poster.objects.filter(pk__in=changed).values_list("establishment", flat=True)
        )
    establishments: dict[int, Establishment] = {
        row.establishment_id: row.establishment
        for row in Poster.objects.filter(
            contest=result.contest_id, establishment__in=concerned
        ).select_related("establishment__academy__site")
    }
    told = 0
    for key in sorted(concerned):
        establishment = establishments[key]
        own = [(poster, labels.get(poster.pk, ())) for poster in posters.get(key, [])]
        has_prize = any(won for _poster, won in own)
        kind = CORRECTED if before else LAUREATE if has_prize else PARTICIPANT
        told += notifications.results_told(result, establishment, kind, own, about=about(result))
    return told


def _labels_of(result: Result) -> dict[int, tuple[str, ...]]:
    """The prizes of each poster in `result`, in words, by primary key."""
    found: dict[int, list[str]] = {}
    for row in Laureate.objects.filter(result=result).order_by("order"):
        label = _("%(prize)s (ex æquo)") % {"prize": row.label} if row.is_shared else row.label
        found.setdefault(row.poster_id, []).append(label)
    return {key: tuple(labels) for key, labels in found.items()}
