"""What jurors cast: only ever added to, which the database itself sees to.

Its triggers (`contest.jury.ballot_guard`) refuse to change or delete a ballot, and to add one to a
round that is counted.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .jury_round import Assignment


class Ballot(models.Model):
    """One version of what a juror says of a poster; the highest `n` of an assignment counts.

    `grades` by key of question, those answered only; `is_complete` says that all are: another one
    is a draft and counts nowhere. `act` names the click that cast it, which may be sent again.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="ballots")
    n = models.PositiveIntegerField(_("version"))
    grades = models.JSONField(_("grades"), default=dict)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    is_complete = models.BooleanField(default=False)
    act = models.UUIDField(default=uuid4)
    cast_at = models.DateTimeField(_("cast at"), default=timezone.now)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["assignment", "n"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "n"], name="one_ballot_a_version"),
            models.UniqueConstraint(fields=["assignment", "act"], name="one_ballot_an_act"),
            models.CheckConstraint(condition=models.Q(n__gte=1), name="ballot_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} – {self.n}"


class LateBallot(models.Model):
    """What a juror sent after the close: kept for them to see, and counted nowhere."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="late_ballots"
    )
    grades = models.JSONField(_("grades"), default=dict)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    act = models.UUIDField(default=uuid4)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)

    class Meta:
        verbose_name = _("late ballot")
        verbose_name_plural = _("late ballots")
        ordering = ["assignment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "act"], name="one_late_ballot_an_act"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} – {self.received_at}"
