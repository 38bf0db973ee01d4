"""Reminding establishments that have not answered an edition's call; once in seven days at most."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from establishments.mailing import address_on, queue_academy_mail
from establishments.models import Academy

from .errors import NotAllowed, OutOfTurn
from .models import CampaignPage, Reminder
from .steering.answers import Answer, Narrowing, answers_given, listed
from .steering.scope import reach_of

if TYPE_CHECKING:
    from establishments.models import Establishment

    from .steering.scope import Scope

KIND = "answer_reminder"
"""The kind of the mail, and of its row in the reminders."""

ACT = "campaigns.remind_silent"
NOT_TWICE_WITHIN = timedelta(days=7)

_OCCASION = re.compile(r"establishment (\d+), edition (\d+), ")


def is_time(edition: CampaignPage, now: datetime) -> bool:
    """Whether a fiche may still be handed in, so that a reminder makes sense."""
    return edition.calendar.accepts_submissions(now)


def recently_reminded(edition: CampaignPage, now: datetime) -> set[int]:
    """The establishments that were reminded of the edition's call less than seven days ago."""
    recent = Reminder.objects.filter(
        kind=KIND,
        sent_at__gt=now - NOT_TWICE_WITHIN,
        occasion__contains=f", edition {edition.pk}, ",
    )
    found = (_OCCASION.match(occasion) for occasion in recent.values_list("occasion", flat=True))
    return {int(match[1]) for match in found if match}


def last_reminders(edition: CampaignPage, keys: Collection[int]) -> dict[int, datetime]:
    """When each establishment of `keys` was last reminded of the call of `edition`; one query."""
    if not keys:
        return {}
    # Below one another in the index; each is asked for by the start of its occasions.
    wanted = Q()
    for key in keys:
        wanted |= Q(occasion__startswith=f"establishment {key}, edition {edition.pk}, ")
    found: dict[int, datetime] = {}
    rows = Reminder.objects.filter(wanted, kind=KIND).order_by("sent_at")
    for occasion, sent_at in rows.values_list("occasion", "sent_at"):
        if match := _OCCASION.match(occasion):
            found[int(match[1])] = sent_at
    return found


def to_remind(
    scope: Scope, edition: CampaignPage, asked: Narrowing, now: datetime
) -> tuple[list[Establishment], int, int]:
    """Whom a reminder would be sent to at `now`.

    Returns:
        The establishments that have not answered, with a mailbox and not reminded lately; how many
        were reminded lately; how many have no mailbox.
    """
    answers = answers_given(scope, edition, now)
    silent = list(listed(scope, replace(asked, answer=Answer.SILENT), answers))
    recent = recently_reminded(edition, now)
    waiting = [school for school in silent if school.pk not in recent]
    reached = [school for school in waiting if school.mailbox]
    return reached, len(silent) - len(waiting), len(waiting) - len(reached)


def remind(
    scope: Scope, edition: CampaignPage, asked: Narrowing, *, by: User, now: datetime
) -> int:
    """Write to the establishments of `scope` that `asked` keeps and that have not answered.

    Returns:
        The number of mails queued.

    Raises:
        NotAllowed: the role of `scope` writes to nobody, or `by` does not have it.
        OutOfTurn: the call is not open at `now`.
    """
    reach = reach_of(by)
    known = next((one for one in reach.editions if one.pk == edition.pk), None)
    if known is None or not scope.may_remind or scope not in reach.scopes_of(known):
        raise NotAllowed
    if not is_time(edition, now):
        raise OutOfTurn
    with transaction.atomic():
        # Of two clicks, the second finds the reminders of the first.
        CampaignPage.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.pk)
        schools, _recent, _unreached = to_remind(scope, edition, asked, now)
        Reminder.objects.bulk_create(
            Reminder(kind=KIND, occasion=_occasion(school, edition, now), sent_at=now)
            for school in schools
        )
        _write_to(scope, edition, schools)
        if schools:
            log(
                instance=edition,
                action=ACT,
                user=by,
                data={"number": len(schools), "query": asked.query, "role": str(scope.role)},
            )
    return len(schools)


def _occasion(school: Establishment, edition: CampaignPage, now: datetime) -> str:
    return f"establishment {school.pk}, edition {edition.pk}, {now:%Y-%m-%dT%H:%M:%S}"


def _write_to(scope: Scope, edition: CampaignPage, schools: Sequence[Establishment]) -> None:
    academy = Academy.objects.select_related("site").get(pk=scope.academy.pk)
    edition_url = edition.full_url or ""
    if edition_url:
        edition_url = address_on(academy, urlsplit(edition_url).path)
    for school in schools:
        queue_academy_mail(
            academy,
            KIND,
            school.mailbox,
            "campaigns/mail/answer_reminder.txt",
            {
                "establishment": school,
                "uai": school.uai,
                "edition": edition,
                "closes_at": edition.call_closes_at,
                "link": address_on(academy, reverse("space:home")),
                "edition_url": edition_url,
            },
            about=f"{edition.title}: {school}",
        )


def remind_listed(edition_id: int, user_id: int, role: str, query: str) -> int:
    """Write, in the task worker, to those whom a click concerned; nobody where it is too late.

    A second task for the same click finds the reminders of the first.
    """
    by = User.objects.filter(pk=user_id, is_active=True).first()
    if by is None:
        return 0
    reach, now = reach_of(by), timezone.now()
    edition = next((one for one in reach.shown() if one.pk == edition_id), None)
    if edition is None or not is_time(edition, now):
        return 0
    scope = next((one for one in reach.scopes_of(edition) if one.role == role), None)
    if scope is None or not scope.may_remind:
        return 0
    return remind(scope, edition, Narrowing.read(QueryDict(query)), by=by, now=now)
