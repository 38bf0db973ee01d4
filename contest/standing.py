"""Where a poster stands, in the words of the establishment that made it, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from campaigns.dates import day_in_words
from campaigns.phases import local_day
from campaigns.wording import instant_in_words

from . import access
from .enums import PosterStatus
from .history import words_of

if TYPE_CHECKING:
    from .models import Poster

COMMENTED_STATUSES: Final = (
    PosterStatus.RETURNED,
    PosterStatus.REFUSED,
    PosterStatus.WITHDRAWN,
)
COMMENTED_ACTS: Final = ("contest.return", "contest.refuse", "contest.withdraw")


@dataclass(frozen=True)
class Standing:
    """What to tell an establishment of its poster.

    `badge` is the design system's colour: info, success, warning, error or new. `is_draft` is one
    that nobody else has ever seen: to withdraw it is to delete it.
    """

    badge: str
    label: str
    meaning: str
    is_writable: bool
    may_withdraw: bool
    is_draft: bool


def standing_of(poster: Poster, now: datetime) -> Standing:
    """Where the poster stands at `now`; asks no query of one whose contest knows its edition."""
    return Standing(
        badge=_BADGE[PosterStatus(poster.status)],
        label=str(PosterStatus(poster.status).label),
        meaning=_meaning(poster, now),
        is_writable=access.is_writable(poster, now),
        may_withdraw=access.may_withdraw(poster),
        is_draft=poster.submitted_at is None,
    )


_BADGE = {
    PosterStatus.DRAFT: "new",
    PosterStatus.SUBMITTED: "info",
    PosterStatus.RETURNED: "warning",
    PosterStatus.ADMITTED: "success",
    PosterStatus.REFUSED: "error",
    PosterStatus.WITHDRAWN: "error",
    PosterStatus.ARCHIVED: "info",
}


def _meaning(poster: Poster, now: datetime) -> str:
    return {
        PosterStatus.DRAFT: _of_draft,
        PosterStatus.SUBMITTED: _of_submitted,
        PosterStatus.RETURNED: _of_returned,
        PosterStatus.ADMITTED: _of_admitted,
        PosterStatus.REFUSED: _of_refused,
        PosterStatus.WITHDRAWN: _of_withdrawn,
        PosterStatus.ARCHIVED: _of_archived,
    }[PosterStatus(poster.status)](poster, now)


def _of_draft(poster: Poster, now: datetime) -> str:
    calendar = poster.contest.calendar
    if calendar.accepts_deposits(now):
        return _("Nobody else sees it. Hand it in before %(instant)s.") % {
            "instant": instant_in_words(calendar.deposit_closes_at)
        }
    if now < calendar.deposit_opens_at:
        return _("Nobody else sees it. It can be handed in once the deposit opens.")
    return _(
        "It was not handed in before the deadline. It is kept here to be read, and nobody else "
        "sees it."
    )


def _of_submitted(poster: Poster, now: datetime) -> str:
    calendar = poster.contest.calendar
    if not calendar.accepts_deposits(now):
        return _(
            "The académie checks that it keeps to the rules. You have nothing to do: a message "
            "will tell you its answer."
        )
    return _(
        "The académie checks that it keeps to the rules; a message will tell you its answer. You "
        "may still change the poster until %(instant)s."
    ) % {"instant": instant_in_words(calendar.deposit_closes_at)}


def _of_returned(poster: Poster, now: datetime) -> str:
    calendar = poster.contest.calendar
    limit = calendar.corrections_close_at
    if not calendar.accepts_corrections(now):
        return _("It was not corrected in time: it does not take part in the contest.")
    if limit is None:
        return _("Read what the académie says, correct the poster, then hand it in again.")
    return _(
        "Read what the académie says, correct the poster, then hand it in again before %(instant)s."
    ) % {"instant": instant_in_words(limit)}


def _of_admitted(poster: Poster, now: datetime) -> str:
    contest, ends = poster.contest, poster.attestation_expires_on
    if ends is not None and ends < local_day(now):
        return _(
            "It is no longer shown: the authorisations that you attested ended on %(day)s."
        ) % {"day": day_in_words(ends)}
    if contest.shows_establishments(now):
        return _("It is in the gallery, with the name of your establishment.")
    if contest.gallery_is_open(now):
        return _(
            "It takes part in the contest. The gallery already shows it, without the name of your "
            "establishment, so that the jury stays impartial."
        )
    return _(
        "It takes part in the contest. The jury sees it without the name of your establishment."
    )


def _of_refused(poster: Poster, now: datetime) -> str:
    return _("It does not take part in the contest.")


def _of_withdrawn(poster: Poster, now: datetime) -> str:
    return _("It is out of the contest, and all its pictures are deleted.")


def _of_archived(poster: Poster, now: datetime) -> str:
    return _("The contest is over: it is no longer shown.")


def reviewers_comments(posters: Iterable[Poster]) -> dict[int, str]:
    """The words that explain where each of `posters` stands, by its id; one query at most."""
    concerned = [poster.pk for poster in posters if poster.status in COMMENTED_STATUSES]
    if not concerned:
        return {}
    from .models import Poster

    entries = ModelLogEntry.objects.filter(
        content_type=Poster.get_base_content_type(),
        object_id__in=[str(pk) for pk in concerned],
        action__in=COMMENTED_ACTS,
    ).order_by("timestamp", "pk")
    # The latest of each poster comes last, and stays.
    return {int(entry.object_id): words_of(entry.data or {}) for entry in entries}
