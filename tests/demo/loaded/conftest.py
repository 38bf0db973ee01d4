"""One loaded demonstration for all the tests of this folder: loading takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from wagtail.models import ModelLogEntry, Page, TaskState

from accounts.models import MailRecord
from campaigns.models import Action
from demo.loading.demonstration import Loaded, load
from tests.roots import restore_roots

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

NOW = datetime.now(tz=UTC).replace(hour=9, minute=30, second=0, microsecond=0)

Snapshot = dict[str, list[Any]]


@dataclass(frozen=True)
class Demonstration:
    """What stands in the database, and what the same instant had brought before."""

    loaded: Loaded
    contents: Snapshot
    first_output: str
    first_contents: Snapshot


@pytest.fixture(scope="package")
def demonstration(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Demonstration]:
    """The demonstration as of this morning: loaded by the command, undone, then loaded again."""
    out = StringIO()
    with django_db_blocker.unblock():
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            restore_roots()
            call_command("load_demo", stdout=out)
            first = snapshot()
            transaction.set_rollback(True)
        with transaction.atomic():
            restore_roots()
            loaded = load(NOW)
            yield Demonstration(loaded, snapshot(), out.getvalue(), first)
            transaction.set_rollback(True)


def snapshot() -> Snapshot:
    """What the database holds, without its own numbers."""
    return {
        "fiches": list(
            Action.objects.order_by("title").values_list(
                "title", "status", "live", "submitted_at", "status_changed_at",
                "first_published_at", "last_published_at", "starts_on", "campaign__slug",
            )
        ),
        "pages": list(
            Page.objects.order_by("path").values_list(
                "url_path", "title", "live", "first_published_at", "last_published_at"
            )
        ),
        "mails": list(
            MailRecord.objects.order_by("queued_at", "recipient", "subject").values_list(
                "kind", "recipient", "subject", "queued_at", "sent_at", "outcome"
            )
        ),
        "log": list(
            ModelLogEntry.objects.order_by("timestamp", "label", "action").values_list(
                "action", "label", "timestamp", "user__username"
            )
        ),
        "tasks": list(
            TaskState.objects.order_by("started_at", "finished_at", "status").values_list(
                "status", "started_at", "finished_at"
            )
        ),
    }  # fmt: skip
