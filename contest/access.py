"""What somebody is to a contest or a poster, and what that lets them do. Predicates only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from establishments.permissions import academies_edited_by, establishment_of

from .enums import WRITABLE_STATUSES, PosterStatus, RegistrationMode

if TYPE_CHECKING:
    from accounts.models import User
    from establishments.models import Establishment

    from .models import ContestPage, Poster, PosterFile, Registration


def acts_for(user: User | AnonymousUser, poster: Poster | PosterFile | Registration) -> bool:
    """Whether `user` signs in for the establishment whose poster, file or registration it is."""
    own = establishment_of(user)
    return own is not None and own.pk == poster.establishment_id


def edits(user: User | AnonymousUser, poster: Poster | PosterFile | Registration) -> bool:
    """Whether `user` edits the académie of the establishment whose poster or file it is."""
    return academies_edited_by(user).filter(pk=poster.establishment.academy_id).exists()


def runs(user: User | AnonymousUser, contest: ContestPage) -> bool:
    """Whether `user` edits the académie whose site the contest stands on."""
    academies = academies_edited_by(user).select_related("site__root_page")
    return any(
        academy.site is not None and contest.path.startswith(academy.site.root_page.path)
        for academy in academies
    )


def takes_part(establishment: Establishment, contest: ContestPage) -> bool:
    """Whether the contest is for `establishment`: its own académie's, published, of its kind."""
    site = establishment.academy.site
    return (
        site is not None
        and contest.path.startswith(site.root_page.path)
        and contest.live
        and contest.edition.live
        and bool(contest.categories_for(establishment))
    )


def is_registered(establishment: Establishment, contest: ContestPage) -> bool:
    """Whether `establishment` holds a registration that counts."""
    return contest.registrations.filter(establishment=establishment, cancelled_at=None).exists()


def lacks_registration(establishment: Establishment, contest: ContestPage) -> bool:
    """Whether the rules keep `establishment` from depositing because it has not registered."""
    return contest.registration == RegistrationMode.REQUIRED and not is_registered(
        establishment, contest
    )


def is_writable(poster: Poster, now: datetime) -> bool:
    """Whether the poster's state and the contest's dates let its establishment write at `now`.

    One sent back may come back until the jury meets, the others only until the deposit closes.
    """
    if poster.status not in WRITABLE_STATUSES:
        return False
    calendar = poster.contest.calendar
    if poster.status == PosterStatus.RETURNED:
        return calendar.accepts_corrections(now)
    return calendar.accepts_deposits(now)


def may_withdraw(poster: Poster) -> bool:
    """Whether there is something left to withdraw: at any time, as the law on consent wants."""
    return poster.status not in (PosterStatus.WITHDRAWN, PosterStatus.ARCHIVED)
