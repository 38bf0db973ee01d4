"""What is forgotten of accounts when the time the law allows is over."""

from __future__ import annotations

from datetime import datetime

from .models import MailRecord, SignInLink


def purge_sign_in_links(before: datetime) -> int:
    """Forget the links asked for before `before`; returns how many.

    The throttle reads the last hour: keep at least a day.
    """
    deleted, _by_model = SignInLink.objects.filter(requested_at__lt=before).delete()
    return deleted


def purge_mail_bodies(before: datetime) -> int:
    """Empty the text of mails queued before `before` and no longer waiting; returns how many.

    The recipient, the subject and the outcome stay.
    """
    waiting = [MailRecord.Outcome.QUEUED, MailRecord.Outcome.SENDING]
    return (
        MailRecord.objects.filter(queued_at__lt=before)
        .exclude(body="")
        .exclude(outcome__in=waiting)
        .update(body="")
    )
