"""The mails that the demo's past brought about, as files to read and as settled records."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone

from accounts.delivery import HEADERS
from accounts.models import MailRecord

TIME_TO_SEND = timedelta(seconds=4)


def settle_mails() -> int:
    """Send every mail that still waits, bearing the date it was queued at; how many.

    The demo's mail backend writes files. The task worker then finds each of them sent.
    """
    waiting = MailRecord.objects.filter(outcome=MailRecord.Outcome.QUEUED)
    messages = [
        EmailMessage(
            record.subject,
            record.body,
            to=[record.recipient],
            headers={
                **HEADERS,
                "Date": format_datetime(timezone.localtime(record.queued_at + TIME_TO_SEND)),
            },
        )
        for record in waiting.order_by("queued_at", "pk")
    ]
    get_connection().send_messages(messages)
    waiting.update(
        outcome=MailRecord.Outcome.SENT, attempts=1, sent_at=F("queued_at") + TIME_TO_SEND
    )
    return len(messages)
