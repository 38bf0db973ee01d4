"""The gallery in the menu of every page, once it is open.

Costs a query a minute: a page that is saved, moved or deleted is seen at once by the process that
did it, and by all where the cache is shared (Redis); a gallery that opens by the clock, within the
minute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction, Site

from home.navigation import NAVIGATION_HOOK, Entry

from .models.gallery_routes import GALLERY
from .querysets import contests_open_to_all

if TYPE_CHECKING:
    from django.http import HttpRequest

SECONDS_KEPT = 60


@hooks.register(NAVIGATION_HOOK, order=10)  # after the edition and its contest
def menu_entries(request: HttpRequest | None, home_page: Page) -> list[Entry]:
    """The gallery of the latest contest below `home_page` that everybody may see, if any."""
    key = _key(home_page.pk)
    address: str | None = cache.get(key)
    if address is None:
        contest = (
            contests_open_to_all(timezone.now())
            .filter(path__startswith=home_page.path)
            .order_by("-deposit_opens_at")
            .values_list("url_path", flat=True)
            .first()
        )
        address = f"/{contest.removeprefix(home_page.url_path)}{GALLERY}" if contest else ""
        cache.set(key, address, SECONDS_KEPT)
    return [Entry(_("Gallery"), address)] if address else []


def forget_after(instance: Model, **signal: Any) -> None:
    """Receive the signals of all models, and ask anew where a page is concerned."""
    if isinstance(instance, Page | PageViewRestriction):
        keys = [_key(pk) for pk in Site.objects.values_list("root_page", flat=True)]
        cache.delete_many(keys)
        # Another process may have asked again before this one committed.
        transaction.on_commit(lambda: cache.delete_many(keys))


def connect_signals() -> None:
    """Follow the pages; called once, when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(forget_after, dispatch_uid="contest.gallery_menu")


def _key(home_page_id: int) -> str:
    return f"contest.gallery.menu.{home_page_id}"
