"""What an establishment can be: closed vocabularies, without the ORM."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an establishment is; drives the stage, the filters and the contest's categories."""

    NURSERY = "nursery", _("Nursery school")
    ELEMENTARY = "elementary", _("Elementary school")
    PRIMARY = "primary", _("Primary school")
    COLLEGE = "college", _("Collège")
    LYCEE_GT = "lycee_gt", _("General and technological lycée")
    LYCEE_PRO = "lycee_pro", _("Vocational lycée")
    LYCEE_POLYVALENT = "lycee_poly", _("Comprehensive lycée")
    EREA = "erea", _("EREA")
    CIO = "cio", _("Guidance centre (CIO)")
    CFA = "cfa", _("Apprentice training centre (CFA)")
    MFR = "mfr", _("Maison familiale rurale")
    RELAY = "relay", _("Dispositif relais")
    MEDICAL = "medical", _("Medico-social establishment")
    ADMINISTRATION = "administration", _("Administrative service")
    OTHER = "other", _("Other")


class Stage(models.TextChoices):
    """The stage of schooling that a kind belongs to."""

    PRIMARY = "primary", _("Primary")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary")
    OTHER = "other", _("Other")


STAGE_OF_KIND = {
    Kind.NURSERY: Stage.PRIMARY,
    Kind.ELEMENTARY: Stage.PRIMARY,
    Kind.PRIMARY: Stage.PRIMARY,
    Kind.COLLEGE: Stage.LOWER_SECONDARY,
    Kind.RELAY: Stage.LOWER_SECONDARY,
    Kind.LYCEE_GT: Stage.UPPER_SECONDARY,
    Kind.LYCEE_PRO: Stage.UPPER_SECONDARY,
    Kind.LYCEE_POLYVALENT: Stage.UPPER_SECONDARY,
    Kind.EREA: Stage.UPPER_SECONDARY,
    Kind.CFA: Stage.UPPER_SECONDARY,
    Kind.MFR: Stage.UPPER_SECONDARY,
}


class Sector(models.TextChoices):
    """Public, or private under contract or not."""

    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Private")


class Source(models.TextChoices):
    """Where a record comes from; an import never touches a manual one."""

    DIRECTORY = "directory", _("Directory")
    MANUAL = "manual", _("Entered by hand")
