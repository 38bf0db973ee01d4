"""What is forgotten of fiches when the time the law allows is over.

The fiche itself stays, with the coordinator's function: it names nobody any more (data
protection by minimisation: RGPD, article 5; see `docs/administrator.md` for the periods).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from wagtail.models import Revision

from .models import Action

PERSONAL_FIELDS = ("coordinator_name", "coordinator_email")


def forget_coordinators(week_ended_before: date) -> int:
    """Empty who coordinated the fiches of editions whose week ended before that day.

    Every revision is emptied as well, so that nothing of it comes back with an older version.

    Returns:
        The number of fiches that named somebody.
    """
    blank = dict.fromkeys(PERSONAL_FIELDS, "")
    with transaction.atomic():
        old = Action.objects.filter(campaign__week_last_day__lt=week_ended_before)
        named = set(old.exclude(**blank).values_list("pk", flat=True))
        old.filter(pk__in=named).update(**blank)
        revisions = Revision.objects.filter(
            base_content_type=Action.get_base_content_type(),
            object_id__in=[str(pk) for pk in old.values_list("pk", flat=True)],
        ).exclude(Q(**{f"content__{name}": "" for name in PERSONAL_FIELDS}))
        for revision in revisions.select_for_update().iterator(chunk_size=200):
            named.add(int(revision.object_id))
            revision.content |= blank
            revision.save(update_fields=["content"])
    return len(named)
