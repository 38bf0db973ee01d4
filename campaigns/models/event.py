"""An event of an edition: seminar, round table, forum…"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from campaigns.phases import local_day, shifted
from campaigns.programme import PROGRAMME_BLOCKS, parts_of
from home.blocks import BODY_BLOCKS
from home.fields import StreamField
from home.models import BasePage

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest


class EventKind(models.TextChoices):
    """What an event is."""

    SEMINAR = "seminar", _("Seminar")
    ROUND_TABLE = "round_table", _("Round table")
    FORUM = "forum", _("Forum")
    LECTURE = "lecture", _("Lecture")
    COMMITTEE = "committee", _("Steering committee")
    CEREMONY = "ceremony", _("Ceremony")


class EventPage(BasePage):
    """Where and when people meet, with the programme."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    address = models.CharField(
        _("address"),
        max_length=255,
        blank=True,
        help_text=_("Street, postcode and town, as for a letter."),
    )
    registration_url = models.URLField(
        _("registration link"),
        blank=True,
        help_text=_("Shown until the event is over."),
    )
    recording_url = models.URLField(
        _("recording"),
        blank=True,
        help_text=_("Shown once the event is over; a link, so that no third party sets a cookie."),
    )
    programme = StreamField(PROGRAMME_BLOCKS, verbose_name=_("programme"), blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("place"),
                FieldPanel("address"),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [FieldPanel("registration_url"), FieldPanel("recording_url")],
            heading=_("Before and after"),
        ),
        FieldPanel("programme"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("place"),
        index.SearchField("programme"),
        index.SearchField("body"),
    ]
    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types: list[str] = []
    template = "campaigns/event_page.html"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def is_over(self, now: datetime) -> bool:
        """Whether nobody can come any more."""
        return now > self.ends_at

    def clean(self) -> None:
        """Refuse an event that ends before it starts."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The event must end after it starts.")})

    def values_for_next_edition(self, days: int) -> dict[str, Any]:
        """What a copy made for the next edition holds instead; links lead to last year's."""
        return {
            "starts_at": shifted(self.starts_at, days),
            "ends_at": shifted(self.ends_at, days),
            "registration_url": "",
            "recording_url": "",
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the programme in parts and what this instant allows."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["parts"] = parts_of(self.programme)
        context["one_day"] = local_day(self.starts_at) == local_day(self.ends_at)
        context["is_over"] = self.is_over(timezone.now())
        return context
