"""Starting a fiche from a form that may be sent twice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

from establishments.models import Establishment

from .drafts import start_draft
from .models import Action

if TYPE_CHECKING:
    from accounts.models import User

    from .models import CampaignPage


@transaction.atomic
def start_once(
    establishment: Establishment,
    campaign: CampaignPage,
    *,
    by: User,
    key: UUID,
    title: str,
    now: datetime,
) -> tuple[Action, bool]:
    """The fiche that the form `key` gave rise to, and whether it was started now.

    `key` is drawn when the blank form is shown, and kept in the log as what ties together the
    entries of one act. Of two requests at once (a double click), the second waits for the first.

    Raises:
        NotAllowed: as `campaigns.drafts.start_draft`.
        CallClosed: as `campaigns.drafts.start_draft`.
    """
    Establishment.objects.select_for_update().get(pk=establishment.pk)
    entry = ModelLogEntry.objects.filter(
        uuid=key,
        user=by,
        action="wagtail.create",
        content_type=ContentType.objects.get_for_model(Action),
    ).first()
    if entry is not None:
        known = Action.objects.filter(pk=entry.object_id, establishment=establishment).first()
        if known is not None:
            return known, False
    context = LogContext(user=by, generate_uuid=False)
    context.uuid = key
    with context:
        return start_draft(establishment, campaign, by=by, title=title, now=now), True
