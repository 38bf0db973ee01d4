"""What an establishment has done in a contest, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .participation import Standing

if TYPE_CHECKING:
    from django.utils.functional import Promise

STANDING_LABELS: Final[dict[Standing, Promise]] = {
    Standing.ALL: gettext_lazy("All the establishments concerned"),
    Standing.REGISTERED: gettext_lazy("Have registered"),
    Standing.DEPOSITED: gettext_lazy("Have handed in"),
    Standing.EXPECTED: gettext_lazy("Registered, nothing handed in"),
    Standing.SILENT: gettext_lazy("Neither registered nor handed in"),
}


def standing_in_words(line: Any) -> str:
    """Where a line of `participation.lines` stands: "Registered, nothing handed in"."""
    if line.deposited:
        return ngettext("%(n)d poster handed in", "%(n)d posters handed in", line.deposited) % {
            "n": line.deposited
        }
    if line.started:
        return _("Draft started")
    return _("Registered, nothing yet") if line.is_registered else _("Nothing yet")
