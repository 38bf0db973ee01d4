"""An establishment's announcement that it will take part, and what it was reminded of."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contest.enums import ReminderKind
from establishments.models import Establishment

from .contest_page import ContestPage
from .contest_rows import Category


class Registration(models.Model):
    """One establishment in one contest; a cancelled one stays, and may be taken up again."""

    contest = models.ForeignKey(
        ContestPage,
        verbose_name=_("contest"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    establishment = models.ForeignKey(
        Establishment,
        verbose_name=_("establishment"),
        on_delete=models.CASCADE,
        related_name="registrations",
    )
    contact_name = models.CharField(_("contact"), max_length=120)
    contact_email = models.EmailField(_("contact’s e-mail"), blank=True)
    contact_phone = models.CharField(_("contact’s telephone"), max_length=20, blank=True)
    categories = models.ManyToManyField(Category, verbose_name=_("categories"), blank=True)
    posters_expected = models.PositiveSmallIntegerField(
        _("posters expected"), validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    pupils_expected = models.PositiveSmallIntegerField(
        _("pupils expected"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
    )
    debate = models.TextField(
        _("the debate held in class"),
        blank=True,
        max_length=1000,
        help_text=_("A few words: which class, on what question, what came of it."),
    )
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-registered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "establishment"], name="one_registration_an_establishment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.establishment}"

    @property
    def is_active(self) -> bool:
        """Whether it counts."""
        return self.cancelled_at is None


class Reminder(models.Model):
    """A reminder sent to an establishment, so that nobody is reminded twice in a day."""

    contest = models.ForeignKey(ContestPage, on_delete=models.CASCADE, related_name="reminders")
    establishment = models.ForeignKey(
        Establishment, on_delete=models.CASCADE, related_name="contest_reminders"
    )
    kind = models.CharField(max_length=10, choices=ReminderKind.choices)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [models.Index(fields=["contest", "establishment"], name="reminder_of")]

    def __str__(self) -> str:
        return f"{self.establishment} ({self.get_kind_display()})"
