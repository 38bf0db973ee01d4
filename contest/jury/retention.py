"""What is forgotten of jurors when their contest is long over (RGPD, article 5)."""

from __future__ import annotations

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord, User
from campaigns.models import CampaignPage
from contest.models import Conflict, Juror, Round

BLANK_IN_LOG = {"name": "", "names": [], "reason": "", "establishments": []}
"""What acts of and on jurors say of them in the log: who, and what ties them to a school."""

ACTS_ON_ROUNDS = tuple(
    f"contest.jury.{act}"
    for act in ("newcomer", "recuse", "remind", "reassign", "sign_off", "take_up")
)
"""Those acts on a round that name jurors."""


def forget_jurors(week_ended_before: date) -> int:
    """Empty who judged in the contests of editions whose week ended before that day.

    Their grades stay, as they were published: under no name. What they had declared goes too, also
    from the log and the register of mails, and the account of whoever was nothing else on the site.

    Returns:
        The number of jurors who were named.
    """
    ended = CampaignPage.objects.filter(week_last_day__lt=week_ended_before)
    below = Q(pk=None)
    for path in ended.values_list("path", flat=True):
        below |= Q(contest__path__startswith=path)
    with transaction.atomic():
        named = list(
            Juror.objects.select_for_update(of=("self",)).filter(below).exclude(name="", email="")
        )
        keys = [juror.pk for juror in named]
        accounts = [juror.user_id for juror in named if juror.user_id is not None]
        Conflict.objects.filter(juror__in=keys).delete()
        _forget_in_log(named)
        _forget_mails({juror.email for juror in named})
        Juror.objects.filter(pk__in=keys).update(
            name="", email="", title="", user=None, establishment=None, invitation=None
        )
        _without_role(accounts).delete()
    return len(keys)


def _forget_in_log(jurors: list[Juror]) -> None:
    """Keep that it was done, and when, without whom it was about."""
    rounds = Round.objects.filter(category__contest__in={one.contest_id for one in jurors})
    about_jurors = Q(
        content_type=ContentType.objects.get_for_model(Juror),
        object_id__in=[str(one.pk) for one in jurors],
    )
    about_rounds = Q(
        content_type=ContentType.objects.get_for_model(Round),
        object_id__in=[str(pk) for pk in rounds.values_list("pk", flat=True)],
        action__in=ACTS_ON_ROUNDS,
    )
    juror_type = ContentType.objects.get_for_model(Juror).pk
    for entry in ModelLogEntry.objects.filter(about_jurors | about_rounds).iterator(chunk_size=200):
        data = {key: BLANK_IN_LOG.get(key, value) for key, value in (entry.data or {}).items()}
        label = entry.object_id if entry.content_type_id == juror_type else entry.label
        # Not `save`, which refuses a line whose author is gone.
        ModelLogEntry.objects.filter(pk=entry.pk).update(data=data, label=label)


def _forget_mails(addresses: set[str]) -> None:
    """Keep that a mail of the jury was sent, and when, without to whom."""
    MailRecord.objects.filter(kind__startswith="jury_", recipient__in=addresses - {""}).exclude(
        outcome__in=[MailRecord.Outcome.QUEUED, MailRecord.Outcome.SENDING]
    ).update(recipient="", about="", body="")


def _without_role(accounts: list[int]) -> QuerySet[User]:
    """Those of `accounts` that nobody signs in with for anything else."""
    return User.objects.filter(
        pk__in=accounts,
        is_superuser=False,
        is_staff=False,
        groups=None,
        led_networks=None,
        observed_departments=None,
        establishment=None,
        juries=None,
    )
