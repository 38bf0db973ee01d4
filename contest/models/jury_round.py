"""A round of a category: its rules, its posters, who judges which."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contest.jury.enums import AssignmentStatus, LastResort, Method, Stage
from contest.jury.stages import RoundCalendar
from contest.tally.definition import commitment_of

from .contest_rows import Category
from .jury import Juror
from .poster import Poster

if TYPE_CHECKING:
    from .contest_page import ContestPage


def new_seed() -> str:
    """256 random bits, in hexadecimal: too many to be found from their sha256."""
    return secrets.token_hex(32)


class Round(models.Model):
    """One round of a category.

    Its rules may change until its posters are assigned; then they are fixed: `criteria` keeps the
    criteria of the contest as they were, `seed` what orders and draws, of which `commitment` is
    public from then on. Open and closed are not stored, the clock says them (`stage`).
    """

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="rounds")
    sequence = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name"), max_length=80)
    method = models.CharField(
        _("method"), max_length=10, choices=Method.choices, default=Method.MAJORITY
    )
    panel_size = models.PositiveSmallIntegerField(
        _("jurors for each poster"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Left empty, every juror judges every poster."),
    )
    minimum = models.PositiveSmallIntegerField(
        _("ballots that a poster needs"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("With fewer it has no place, unless you decide so and say why."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    advance_count = models.PositiveSmallIntegerField(
        _("how many go on"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    advance_threshold = models.DecimalField(
        _("from which result they go on"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    severity = models.BooleanField(_("correct for severe and lenient jurors"), default=False)
    last_resort = models.CharField(
        _("posters that nothing tells apart"),
        max_length=10,
        choices=LastResort.choices,
        default=LastResort.EX_AEQUO,
    )
    seed = models.CharField(max_length=64, default=new_seed, editable=False)
    criteria = models.JSONField(default=list, editable=False)
    assigned_at = models.DateTimeField(null=True, blank=True, editable=False)
    tallied_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("round of the jury")
        verbose_name_plural = _("rounds of the jury")
        ordering = ["category__sort_order", "category", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["category", "sequence"], name="one_round_a_place"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")) | Q(opens_at=None) | Q(closes_at=None),
                name="round_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(advance_count=None) | Q(advance_threshold=None),
                name="round_advances_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(severity=False) | Q(method=Method.CRITERIA),
                name="severity_needs_criteria",
            ),
            models.CheckConstraint(
                condition=Q(assigned_at=None) | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="round_assigned_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} – {self.name}"

    @property
    def contest(self) -> ContestPage:
        """The contest that it belongs to."""
        return self.category.contest

    @property
    def key(self) -> str:
        """What it is called in what is published; renaming changes nothing."""
        return f"categorie-{self.category_id}-tour-{self.sequence}"

    @property
    def commitment(self) -> str:
        """The sha256 of the seed, published once posters are assigned."""
        return commitment_of(self.seed)

    @property
    def calendar(self) -> RoundCalendar:
        """Its instants, as a pure value."""
        return RoundCalendar(self.opens_at, self.closes_at, self.assigned_at, self.tallied_at)

    def stage(self, now: datetime) -> Stage:
        """Where it stands at `now`."""
        return self.calendar.stage(now)


class Entry(models.Model):
    """A poster in a round, from the assignment on.

    One below the minimum of ballots counts only once it is accepted, with a reason. One withdrawn
    is in the round no more.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    poster = models.ForeignKey(Poster, on_delete=models.PROTECT, related_name="entries")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted_reason = models.CharField(_("reason"), max_length=255, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("poster of a round")
        verbose_name_plural = _("posters of a round")
        ordering = ["poster__number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "poster"], name="one_entry_a_poster"),
        ]

    def __str__(self) -> str:
        return f"{self.poster_id} – {self.round_id}"


class Seat(models.Model):
    """A juror in a round: where their work as a whole stands.

    `revision` counts the orders that they gave, in a ranking. `seal` is a print of the ballots as
    they were signed off.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seats")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="seats")
    revision = models.PositiveIntegerField(default=0, editable=False)
    last_act_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    seal = models.CharField(max_length=16, blank=True, editable=False)

    class Meta:
        verbose_name = _("seat in a round")
        verbose_name_plural = _("seats in a round")
        ordering = ["juror__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "juror"], name="one_seat_a_juror"),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} – {self.round_id}"


class Assignment(models.Model):
    """A poster that a juror judges in a round.

    `revision` is the highest `n` of its ballots, the one that counts; 0 where there is none.
    `flagged` is the juror's own mark, to look at the poster again.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="assignments")
    poster = models.ForeignKey(Poster, on_delete=models.PROTECT, related_name="assignments")
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=AssignmentStatus.choices,
        default=AssignmentStatus.TODO,
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    flagged = models.BooleanField(_("to look at again"), default=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("poster to judge")
        verbose_name_plural = _("posters to judge")
        ordering = ["round", "juror", "poster"]
        indexes = [
            models.Index(fields=["round", "juror", "status"], name="assignment_of_juror"),
            models.Index(fields=["poster", "juror"], name="assignment_of_poster"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "juror", "poster"], name="one_assignment_a_juror_and_poster"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} – {self.poster_id}"
