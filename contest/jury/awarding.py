"""What the commission gives on top of the places: special prizes, coups de cœur, an ex æquo.

Each with its reason, and logged. The lock of the contest's jury is taken first, as by publishing:
while a publication waits for its instant, nothing of it changes.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from contest import access
from contest.enums import PosterStatus, PrizeKind
from contest.errors import NotAllowed, OutOfTurn
from contest.models import Award, ContestPage, Jury, Poster, Prize

from .palmares import palmares_of
from .results import pending

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_REASON = 400


def give(
    contest: ContestPage,
    prize: Prize,
    number: int,
    reason: str,
    *,
    by: User,
    now: datetime | None = None,
) -> Award:
    """Give `prize` to the poster of public number `number`.

    Once a palmarès is public, this shows in its next version only.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: a publication waits for its instant.
        ValidationError: the prize or the poster is not of the contest, the poster is not admitted,
            has the prize already, or the prize cannot be shared; the reason is missing. Keys are
            `prize`, `number`, `reason`.
    """
    with transaction.atomic(), LogContext(user=by):
        _hold(contest, by, now or timezone.now())
        reason = " ".join(reason.split())
        if not reason:
            raise ValidationError({"reason": _("Say why: the reason is published.")})
        if len(reason) > LONGEST_REASON:
            raise ValidationError(
                {"reason": _("Keep it to %(most)s characters.") % {"most": LONGEST_REASON}}
            )
        if prize.contest_id != contest.pk:
            raise ValidationError({"prize": _("Choose a prize of this contest.")})
        poster = Poster.objects.filter(
            contest=contest, number=number, status=PosterStatus.ADMITTED
        ).first()
        if poster is None:
            raise ValidationError(
                {"number": _("No admitted poster of this contest has this number.")}
            )
        _check_free(contest, prize, poster)
        award = Award.objects.create(
            contest=contest,
            prize=prize,
            poster=poster,
            reason=reason,
            decided_by=by,
            decided_at=now or timezone.now(),
        )
        _log("contest.jury.award", award, by)
        return award


def take_back(award: Award, *, by: User, now: datetime | None = None) -> None:
    """Take back a prize that the commission gave; gone already, there is nothing to do.

    Raises:
        NotAllowed, OutOfTurn: as `give`.
    """
    with transaction.atomic(), LogContext(user=by):
        _hold(award.contest, by, now or timezone.now())
        row = Award.objects.filter(pk=award.pk).select_related("prize", "poster").first()
        if row is None:
            return
        _log("contest.jury.award_back", row, by)
        row.delete()


def _hold(contest: ContestPage, by: User, now: datetime) -> None:
    if not access.runs(by, contest):
        raise NotAllowed
    Jury.objects.get_or_create(contest_id=contest.pk)
    Jury.objects.select_for_update(of=("self",)).get(contest_id=contest.pk)
    if pending(contest, now) is not None:
        raise OutOfTurn


def _check_free(contest: ContestPage, prize: Prize, poster: Poster) -> None:
    """Refuse what would give a poster a prize twice, or share one that cannot be."""
    lines = [
        line
        for line in palmares_of(contest).lines
        if line.prize.pk == prize.pk
        and (prize.kind != PrizeKind.CATEGORY or line.poster.category_id == poster.category_id)
    ]
    if any(line.poster.pk == poster.pk for line in lines):
        raise ValidationError({"number": _("This poster has this prize already.")})
    if lines and not prize.ties_allowed:
        raise ValidationError({"prize": _("This prize cannot be shared, and it is given already.")})


def _log(action: str, award: Award, by: User) -> None:
    log(
        instance=award.contest,
        action=action,
        user=by,
        data={
            "prize": award.prize.label,
            "poster": award.poster.number,
            "reason": award.reason,
        },
    )
