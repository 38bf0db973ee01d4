"""The vocabularies of a fiche: a shared core, and each académie's own terms beside it."""

from __future__ import annotations

from itertools import chain, count
from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from establishments.models import Academy


class Term(models.Model):
    """One entry of a vocabulary; without an académie it belongs to the shared core."""

    academy = models.ForeignKey(
        Academy,
        verbose_name=_("académie"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        help_text=_("Without one, the entry belongs to the core that all académies share."),
    )
    code = models.SlugField(
        _("code"), max_length=60, blank=True, help_text=_("Made from the label; never changes.")
    )
    label = models.CharField(_("label"), max_length=80)
    order = models.PositiveSmallIntegerField(
        _("order"),
        default=1_000,
        help_text=_("The smallest comes first. The shared core counts by tens: 10, 20, 30…"),
    )
    is_active = models.BooleanField(
        _("offered in new fiches"),
        default=True,
        help_text=_("Fiches that use the entry keep it when it is no longer offered."),
    )

    class Meta:
        abstract = True
        ordering = ["order", "label"]
        constraints = [
            models.UniqueConstraint(fields=["academy", "code"], name="%(class)s_code_in_academy"),
            # Two nulls are distinct to a constraint: the shared core needs one of its own.
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(academy__isnull=True),
                name="%(class)s_code_in_core",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new entry its code."""
        if not self.code:
            self.code = self._free_code()
        super().save(*args, **kwargs)

    def _free_code(self) -> str:
        """A code made from the label that neither the core nor the académie uses.

        Links and exports name an entry by its code: one of an académie must not pass for one of
        the core.
        """
        base = slugify(self.label)[:50].strip("-") or "entry"
        taken = set(
            type(self)
            ._default_manager.filter(models.Q(academy=None) | models.Q(academy=self.academy))
            .filter(code__startswith=base)
            .values_list("code", flat=True)
        )
        candidates = chain([base], (f"{base}-{number}" for number in count(2)))
        return next(code for code in candidates if code not in taken)


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
