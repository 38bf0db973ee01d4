"""Giving one establishment more time to hand in its fiches, and ending it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from establishments.models import Establishment
from establishments.permissions import academies_edited_by

from . import establishment_mails
from .errors import NotAllowed
from .models import Extension
from .phases import PARIS, local_day

if TYPE_CHECKING:
    from accounts.models import User

    from .models import CampaignPage

DAYS = 7
"""What the button of the list gives."""

LONGEST = timedelta(days=60)
"""From now; more is a slip of the keyboard."""


def runs(user: User, campaign: CampaignPage) -> bool:
    """Whether `user` edits the académie whose edition it is."""
    return academies_edited_by(user).filter(site__root_page__in=campaign.get_ancestors()).exists()


def end_of_day(instant: datetime, days: int = 0) -> datetime:
    """The last second, in Paris, of the day `days` after that of `instant`."""
    day = local_day(instant) + timedelta(days=days)
    return datetime.combine(day, time(23, 59, 59), tzinfo=PARIS)


def proposed(campaign: CampaignPage, until: datetime | None, now: datetime) -> datetime:
    """What one click gives: `DAYS` days after now, or after the deadline if it is still to come.

    Args:
        until: the end of the time that the establishment has been given, if any.
    """
    return end_of_day(max(filter(None, [now, campaign.call_closes_at, until])), DAYS)


@transaction.atomic
def grant(
    campaign: CampaignPage,
    establishment: Establishment,
    *,
    until: datetime,
    by: User,
    now: datetime | None = None,
) -> Extension:
    """Let `establishment` hand in until `until`, included; its mailbox is told.

    Granting the same instant again does nothing more: a double click tells the school once.

    Raises:
        NotAllowed: `by` does not edit the académie, or the establishment is another académie's.
        ValidationError: `until` is no later than the deadline or than `now`, or too far away; its
            key is `until`.
    """
    now = now or timezone.now()
    _require_right(campaign, establishment, by)
    if until <= now or until <= campaign.call_closes_at:
        raise ValidationError({"until": _("Choose a day after today and after the deadline.")})
    if until - max(now, campaign.call_closes_at) > LONGEST:
        raise ValidationError(
            {"until": _("Choose a day at most %(days)s days away.") % {"days": LONGEST.days}}
        )
    known = Extension.objects.filter(campaign=campaign, establishment=establishment).first()
    if known is not None and known.until == until:
        return known
    extension, _is_new = Extension.objects.update_or_create(
        campaign=campaign,
        establishment=establishment,
        defaults={"until": until, "granted_by": by, "granted_at": now},
    )
    _log("campaigns.extend", extension, by)
    establishment_mails.extension_granted(extension)
    return extension


@transaction.atomic
def end(campaign: CampaignPage, establishment: Establishment, *, by: User) -> None:
    """Take back the time that was given; nothing where there is none. Drafts stay.

    Raises:
        NotAllowed: as `grant`.
    """
    _require_right(campaign, establishment, by)
    extension = Extension.objects.filter(campaign=campaign, establishment=establishment).first()
    if extension is None:
        return
    _log("campaigns.end_extension", extension, by)
    was_running = extension.until > timezone.now()
    extension.delete()
    if was_running:
        establishment_mails.extension_ended(campaign, establishment)


def _require_right(campaign: CampaignPage, establishment: Establishment, by: User) -> None:
    """Also wait for whoever does the same for this establishment at once."""
    concerned = (
        Establishment.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=establishment.pk, academy__site__root_page__in=campaign.get_ancestors())
        .exists()
    )
    if not concerned or not runs(by, campaign):
        raise NotAllowed


def _log(action: str, extension: Extension, by: User) -> None:
    establishment = extension.establishment
    log(
        instance=extension.campaign,
        action=action,
        user=by,
        data={
            "establishment": str(establishment),
            "uai": establishment.uai,
            "until": extension.until.isoformat(),
        },
    )
