"""The rows of a contest's page: categories, criteria, prizes."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from contest.enums import PrizeKind
from contest.fields import ChoiceListField
from contest.vocabulary import kind_options

from .contest_page import ContestPage


class Category(Orderable):
    """A category of the contest, and the kinds of establishment that it takes."""

    contest = ParentalKey(ContestPage, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(_("name"), max_length=80)
    kinds = ChoiceListField(
        _("kinds of establishment"),
        options=kind_options,
        default=list,
        blank=True,
        help_text=_("Nothing ticked: the category is open to every establishment."),
    )

    panels = [FieldPanel("name"), FieldPanel("kinds")]

    class Meta(Orderable.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def takes(self, kind: str) -> bool:
        """Whether establishments of `kind` may enter; a category without kinds takes all."""
        return not self.kinds or kind in self.kinds


class Criterion(Orderable):
    """What the jury grades, and how much it weighs."""

    contest = ParentalKey(ContestPage, on_delete=models.CASCADE, related_name="criteria")
    label = models.CharField(_("criterion"), max_length=80)
    help_text = models.CharField(_("what it means"), max_length=255, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("A criterion of weight 2 counts twice as much as one of weight 1."),
    )
    scale = models.PositiveSmallIntegerField(
        _("highest grade"), default=5, validators=[MinValueValidator(2), MaxValueValidator(20)]
    )

    panels = [
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldRowPanel([FieldPanel("weight"), FieldPanel("scale")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return self.label


class Prize(Orderable):
    """A prize; one of each category counts for every category."""

    contest = ParentalKey(ContestPage, on_delete=models.CASCADE, related_name="prizes")
    label = models.CharField(_("prize"), max_length=120)
    kind = models.CharField(
        _("rewards"), max_length=10, choices=PrizeKind.choices, default=PrizeKind.CATEGORY
    )
    reward = models.CharField(_("what is won"), max_length=160, blank=True)
    ties_allowed = models.BooleanField(_("may be shared (ex æquo)"), default=True)

    panels = [
        FieldPanel("label"),
        FieldPanel("kind"),
        FieldPanel("reward"),
        FieldPanel("ties_allowed"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")

    def __str__(self) -> str:
        return self.label
