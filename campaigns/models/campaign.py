"""The yearly edition, and the page that lists the editions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from home.blocks import BODY_BLOCKS
from home.fields import StreamField
from home.models import BasePage

from campaigns.phases import Calendar


class CampaignIndexPage(BasePage):
    """All editions of an académie, the newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "campaigns/campaign_index_page.html"

    class Meta:
        verbose_name = _("list of editions")
        verbose_name_plural = _("lists of editions")


class CampaignPage(BasePage):
    """One yearly edition of the Semaine: its theme, its week, its call for actions."""

    school_year = models.CharField(_("school year"), max_length=9, help_text=_("As in 2026-2027."))
    edition = models.PositiveSmallIntegerField(_("number of the edition"), null=True, blank=True)
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    patron = models.CharField(_("patron"), max_length=120, blank=True)
    week_first_day = models.DateField(_("first day of the week"))
    week_last_day = models.DateField(_("last day of the week"))
    call_opens_at = models.DateTimeField(_("call opens"))
    call_closes_at = models.DateTimeField(
        _("call closes"), help_text=_("Fiches handed in up to this instant are accepted.")
    )
    publication_on = models.DateField(_("publication of the fiches"), null=True, blank=True)
    network_review = models.BooleanField(
        _("network leads give their visa first"),
        default=True,
        help_text=_("Otherwise, and for networks without a lead, the académie reviews at once."),
    )
    letter = models.ForeignKey(
        "home.SiteDocument",
        verbose_name=_("letter"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("school_year"),
        FieldPanel("edition"),
        FieldPanel("theme"),
        FieldPanel("patron"),
        FieldPanel("week_first_day"),
        FieldPanel("week_last_day"),
        FieldPanel("call_opens_at"),
        FieldPanel("call_closes_at"),
        FieldPanel("publication_on"),
        FieldPanel("network_review"),
        FieldPanel("letter"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("theme"),
        index.SearchField("body"),
        index.FilterField("week_first_day"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.EventPage", "campaigns.ActionIndexPage", "home.ContentPage"]
    template = "campaigns/campaign_page.html"

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    @property
    def calendar(self) -> Calendar:
        """The edition's instants, as a pure value."""
        return Calendar(
            self.call_opens_at, self.call_closes_at, self.week_first_day, self.week_last_day
        )

    def clean(self) -> None:
        """Refuse dates that run backwards."""
        super().clean()
        errors = {}
        if self.week_first_day and self.week_last_day and self.week_last_day < self.week_first_day:
            errors["week_last_day"] = _("The week must end on or after its first day.")
        if self.call_opens_at and self.call_closes_at and self.call_closes_at <= self.call_opens_at:
            errors["call_closes_at"] = _("The call must close after it opens.")
        if errors:
            raise ValidationError(errors)
