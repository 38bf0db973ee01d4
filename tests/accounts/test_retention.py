"""What is forgotten of accounts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.mailing import record_mail
from accounts.models import MailRecord, SignInLink
from accounts.retention import purge_mail_bodies, purge_sign_in_links

pytestmark = pytest.mark.django_db

LIMIT = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def mail_of(at: datetime, outcome: str, body: str = "Bonjour,") -> MailRecord:
    record = record_mail("submitted", "ce@example.org", "Reçue", body)
    MailRecord.objects.filter(pk=record.pk).update(queued_at=at, outcome=outcome)
    return record


def test_links_asked_for_before_the_limit_are_forgotten_and_no_other() -> None:
    SignInLink.objects.create(address_hash="a", requested_at=LIMIT - SECOND)
    kept = SignInLink.objects.create(address_hash="a", requested_at=LIMIT)

    assert purge_sign_in_links(LIMIT) == 1
    assert list(SignInLink.objects.all()) == [kept]


def test_texts_of_old_mails_are_emptied_and_their_outcome_stays() -> None:
    old = mail_of(LIMIT - SECOND, "sent")
    recent = mail_of(LIMIT, "sent")
    mail_of(LIMIT - SECOND, "sent", body="")

    assert purge_mail_bodies(LIMIT) == 1
    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.body, old.outcome, old.recipient) == ("", "sent", "ce@example.org")
    assert recent.body


@pytest.mark.parametrize("outcome", ["queued", "sending"])
def test_a_mail_that_still_waits_keeps_its_text(outcome: str) -> None:
    waiting = mail_of(LIMIT - SECOND, outcome)

    assert purge_mail_bodies(LIMIT) == 0
    waiting.refresh_from_db()
    assert waiting.body
