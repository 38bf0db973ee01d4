"""What is forgotten of fiches when the time the law allows is over.

The fiche itself stays, with the coordinator's function, and so does that it was reviewed, by which
role and when: nobody is named or quoted any more (data protection by minimisation: RGPD, article
5; see `docs/administrator.md` for the periods).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, Revision, TaskState

from accounts.models import MailRecord
from establishments.models import Academy

from . import catalogue_stamp, digests
from .models import Action, ActionMessage, FieldComment, Reminder, ReviewLabel
from .phases import local_day

if TYPE_CHECKING:
    from .querysets import ActionQuerySet

PERSONAL_FIELDS: Final = ("coordinator_name", "coordinator_email", "registration")
"""Who coordinates, and how to register, which is often somebody's telephone or mailbox."""

QUOTED_IN_LOG: Final = ("comment", "parts")
"""What a line of the log keeps of somebody's words: why, and what of each part."""

NAMES_AN_ESTABLISHMENT: Final = ("campaigns.associate", "campaigns.dissociate")
"""Acts whose comment is the name of an establishment, and nobody's words."""


def forget_coordinators(week_ended_before: date) -> int:
    """Empty who coordinated, and who registered, for editions whose week ended before that day.

    Every revision is emptied as well, so that nothing of it comes back with an older version; the
    catalogue is told, so that no file prepared before goes on saying it.

    Returns:
        The number of fiches that named somebody.
    """
    blank = dict.fromkeys(PERSONAL_FIELDS, "")
    with transaction.atomic():
        old = _fiches_of(week_ended_before)
        named = set(old.exclude(**blank).values_list("pk", flat=True))
        old.filter(pk__in=named).update(**blank)
        revisions = Revision.objects.filter(
            base_content_type=Action.get_base_content_type(),
            object_id__in=_keys(old),
        ).exclude(Q(**{f"content__{name}": "" for name in PERSONAL_FIELDS}))
        for revision in revisions.select_for_update().iterator(chunk_size=200):
            named.add(int(revision.object_id))
            revision.content |= blank
            revision.save(update_fields=["content"])
        changed = old.filter(pk__in=named, live=True).order_by()
        catalogue_stamp.touch(changed.values_list("campaign", flat=True).distinct())
    return len(named)


def forget_discussions(week_ended_before: date) -> int:
    """Delete what was said in the review of fiches whose edition's week ended before that day.

    Messages, notes among reviewers, comments on parts, labels; and, in the log and the workflow,
    the words that came with an act. That it was done, by whom and when, stays. Of a fiche that was
    deleted, the log is emptied as long after the act.

    Returns:
        The number of fiches of which something was forgotten.
    """
    with transaction.atomic():
        old = _fiches_of(week_ended_before)
        concerned: set[int] = set()
        hung: list[QuerySet] = [
            ActionMessage.objects.filter(action__in=old),
            FieldComment.objects.filter(action__in=old),
            ReviewLabel.actions.through.objects.filter(action__in=old),
        ]
        for rows in hung:
            concerned |= set(rows.order_by().values_list("action", flat=True))
            rows.delete()
        TaskState.objects.filter(
            workflow_state__base_content_type=Action.get_base_content_type(),
            workflow_state__object_id__in=_keys(old),
        ).exclude(comment="").update(comment="")
        concerned |= _forget_in_log(old, week_ended_before)
    return len(concerned)


def _forget_in_log(old: ActionQuerySet, week_ended_before: date) -> set[int]:
    quoting = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Action),
        data__has_any_keys=QUOTED_IN_LOG,
    ).exclude(action__in=NAMES_AN_ESTABLISHMENT)
    of_old = quoting.filter(object_id__in=_keys(old))
    of_deleted = quoting.exclude(object_id__in=_keys(Action.objects.all()))
    found = [*of_old, *(one for one in of_deleted if local_day(one.timestamp) < week_ended_before)]
    for entry in found:
        kept = {key: said for key, said in entry.data.items() if key not in QUOTED_IN_LOG}
        # Not `save`, which refuses a line whose author is gone.
        ModelLogEntry.objects.filter(pk=entry.pk).update(data=kept)
    return {int(entry.object_id) for entry in found}


def forget_digests(before: datetime) -> int:
    """Forget to which network leads a digest was sent before `before`.

    Each day's digest is an occasion of its own: forgetting an old one sends none again.

    Returns:
        The number of digests.
    """
    with transaction.atomic():
        MailRecord.objects.filter(kind=digests.KIND, queued_at__lt=before).exclude(
            recipient__in=Academy.objects.values("contact_email")
        ).exclude(outcome__in=[MailRecord.Outcome.QUEUED, MailRecord.Outcome.SENDING]).update(
            recipient=""
        )
        digests_sent = Reminder.objects.filter(kind=digests.KIND, sent_at__lt=before)
        deleted, _by_model = digests_sent.delete()
    return deleted


def _fiches_of(week_ended_before: date) -> ActionQuerySet:
    """The fiches of the editions whose week ended before that day."""
    return Action.objects.filter(campaign__week_last_day__lt=week_ended_before)


def _keys(fiches: ActionQuerySet) -> ActionQuerySet:
    """As Wagtail's tables name them, in text: other models' keys there are not all numbers."""
    return fiches.order_by().annotate(key=Cast("pk", CharField())).values("key")
