"""The daily digest of those who review: one mail a day at most, with all that waits and its age.

A network's leads receive what awaits their visa; the mailbox of an académie, what it is to publish,
and what awaits the visa of a network that nobody leads any more.
Both are told which schools wait for an answer. Nothing is sent where nothing waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.models import User
from establishments.mailing import address_on, queue_academy_mail
from establishments.models import Academy

from .awaiting import with_unanswered
from .enums import Status
from .models import Action
from .once import once
from .phases import local_day
from .waiting import near_deadline, since_in_words

if TYPE_CHECKING:
    from .querysets import ActionQuerySet

KIND = "digest"
LISTED = 30
"""Fiches named under each heading of one mail; the others are counted."""


ANSWERED_BY = {
    Status.NETWORK_REVIEW: (Status.CHANGES_REQUESTED,),
    Status.ACADEMY_REVIEW: (
        Status.CHANGES_REQUESTED,
        Status.PUBLISHED,
        Status.REFUSED,
        Status.WITHDRAWN,
    ),
}
"""Where else than at their own step the leads, or the académie, are told of messages."""


@dataclass(frozen=True)
class Waiting:
    """One line of a digest."""

    title: str
    establishment: str
    age: str
    deadline: str
    link: str
    is_asked: bool
    """Whether its establishment waits for an answer too."""


@dataclass(frozen=True)
class Digest:
    """What one mail says."""

    decisions: list[Waiting]
    decisions_left: int
    answers: list[Waiting]
    answers_left: int

    @property
    def count(self) -> int:
        """How many fiches it is about, those that it does not name included."""
        return len(self.decisions) + self.decisions_left + len(self.answers) + self.answers_left


def send_due(now: datetime) -> int:
    """Send the digests of the day of `now` that have not left.

    Returns:
        The number of mails.
    """
    day = local_day(now).isoformat()
    count = 0
    for lead in _leads():
        fiches = Action.objects.filter(establishment__network__leads=lead)
        to_decide = fiches.filter(status=Status.NETWORK_REVIEW)
        digest = _digest(fiches, to_decide, ANSWERED_BY[Status.NETWORK_REVIEW], now)
        if digest.count:
            academy = Academy.objects.filter(networks__leads=lead).order_by("pk").first()
            if academy is None:  # they stopped leading meanwhile
                continue
            send = partial(_send, academy, lead.email, digest, to_lead=True)
            count += once(KIND, f"lead {lead.pk} on {day}", send)
    for academy in Academy.objects.exclude(contact_email="").select_related("site"):
        fiches = Action.objects.filter(establishment__academy=academy)
        answered = ANSWERED_BY[Status.ACADEMY_REVIEW]
        digest = _digest(fiches, fiches.awaiting_academies(), answered, now)
        if digest.count:
            send = partial(_send, academy, academy.contact_email, digest, to_lead=False)
            count += once(KIND, f"academy {academy.pk} on {day}", send)
    return count


def _leads() -> list[User]:
    """The people who lead a network and can be written to."""
    leads = User.objects.filter(is_active=True, led_networks__isnull=False)
    return list(leads.exclude(email="").distinct().order_by("pk"))


def _digest(
    fiches: ActionQuerySet, to_decide: ActionQuerySet, answered: tuple[Status, ...], now: datetime
) -> Digest:
    """What waits for a decision, `to_decide`, then what of `fiches` waits for an answer."""
    to_decide = with_unanswered(to_decide).order_by("status_changed_at", "pk")
    # A question about a fiche that waits anyway is found on opening it.
    to_answer = (
        with_unanswered(fiches.filter(submitted_at__isnull=False, status__in=answered))
        .filter(is_unanswered=True)
        .order_by("status_changed_at", "pk")
    )
    decisions, decisions_left = _lines(to_decide, now)
    answers, answers_left = _lines(to_answer, now)
    return Digest(decisions, decisions_left, answers, answers_left)


def _lines(fiches: ActionQuerySet, now: datetime) -> tuple[list[Waiting], int]:
    count = fiches.count()
    shown = fiches.select_related("campaign", "establishment__academy__site", "latest_revision")
    lines = [
        Waiting(
            title=str(action.latest_revision.object_str if action.latest_revision else action),
            establishment=str(action.establishment),
            age=since_in_words(action.status_changed_at, now),
            deadline=near_deadline(action.campaign.calendar, now),
            link=address_on(
                action.establishment.academy, reverse("action_review", args=[action.pk])
            ),
            is_asked=getattr(action, "is_unanswered", False),
        )
        for action in shown[:LISTED]
    ]
    return lines, count - len(lines)


def _send(academy: Academy, recipient: str, digest: Digest, *, to_lead: bool) -> None:
    list_url = reverse(Action.snippet_viewset.get_url_name("list"))
    queue_academy_mail(
        academy,
        KIND,
        recipient,
        "campaigns/mail/digest.txt",
        {
            "digest": digest,
            "to_lead": to_lead,
            "list": address_on(academy, f"{list_url}?only=waiting"),
        },
    )
