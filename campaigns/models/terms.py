"""The vocabularies of a fiche: a shared core, and each académie's own terms beside it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from establishments.models import Academy


class Term(models.Model):
    """One entry of a vocabulary; without an académie it belongs to the shared core."""

    academy = models.ForeignKey(
        Academy, verbose_name=_("académie"), null=True, blank=True, on_delete=models.CASCADE
    )
    code = models.SlugField(_("code"), max_length=60)
    label = models.CharField(_("label"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("offered in new fiches"), default=True)

    class Meta:
        abstract = True
        ordering = ["order", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["academy", "code"],
                name="%(class)s_code_in_academy",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.label


class Audience(Term):
    """Whom a fiche is for (public cible)."""

    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Level(Term):
    """A level of schooling (niveau)."""

    class Meta(Term.Meta):
        verbose_name = _("level")
        verbose_name_plural = _("levels")


class Theme(Term):
    """A theme (thématique)."""

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class ActionType(Term):
    """A type of action: workshop, forum, exhibition…"""

    class Meta(Term.Meta):
        verbose_name = _("type of action")
        verbose_name_plural = _("types of action")


class PartnerType(Term):
    """A type of partner."""

    class Meta(Term.Meta):
        verbose_name = _("type of partner")
        verbose_name_plural = _("types of partner")


class ProductionType(Term):
    """What an action produces: a poster, a podcast, a show…"""

    class Meta(Term.Meta):
        verbose_name = _("type of production")
        verbose_name_plural = _("types of production")


class FundingSource(Term):
    """Where an action's means come from; internal, never public."""

    class Meta(Term.Meta):
        verbose_name = _("source of funding")
        verbose_name_plural = _("sources of funding")
