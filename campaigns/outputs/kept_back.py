"""The parts of a fiche that no public file says, and why: what `columns` leaves out."""

from __future__ import annotations

from typing import Final

PERSONAL = "names or reaches a person"
INTERNAL = "for the académie only"
PLUMBING = "how the site works, nothing of the action"
ELSEWHERE = "the same for all fiches of a file, which says it once"

NEVER_PUBLIC: Final[dict[str, str]] = {
    "coordinator_name": PERSONAL,
    "coordinator_email": PERSONAL,
    "registration": "often the telephone or mailbox of a person; read on the fiche’s page",
    "budget": INTERNAL,
    "funding_sources": INTERNAL,
    "status": INTERNAL,
    "status_changed_at": INTERNAL,
    "submitted_at": INTERNAL,
    "refused_at": INTERNAL,
    "withdrawn_at": INTERNAL,
    "archived_at": INTERNAL,
    "featured_at": INTERNAL,
    "inspired_by": INTERNAL,
    "merged_into": INTERNAL,
    "associated.may_edit": INTERNAL,
    "media.kind": "files keep their own rights; seen on the fiche’s page",
    "media.file": "files keep their own rights; seen on the fiche’s page",
    "media.alternative": "files keep their own rights; seen on the fiche’s page",
    "media.credit": PERSONAL,
    "media.is_authorised": INTERNAL,
    "campaign": ELSEWHERE,
    "live": ELSEWHERE,
    "expired": PLUMBING,
    "expire_at": PLUMBING,
    "go_live_at": PLUMBING,
    "locked": PLUMBING,
    "locked_at": PLUMBING,
    "locked_by": PLUMBING,
    "has_unpublished_changes": PLUMBING,
    "latest_revision": PLUMBING,
    "live_revision": PLUMBING,
}
"""The parts of a fiche that no public file says, and why."""
