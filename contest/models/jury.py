"""The jury of a contest: what it keeps to itself, its members, what keeps them from judging."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import MailRecord
from contest.jury.enums import College, ConflictSource
from establishments.models import Establishment

from .contest_page import ContestPage
from .poster import Poster


def new_secret() -> str:
    """256 random bits, in hexadecimal."""
    return secrets.token_hex(32)


class Jury(models.Model):
    """What a contest's jury keeps, from the first juror or round on.

    `secret` keys the receipts and aliases of the publication and never leaves the site. From
    `held_since` (a round was assigned) the results are out at `released_at` and at no date that
    somebody has typed on the contest's page: posters stay anonymous while they are judged.
    """

    contest = models.OneToOneField(ContestPage, on_delete=models.PROTECT, related_name="jury")
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    held_since = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("jury")
        verbose_name_plural = _("juries")

    def __str__(self) -> str:
        return str(self.contest)


class Juror(models.Model):
    """Somebody in the jury of one contest.

    The name and the address are the juror's own here: the minutes outlive the account. A juror
    who has left keeps what they have judged. Name and address are empty once they are forgotten.
    """

    contest = models.ForeignKey(ContestPage, on_delete=models.PROTECT, related_name="jurors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="juries",
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    title = models.CharField(_("title"), max_length=120, blank=True)
    college = models.CharField(
        _("college"), max_length=10, choices=College.choices, default=College.OTHER
    )
    establishment = models.ForeignKey(
        Establishment,
        verbose_name=_("own establishment"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="jurors",
        help_text=_("Where they work or study: they will not judge its posters."),
    )
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    invitation = models.ForeignKey(
        MailRecord,
        verbose_name=_("last invitation sent"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    joined_at = models.DateTimeField(_("first came"), null=True, blank=True)
    declared_at = models.DateTimeField(_("declared their conflicts"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "user"], name="one_juror_a_person"),
            models.UniqueConstraint(
                fields=["contest", "email"], condition=~Q(email=""), name="one_juror_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.pk}"

    @property
    def key(self) -> str:
        """A stable name that says nothing, for the tally; never published."""
        return f"juror-{self.pk}"


class Conflict(models.Model):
    """Why a juror does not judge a poster, or any poster of an establishment."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="conflicts")
    poster = models.ForeignKey(
        Poster, null=True, blank=True, on_delete=models.CASCADE, related_name="conflicts"
    )
    establishment = models.ForeignKey(
        Establishment, null=True, blank=True, on_delete=models.CASCADE, related_name="conflicts"
    )
    source = models.CharField(_("known from"), max_length=14, choices=ConflictSource.choices)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(poster__isnull=True) ^ Q(establishment__isnull=True),
                name="conflict_of_a_poster_or_an_establishment",
            ),
            models.UniqueConstraint(
                fields=["juror", "establishment", "source"], name="one_conflict_an_establishment"
            ),
            models.UniqueConstraint(fields=["juror", "poster"], name="one_conflict_a_poster"),
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.poster or self.establishment}"
