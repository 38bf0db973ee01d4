"""Mails that leave once for an occasion, whoever runs the command and however often."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from .models import Reminder


def once(kind: str, occasion: str, send: Callable[[], object]) -> bool:
    """Call `send` unless the mail of `kind` for `occasion` has left; whether it was called.

    The row and the mail are one transaction: of two processes the second waits for the first,
    then finds the row; where sending fails, no row stays.
    """
    if Reminder.objects.filter(kind=kind, occasion=occasion).exists():
        return False
    with transaction.atomic():
        _row, is_first = Reminder.objects.get_or_create(kind=kind, occasion=occasion)
        if is_first:
            send()
    return is_first
