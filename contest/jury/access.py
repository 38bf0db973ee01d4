"""Who is a juror, of what, and what that lets them do. Predicates and querysets only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from contest import access
from contest.models import Assignment, ContestPage, Juror, Round, Seat

from .enums import WORKABLE

if TYPE_CHECKING:
    from accounts.models import User


def juries_of(user: User | AnonymousUser) -> QuerySet[Juror]:
    """The juries in which `user` sits, the latest contest first; none for whoever runs contests.

    An organiser sees whose posters these are: they judge nothing, whatever the table says.
    """
    if not user.is_authenticated or not user.is_active or user.is_superuser:
        return Juror.objects.none()
    return (
        Juror.objects.filter(user=user, left_at=None)
        .exclude(contest__in=[one.contest_id for one in _as_organiser(user)])
        .select_related("contest", "contest__jury", "user", "establishment")
        .order_by("-contest__deposit_closes_at", "pk")
    )


def _as_organiser(user: User) -> list[Juror]:
    mine = Juror.objects.filter(user=user, left_at=None).select_related("contest")
    return [juror for juror in mine if access.runs(user, juror.contest)]


def seats_of(user: User | AnonymousUser, now: datetime) -> QuerySet[Seat]:
    """The rounds in which `user` has or had work, those that have begun at `now`."""
    return (
        Seat.objects.filter(juror__in=juries_of(user).values("pk"))
        .filter(round__assigned_at__isnull=False, round__opens_at__lte=now)
        .select_related("round__category__contest__jury", "juror")
        .order_by("round__closes_at", "round__category__sort_order", "round")
    )


def work_of(seat: Seat) -> QuerySet[Assignment]:
    """What the juror of `seat` may judge: not what was taken away or they stepped aside from."""
    return Assignment.objects.filter(
        round_id=seat.round_id,
        juror_id=seat.juror_id,
        status__in=WORKABLE,
        poster__live=True,
    ).select_related("poster__file", "round__category", "juror")


def shows_to_juror(user: User | AnonymousUser, now: datetime) -> Q:
    """The posters whose pictures `user` may look at as a juror: their work in rounds begun."""
    return Q(
        pk__in=Assignment.objects.filter(
            juror__in=juries_of(user).values("pk"),
            status__in=WORKABLE,
            round__opens_at__lte=now,
            round__assigned_at__isnull=False,
        ).values("poster")
    )


def runs_round(user: User | AnonymousUser, round_: Round) -> bool:
    """Whether `user` organises the contest of `round_`."""
    return access.runs(user, round_.category.contest)


def may_sit(user: User, contest: ContestPage) -> bool:
    """Whether `user` may be in the jury of `contest`: nobody who runs it."""
    return not user.is_superuser and not access.runs(user, contest)
