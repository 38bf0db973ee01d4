"""What an establishment and its reviewers say about a fiche: messages, notes, comments on parts.

None of it is part of a version: it hangs on a plain foreign key, so that no revision brings it
back or takes it away.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from establishments.models import Academy

from .action import Action

LONGEST_MESSAGE = 4_000
"""Characters of one message, note or comment."""


class ActionMessage(models.Model):
    """A message of the thread on a fiche, or a note that only its reviewers read."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_from_establishment = models.BooleanField(default=False)
    is_note = models.BooleanField(_("note among reviewers"), default=False)
    text = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    # Drawn for each blank form: a message sent twice is kept once.
    key = models.UUIDField(unique=True)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)

    class Meta:
        verbose_name = _("message about a fiche")
        verbose_name_plural = _("messages about fiches")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["action", "sent_at"], name="message_of_action")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_note=False) | models.Q(is_from_establishment=False),
                name="notes_are_reviewers_own",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class FieldComment(models.Model):
    """What a reviewer asks to correct in one part of a fiche.

    `part` is the name of a field or of rows, as in `campaigns.sections`. Its fiche's next hand-in
    closes it.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="field_comments")
    part = models.CharField(_("part"), max_length=40)
    text = models.TextField(_("comment"), max_length=LONGEST_MESSAGE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a part")
        verbose_name_plural = _("comments on parts")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.part}: {self.text[:60]}"


class ReviewLabel(models.Model):
    """A label that the reviewers of an académie put on fiches; nobody else sees it."""

    academy = models.ForeignKey(
        Academy, verbose_name=_("académie"), on_delete=models.CASCADE, related_name="review_labels"
    )
    name = models.CharField(_("name"), max_length=40)
    # On this side, so that no revision of a fiche holds it.
    actions = models.ManyToManyField(Action, blank=True, related_name="labels", editable=False)

    class Meta:
        verbose_name = _("label of the review")
        verbose_name_plural = _("labels of the review")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["academy", "name"], name="review_label_in_academy")
        ]

    def __str__(self) -> str:
        return self.name
