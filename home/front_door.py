"""The home page and the settings of the site that answers a request, in one query.

Wagtail's routing reads the home page, and the frame of the page the settings: two queries of every
page. Other than that nothing changes, and nothing breaks where this was not called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import Site

from home.models import SiteSettings
from home.routing import in_own_type

if TYPE_CHECKING:
    from django.http import HttpRequest


def open_front_door(request: HttpRequest) -> None:
    """Read ahead what every page of the site of `request` needs; one query beside the site's."""
    site = Site.find_for_request(request)
    if site is None:
        return
    known = Site.objects.select_related("root_page__homepage", "sitesettings").get(pk=site.pk)
    site.root_page = in_own_type(known.root_page)
    settings = getattr(known, "sitesettings", None)
    if settings is not None:  # else they are made at the first use, by `settings_of`
        settings.site = site  # which tells the site of them


def settings_of(site: Site) -> SiteSettings:
    """The settings of `site`, made at the first use; nothing is asked for those read ahead."""
    try:
        return site.sitesettings
    except SiteSettings.DoesNotExist:
        return SiteSettings.for_site(site)
