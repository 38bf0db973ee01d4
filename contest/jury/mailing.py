"""Mails to the members of a jury, from the académie that runs the contest."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from contest.models import Juror, Round
from establishments.mailing import address_on, queue_academy_mail
from establishments.models import Academy

from .enums import WORKABLE

if TYPE_CHECKING:
    from accounts.models import MailRecord
    from contest.models import ContestPage

INVITATION = "jury_invitation"
ROUND_ANNOUNCED = "jury_round_announced"

DESK = "/jury/"
"""Where jurors judge; those not signed in are led to their sign-in and back."""


def academy_running(contest: ContestPage) -> Academy:
    """The académie on whose site the contest stands.

    Raises:
        Academy.DoesNotExist: it stands on none.
    """
    return Academy.objects.select_related("site").get(site=contest.get_site())


def invite_by_mail(juror: Juror) -> MailRecord:
    """Write to `juror` that they are in the jury, what is expected of them and where."""
    rounds = _rounds_to_come(juror.contest)
    return tell(juror, INVITATION, academy=academy_running(juror.contest), rounds=rounds)


def announce(round_: Round, now: datetime) -> None:
    """Write to each juror of `round_` who has work in it: what waits, and until when."""
    contest = round_.category.contest
    academy = academy_running(contest)
    is_open = round_.opens_at is not None and round_.opens_at <= now
    working = Juror.objects.filter(assignments__round=round_, assignments__status__in=WORKABLE)
    for juror in working.distinct():
        juror.contest = contest
        tell(juror, ROUND_ANNOUNCED, academy=academy, round=round_, is_open=is_open)


def tell(juror: Juror, kind: str, *, academy: Academy, **context: Any) -> MailRecord:
    """Queue to `juror` the mail that `contest/mail/<kind>.txt` writes."""
    contest = juror.contest
    return queue_academy_mail(
        academy,
        kind,
        juror.email,
        f"contest/mail/{kind}.txt",
        {
            "juror": juror,
            "contest": contest,
            "edition": contest.edition,
            "academy": academy,
            "link": address_on(academy, DESK),
            **context,
        },
        about=f"{juror.name} – {contest.edition.title}",
    )


def _rounds_to_come(contest: ContestPage) -> list[Round]:
    return list(
        Round.objects.filter(
            category__contest=contest, opens_at__isnull=False, closes_at__isnull=False
        ).select_related("category")
    )
