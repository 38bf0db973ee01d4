"""The catalogue page of an edition's fiches."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin

from home.models import BasePage


class ActionIndexPage(RoutablePageMixin, BasePage):
    """The public catalogue of one edition's fiches-actions."""

    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "campaigns/action_index_page.html"

    class Meta:
        verbose_name = _("catalogue of fiches")
        verbose_name_plural = _("catalogues of fiches")
