"""The closed lists of a fiche: what code depends on, unlike the vocabularies editors extend."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where the latest version of a fiche stands."""

    DRAFT = "draft", _("Draft")
    NETWORK_REVIEW = "network_review", _("With the network")
    ACADEMY_REVIEW = "academy_review", _("With the académie")
    CHANGES_REQUESTED = "changes_requested", _("To be corrected")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Not selected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ARCHIVED = "archived", _("Archived")


REVIEW_STATUSES = (Status.NETWORK_REVIEW, Status.ACADEMY_REVIEW)
"""The statuses in which reviewers hold the pen and the establishment waits."""


class Decision(models.TextChoices):
    """What a reviewer may do with a fiche."""

    VISA = "visa", _("Give the visa")
    PUBLISH = "publish", _("Publish")
    REQUEST_CHANGES = "request_changes", _("Send back for correction")
    REFUSE = "refuse", _("Not select")
    WITHDRAW = "withdraw", _("Withdraw from the site")
    REOPEN = "reopen", _("Reopen the review")
    ARCHIVE = "archive", _("Archive")


class CoordinatorFunction(models.TextChoices):
    """What the coordinator of an action does in the establishment."""

    DIRECTION = "direction", _("Head of establishment or deputy")
    CPE = "cpe", _("CPE")
    TEACHER = "teacher", _("Teacher")
    LIBRARIAN = "librarian", _("Teacher-librarian")
    PSYEN = "psyen", _("School psychologist (PsyEN)")
    MLDS = "mlds", _("MLDS coordinator")
    RELAY = "relay", _("Relay class coordinator")
    AED = "aed", _("Educational assistant (AED)")
    NURSE = "nurse", _("School nurse")
    SOCIAL_WORKER = "social_worker", _("School social worker")
    IEN_IO = "ien_io", _("Inspector for guidance (IEN-IO)")
    PARTNER = "partner", _("Partner")


class Moment(models.TextChoices):
    """Whether an action belongs to the week or to the whole year."""

    WEEK = "week", _("During the Week")
    YEAR = "year", _("All year round")


class Novelty(models.TextChoices):
    """Whether an action is new."""

    NEW = "new", _("New action")
    RENEWED = "renewed", _("Renewed action")


class Openness(models.TextChoices):
    """Who may attend."""

    INTERNAL = "internal", _("The establishment only")
    PARTNERS = "partners", _("Partners too")
    PUBLIC = "public", _("Everyone")


class MediaKind(models.TextChoices):
    """What a file of a fiche is."""

    IMAGE = "image", _("Picture")
    DOCUMENT = "document", _("Document")
