"""An event of an edition: seminar, round table, forum…"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.blocks import BODY_BLOCKS
from home.fields import StreamField
from home.models import BasePage


class EventKind(models.TextChoices):
    """What an event is."""

    SEMINAR = "seminar", _("Seminar")
    ROUND_TABLE = "round_table", _("Round table")
    FORUM = "forum", _("Forum")
    COMMITTEE = "committee", _("Steering committee")
    CEREMONY = "ceremony", _("Ceremony")


class EventPage(BasePage):
    """Where and when people meet, with the programme."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    registration_url = models.URLField(_("registration link"), blank=True)
    recording_url = models.URLField(_("recording"), blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("starts_at"),
        FieldPanel("ends_at"),
        FieldPanel("place"),
        FieldPanel("address"),
        FieldPanel("registration_url"),
        FieldPanel("recording_url"),
        FieldPanel("body"),
    ]
    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types: list[str] = []
    template = "campaigns/event_page.html"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
