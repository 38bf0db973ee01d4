"""Lets what is done now have happened then.

The verbs of the site, and Wagtail's, stamp what they record with the clock. The demo needs a past:
each act is done for real, while the clock says when it is told to have happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from accounts.models import MailRecord


@contextmanager
def happening_at(at: datetime) -> Iterator[None]:
    """Turn Django's clock back to `at`, an aware instant.

    For the whole process: only a command that does nothing else may do so.
    """
    newest_mail = MailRecord.objects.aggregate(pk=Max("pk"))["pk"] or 0
    clock = timezone.now
    timezone.now = lambda: at
    try:
        yield
    finally:
        timezone.now = clock
    # The field holds the clock itself as its default, and never asks for another.
    MailRecord.objects.filter(pk__gt=newest_mail).update(queued_at=at)
