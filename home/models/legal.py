"""The declaration of accessibility (RGAA 4.1), typed so that its label can be computed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .pages import BasePage


class AccessibilityPage(BasePage):
    """The declaration of accessibility; footer and page compute their label from it."""

    audited_on = models.DateField(_("audited on"), null=True, blank=True)
    rate = models.PositiveSmallIntegerField(_("rate of conformity (%)"), null=True, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("audited_on"), FieldPanel("rate")]
    template = "home/accessibility_page.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("accessibility declaration")
        verbose_name_plural = _("accessibility declarations")
