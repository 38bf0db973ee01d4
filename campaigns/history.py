"""What happened to a fiche, act by act, read from Wagtail's log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from .commenting import all_parts, label_of_part

if TYPE_CHECKING:
    from uuid import UUID

    from .models import Action

ACT_LABELS: Final[dict[str, Promise]] = {
    "campaigns.submit": _("Handed in"),
    "campaigns.visa": _("Visa given"),
    "campaigns.visa_in_stead": _("Visa given by the académie, in the network’s stead"),
    "campaigns.request_changes": _("Sent back for correction"),
    "campaigns.publish": _("Published"),
    "campaigns.refuse": _("Not selected"),
    "campaigns.withdraw": _("Withdrawn from the site"),
    "campaigns.reopen": _("Review reopened"),
    "campaigns.archive": _("Archived"),
    "campaigns.revise": _("Corrected by the académie"),
    "campaigns.feature": _("Placed on the front page"),
    "campaigns.unfeature": _("Taken off the front page"),
    "campaigns.merge": _("Merged into another fiche"),
    "campaigns.merge_received": _("Joined by a duplicate"),
    "campaigns.follow_up": _("Follow-up handed in"),
    "campaigns.associate": _("Establishment associated"),
    "campaigns.dissociate": _("Establishment no longer associated"),
}
"""Our own acts, each logged once by its verb with the comment."""

WAGTAIL_ACTS: Final[dict[str, Promise]] = {
    "wagtail.create": _("Started"),
    "wagtail.publish": _("Published"),
    "wagtail.unpublish": _("Withdrawn from the site"),
    "wagtail.workflow.cancel": _("Review cancelled"),
}
"""What may also be done from Wagtail's own tools; part of a verb of ours, it says nothing more."""


@dataclass(frozen=True)
class Act:
    """One line of a fiche's history."""

    at: datetime
    label: str
    who: str
    comment: str
    parts: tuple[tuple[str, str], ...] = ()
    """What was asked or changed part by part: labels and texts."""


def history_of(action: Action) -> list[Act]:
    """The acts on a fiche, the latest first; the saving of drafts is its author's business."""
    entries = list(
        ModelLogEntry.objects.for_instance(action)
        .filter(action__in=[*ACT_LABELS, *WAGTAIL_ACTS])
        .select_related("user__establishment")
        .order_by("-timestamp", "-pk")
    )
    told: set[UUID | None] = {entry.uuid for entry in entries if entry.action in ACT_LABELS}
    return [
        Act(
            at=entry.timestamp,
            label=str(ACT_LABELS.get(entry.action) or WAGTAIL_ACTS[entry.action]),
            who=_name_of(entry),
            comment=entry.data.get("comment", "") if entry.data else "",
            parts=_parts_of(entry),
        )
        for entry in entries
        if entry.action in ACT_LABELS or entry.uuid is None or entry.uuid not in told
    ]


def _parts_of(entry: ModelLogEntry) -> tuple[tuple[str, str], ...]:
    """In the order of the form: a database keeps the keys of an object in its own."""
    told = (entry.data or {}).get("parts") or {}
    named = [name for name in all_parts() if name in told]
    return tuple((label_of_part(name), told[name]) for name in named)


def _name_of(entry: ModelLogEntry) -> str:
    """Who acted: an establishment by its name, since its account has only a UAI."""
    if entry.user_id is None:
        return ""
    establishment = getattr(entry.user, "establishment", None)
    return str(establishment or entry.user_display_name)
