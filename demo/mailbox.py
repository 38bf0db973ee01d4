"""The mails that the demo has sent, read from the files that Django's file backend writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

# The backend closes each mail with a line of dashes: a file may hold several, when two mails leave
# within one second.
_END_OF_MAIL = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Envelope:
    """A mail as it lies in its file."""

    name: str
    position: int
    raw: bytes

    def open(self) -> SentMail:
        """Read the mail."""
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(self.raw)
        body = message.get_body(("plain",))
        return SentMail(
            name=self.name,
            position=self.position,
            recipient=message.get("To", ""),
            sender=message.get("From", ""),
            # A long header is folded: what begins on its second line begins with a space.
            subject=message.get("Subject", "").strip(),
            sent_at=_date_of(message),
            text=body.get_content() if body is not None else "",
        )


@dataclass(frozen=True)
class SentMail:
    """A mail to read; `name` and `position` say where it lies."""

    name: str
    position: int
    recipient: str
    sender: str
    subject: str
    sent_at: datetime | None
    text: str


def envelopes() -> list[Envelope]:
    """Every mail sent, the newest first, still closed."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(
        folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True
    )
    return [envelope for path in files for envelope in reversed(_in_file(path))]


def find(name: str, position: int) -> SentMail | None:
    """The mail at `position` in the file `name`.

    `name` is compared with the names there are, and never becomes a path.
    """
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        if path.stem == name:
            found = _in_file(path)
            return found[position].open() if 0 <= position < len(found) else None
    return None


def _in_file(path: Path) -> list[Envelope]:
    parts = path.read_bytes().split(_END_OF_MAIL)
    return [
        Envelope(path.stem, position, raw)
        for position, raw in enumerate(part for part in parts if part.strip())
    ]


def _date_of(message: EmailMessage) -> datetime | None:
    date = message.get("Date")
    if not date:
        return None
    sent_at = parsedate_to_datetime(date)
    # Django writes "-0000", by which a date is UTC and tells no more (RFC 5322, 3.3).
    return timezone.localtime(
        sent_at if timezone.is_aware(sent_at) else sent_at.replace(tzinfo=UTC)
    )
