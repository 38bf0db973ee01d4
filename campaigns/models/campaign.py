"""The yearly edition, and the page that lists the editions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.search import index

from campaigns.admin.page_forms import CampaignPageForm
from campaigns.phases import Calendar, local_day, shifted
from campaigns.school_year import contains, validate_school_year
from home.blocks import BODY_BLOCKS
from home.fields import StreamField
from home.models import BasePage

from .edition_routes import EditionRoutes

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_WEEK_DAYS = 14
"""The Semaine lasts from five to eight days where it is known; more is a slip of the keyboard."""


class CampaignIndexPage(BasePage):
    """All editions of an académie, the newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "campaigns/campaign_index_page.html"

    class Meta:
        verbose_name = _("list of editions")
        verbose_name_plural = _("lists of editions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the editions."""
        from campaigns.editions import editions_below

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["editions"] = editions_below(self.get_parent())
        context["now"] = timezone.now()
        return context


class CampaignPage(EditionRoutes, BasePage):
    """One yearly edition of the Semaine: its theme, its week, its call for actions."""

    school_year = models.CharField(
        _("school year"),
        max_length=9,
        validators=[validate_school_year],
        help_text=_("As in 2026-2027."),
    )
    edition = models.PositiveSmallIntegerField(
        _("number of the edition"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("4 for the fourth edition of the académie."),
    )
    theme = models.CharField(
        _("theme"),
        max_length=120,
        blank=True,
        help_text=_("Shown without quotation marks below the title."),
    )
    patron = models.CharField(
        _("patron"),
        max_length=120,
        blank=True,
        help_text=_("Name and quality, as they are to be published."),
    )
    week_first_day = models.DateField(_("first day of the week"))
    week_last_day = models.DateField(
        _("last day of the week"), help_text=_("Included in the week.")
    )
    call_opens_at = models.DateTimeField(
        _("call opens"), help_text=_("From then on establishments may hand in their fiches.")
    )
    call_closes_at = models.DateTimeField(
        _("call closes"),
        help_text=_("The minute that you give is included: 23:59 lasts until midnight."),
    )
    publication_on = models.DateField(
        _("publication of the fiches"),
        null=True,
        blank=True,
        help_text=_("A date to announce; each fiche is published by a decision of yours."),
    )
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
        help_text=_("The letter to heads of establishment, as an accessible PDF."),
    )
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The poster or a landscape of the edition; wider than high is best."),
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("school_year"), FieldPanel("edition")]),
                FieldPanel("theme"),
                FieldPanel("patron"),
                FieldPanel("picture"),
            ],
            heading=_("Identity of the edition"),
        ),
        FieldPanel("letter"),
        FieldPanel("body"),
    ]
    dates_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("week_first_day"), FieldPanel("week_last_day")])],
            heading=_("The Week"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("call_opens_at"), FieldPanel("call_closes_at")]),
                FieldPanel("publication_on"),
            ],
            heading=_("The call for actions"),
        ),
        MultiFieldPanel([FieldPanel("network_review")], heading=_("Review of the fiches")),
    ]
    around_panels = [
        InlinePanel("key_figures", heading=_("Key figures"), label=_("key figure"), max_num=6),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact"), max_num=12),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(dates_panels, heading=_("Dates and review")),
            ObjectList(around_panels, heading=_("Figures and contacts")),
            ObjectList(BasePage.promote_panels, heading=_("Address and search engines")),
            ObjectList(BasePage.settings_panels, heading=_("Publication")),
        ]
    )
    base_form_class = CampaignPageForm
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("theme"),
        index.SearchField("patron"),
        index.SearchField("body"),
        index.FilterField("week_first_day"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "campaigns.EventPage",
        "campaigns.ActionIndexPage",
        "contest.ContestPage",
        "home.ContentPage",
    ]
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
        """Refuse dates that no edition can have; each message goes beside its field."""
        super().clean()
        errors = {**self._week_errors(), **self._call_errors()}
        if errors:
            raise ValidationError(errors)

    def _week_errors(self) -> dict[str, Promise]:
        """What is wrong with the week. Fields that are missing have a message already."""
        first, last = self.week_first_day, self.week_last_day
        if not first or not last:
            return {}
        if last < first:
            return {"week_last_day": _("The week must end on or after its first day.")}
        if last - first >= timedelta(days=LONGEST_WEEK_DAYS):
            return {"week_last_day": _("The week cannot last more than fourteen days.")}
        try:
            validate_school_year(self.school_year)
        except ValidationError:
            return {}
        if not contains(self.school_year, first):
            return {"school_year": _("The week is not in this school year.")}
        return {}

    def _call_errors(self) -> dict[str, Promise]:
        """What is wrong with the call and the publication."""
        if not self.call_opens_at or not self.call_closes_at:
            return {}
        errors: dict[str, Promise] = {}
        if self.call_closes_at <= self.call_opens_at:
            errors["call_closes_at"] = _("The call must close after it opens.")
        elif self.week_last_day and local_day(self.call_closes_at) > self.week_last_day:
            errors["call_closes_at"] = _("The call cannot close after the end of the week.")
        if self.publication_on and self.publication_on < local_day(self.call_opens_at):
            errors["publication_on"] = _("No fiche can be published before the call opens.")
        return errors

    def values_for_next_edition(self, days: int) -> dict[str, Any]:
        """What a copy made for the next edition holds instead of these values.

        Dates move by `days`. Theme, patron, picture and letter belong to one year: left empty, they
        are missed; left as they were, they are published by mistake.
        """
        move = timedelta(days=days)
        return {
            "week_first_day": self.week_first_day + move,
            "week_last_day": self.week_last_day + move,
            "call_opens_at": shifted(self.call_opens_at, days),
            "call_closes_at": shifted(self.call_closes_at, days),
            "publication_on": self.publication_on + move if self.publication_on else None,
            "theme": "",
            "patron": "",
            "picture": None,
            "letter": None,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the edition shows at this instant."""
        from campaigns.edition_page import edition_context  # it reads the models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(edition_context(self, request, timezone.now()))
        return context
