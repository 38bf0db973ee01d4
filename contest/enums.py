"""The closed lists of a contest: what code depends on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PosterStatus(models.TextChoices):
    """Where a poster stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("To be corrected")
    ADMITTED = "admitted", _("Admitted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ARCHIVED = "archived", _("Archived")


QUOTA_STATUSES = (
    PosterStatus.DRAFT,
    PosterStatus.SUBMITTED,
    PosterStatus.RETURNED,
    PosterStatus.ADMITTED,
)
"""The statuses that count towards what an establishment may hand in."""

WRITABLE_STATUSES = (PosterStatus.DRAFT, PosterStatus.SUBMITTED, PosterStatus.RETURNED)
"""The statuses in which the establishment holds the pen, while time allows."""


class RegistrationMode(models.TextChoices):
    """Whether establishments announce their posters before they hand them in."""

    OFF = "off", _("No registration")
    OPTIONAL = "optional", _("Registration possible")
    REQUIRED = "required", _("Registration required before a deposit")


class Shape(models.TextChoices):
    """The shape that a contest wants its posters in."""

    A_PORTRAIT = "a_portrait", _("A3 or A4, upright")
    A_EITHER = "a_either", _("A3 or A4, upright or on its side")
    FREE = "free", _("Any shape")


class PrizeKind(models.TextChoices):
    """What a prize rewards."""

    CATEGORY = "category", _("Prize of each category")
    SPECIAL = "special", _("Special prize, all categories together")
    FAVOURITE = "favourite", _("The jury’s favourite")


class AiUse(models.TextChoices):
    """What a poster owes to a generative AI, as its establishment declares it."""

    NONE = "none", _("No picture or text made by an AI")
    PART = "part", _("A part was made with an AI")
    WHOLE = "whole", _("Most of it was made with an AI")


class Decision(models.TextChoices):
    """What an editor may do with a poster."""

    ADMIT = "admit", _("Admit")
    RETURN = "return", _("Send back for correction")
    REFUSE = "refuse", _("Refuse")
    REOPEN = "reopen", _("Examine again")
    WITHDRAW = "withdraw", _("Withdraw for good")


class Reason(models.TextChoices):
    """Why a poster is sent back or refused; words of the editor's own may be added."""

    UNREADABLE = "unreadable", _("The picture is blurred or cannot be read")
    RULES = "rules", _("The format is not the one of the rules")
    OFF_THEME = "off_theme", _("The poster does not deal with the theme")
    PEOPLE = "people", _("People can be recognised, or pupils’ names can be read")
    SOURCES = "sources", _("Pictures of others are used without their source or their licence")
    ALTERNATIVE = "alternative", _("The alternative text does not describe the poster")
    STATEMENT = "statement", _("The statement is missing or unclear")
    DUPLICATE = "duplicate", _("The same poster was handed in already")
    CONTENT = "content", _("The content is not suitable for pupils")
    OTHER = "other", _("Another reason")


class ReminderKind(models.TextChoices):
    """What an establishment is reminded of."""

    REGISTER = "register", _("To register")
    DEPOSIT = "deposit", _("To hand in its posters")


class PrintKind(models.TextChoices):
    """What an editor has prepared for the printer."""

    LABELS = "labels", _("Labels of the exhibition")
    SHEETS = "sheets", _("Posters in A3")
    DIPLOMAS = "diplomas", _("Diplomas")


class JobState(models.TextChoices):
    """How far a file prepared in the background is."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("In preparation")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


UNFINISHED_JOBS = (JobState.QUEUED, JobState.RUNNING)
"""The states in which a file is still to come."""
