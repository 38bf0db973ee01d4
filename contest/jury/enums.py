"""The closed lists of a jury's work: what code depends on."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from contest.tally import definition


class Method(models.TextChoices):
    """How jurors grade and how grades become places."""

    MAJORITY = definition.MAJORITY, _("Majority judgment (six mentions)")
    CRITERIA = definition.CRITERIA, _("Grades by criterion")
    APPROVAL = definition.APPROVAL, _("Keep or leave out (pre-selection)")
    RANKING = definition.RANKING, _("Ranking (20 finalists at most)")


class LastResort(models.TextChoices):
    """What happens to posters that no step of the rules tells apart."""

    EX_AEQUO = definition.EX_AEQUO, _("They share the place (ex æquo)")
    LOT = definition.LOT, _("A lot is drawn, which anybody can check")


class College(models.TextChoices):
    """Whom a juror sits for."""

    PUPIL = "pupil", _("Pupils")
    STAFF = "staff", _("Staff of establishments")
    PARENT = "parent", _("Parents")
    SERVICE = "service", _("Services of the académie")
    PARTNER = "partner", _("Partners")
    ARTIST = "artist", _("Artists and picture professionals")
    OTHER = "other", _("Others")


class ConflictSource(models.TextChoices):
    """Where a conflict of interest is known from."""

    ESTABLISHMENT = "establishment", _("The juror’s own establishment")
    ACCOUNT = "account", _("The mailbox of the establishment is the juror’s")
    NETWORK = "network", _("The juror leads the network of the establishment")
    DECLARED = "declared", _("Declared by the juror")
    RECUSED = "recused", _("The juror stepped aside while judging")
    ORGANISER = "organiser", _("Entered by the organisers")


AUTOMATIC_SOURCES = (
    ConflictSource.ESTABLISHMENT,
    ConflictSource.ACCOUNT,
    ConflictSource.NETWORK,
)
"""Those that the site finds by itself, and finds anew each time that it looks."""


class AssignmentStatus(models.TextChoices):
    """How far a juror is with a poster."""

    TODO = "todo", _("To judge")
    DRAFT = "draft", _("Begun")
    SUBMITTED = "submitted", _("Judged")
    RECUSED = "recused", _("Stepped aside")
    REVOKED = "revoked", _("Taken away")


WORKABLE = (AssignmentStatus.TODO, AssignmentStatus.DRAFT, AssignmentStatus.SUBMITTED)
"""The statuses in which a juror may judge the poster."""

BEGUN = (AssignmentStatus.DRAFT, AssignmentStatus.SUBMITTED)
"""Those that no new assignment of work takes away."""


class Stage(StrEnum):
    """Where a round stands, in the order in which it gets there."""

    DRAFT = "draft"
    ASSIGNED = "assigned"
    OPEN = "open"
    CLOSED = "closed"
    TALLIED = "tallied"


STAGE_LABELS = {
    Stage.DRAFT: _("In preparation"),
    Stage.ASSIGNED: _("Posters assigned"),
    Stage.OPEN: _("Open"),
    Stage.CLOSED: _("Closed"),
    Stage.TALLIED: _("Counted"),
}
