"""What is forgotten of a contest when the time the law allows is over.

Authorisations name their end, and a poster leaves the site the day after. Posters that the public
never saw, or sees no longer, are of no more use once the palmarès is known (RGPD, article 5). See
`docs/administrator.md` for the periods.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Revision

from . import status
from .enums import PosterStatus
from .jury.assigning import take_out
from .models import Poster, Registration
from .receiving import forget

if TYPE_CHECKING:
    from .querysets import PosterQuerySet

SET_ASIDE = (
    PosterStatus.DRAFT,
    PosterStatus.SUBMITTED,
    PosterStatus.RETURNED,
    PosterStatus.REFUSED,
    PosterStatus.WITHDRAWN,
)
"""Where a poster stands that has not been part of the palmarès."""

PERSONAL_WORDS = ("statement", "class_label", "ai_details", "third_party_details")
BLANK_REGISTRATION = {"contact_name": "", "contact_email": "", "contact_phone": ""}


def archive_expired(today: date) -> int:
    """Take down for good the posters whose authorisations ended before `today`; returns how many.

    Nobody sees them from that day on, whether this ran or not (`PosterQuerySet.admitted`); here
    their files go too.
    """
    expired = Poster.objects.filter(live=True, attestation_expires_on__lt=today)
    return sum(_archive(pk) for pk in expired.values_list("pk", flat=True))


def forget_set_aside(results_before: datetime) -> int:
    """Empty the posters left out of the contests whose results came before that instant.

    The row stays, with its title and its status, for the log; returns how many were emptied.
    """
    left_out = Poster.objects.filter(
        contest__results_at__lt=results_before, status__in=SET_ASIDE, archived_at=None
    )
    return sum(_archive(pk) for pk in left_out.values_list("pk", flat=True))


def _archive(pk: int) -> bool:
    with transaction.atomic():
        poster = _locked(Poster.objects.filter(pk=pk, archived_at=None))
        if poster is None:
            return False
        state = poster.current_workflow_state
        if state is not None:
            state.cancel()
        if poster.live:
            UnpublishAction(poster, log_action=False).execute(skip_permission_checks=True)
        take_out(poster, now=timezone.now())
        blank = dict.fromkeys(PERSONAL_WORDS, "")
        Poster.objects.filter(pk=pk).update(**blank, attested_by="", archived_at=timezone.now())
        _empty_revisions(pk, blank)
        if poster.file is not None:
            forget(poster.file)
        status.refresh(pk)
    return True


def _locked(posters: PosterQuerySet) -> Poster | None:
    return posters.select_for_update(of=("self",)).select_related("file", "contest").first()


def _empty_revisions(pk: int, blank: dict[str, str]) -> None:
    revisions = Revision.objects.filter(
        base_content_type=Poster.get_base_content_type(), object_id=str(pk)
    )
    for revision in revisions:
        revision.content |= {**blank, "attested_by": ""}
        revision.save(update_fields=["content"])


def forget_contacts(week_ended_before: date) -> int:
    """Empty who was the contact in the contests of editions whose week ended before that day.

    Returns:
        The number of registrations that named somebody.
    """
    from campaigns.models import CampaignPage

    ended = CampaignPage.objects.filter(week_last_day__lt=week_ended_before)
    below = Q(pk=None)
    for path in ended.values_list("path", flat=True):
        below |= Q(contest__path__startswith=path)
    return (
        Registration.objects.filter(below)
        .exclude(**BLANK_REGISTRATION)
        .update(**BLANK_REGISTRATION)
    )
