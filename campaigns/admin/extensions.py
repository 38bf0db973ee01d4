"""The editors' page on extra time, in Wagtail's admin: its address, its menu entry, its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaigns.views.extending import ExtensionsView
from establishments.permissions import edited_academy_ids

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.log_actions import LogActionRegistry, LogEntry


@hooks.register("register_admin_urls")
def extension_urls() -> list[URLPattern]:
    """The page of the edition to show first, and that of each edition."""
    return [
        path("fiches/delais/", ExtensionsView.as_view(), name="extensions"),
        path(
            "fiches/delais/<int:campaign_pk>/", ExtensionsView.as_view(), name="edition_extensions"
        ),
    ]


class ExtensionsMenuItem(MenuItem):
    """Leads editors, and no other, to the page."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To whoever edits an académie."""
        return bool(edited_academy_ids(request.user)) or request.user.is_superuser


@hooks.register("register_admin_menu_item")
def menu_item() -> ExtensionsMenuItem:
    """The entry of the main menu, below the fiches."""
    return ExtensionsMenuItem(
        _("Extra time"), reverse_lazy("extensions"), name="extensions", icon_name="time", order=160
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's log keep, and tell, who gave whom how much time."""
    from wagtail.log_actions import LogFormatter

    class ExtensionFormatter(LogFormatter):
        """Names the establishment and the instant."""

        def format_message(self, log_entry: LogEntry) -> str:
            from django.utils.dateparse import parse_datetime

            from campaigns.wording import instant_in_words

            data = log_entry.data or {}
            until = parse_datetime(data.get("until", ""))
            return str(self.sentence) % {
                "establishment": data.get("establishment", ""),
                "uai": data.get("uai", ""),
                "until": instant_in_words(until) if until else "",
            }

    class Granted(ExtensionFormatter):
        label = _("Extra time given")
        sentence = _("Extra time given to %(establishment)s (%(uai)s) until %(until)s")

    class Ended(ExtensionFormatter):
        label = _("Extra time taken back")
        sentence = _("Extra time of %(establishment)s (%(uai)s) taken back")

    actions.register_action("campaigns.extend")(Granted)
    actions.register_action("campaigns.end_extension")(Ended)
