"""What a change of rules breaks, in the words of an editor."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat, floatformat
from django.utils.translation import gettext as _

from campaigns.dates import day_in_words
from contest.images.formats import Format
from contest.limit_changes import Entry, Fault
from contest.vocabulary import FORMAT_LABELS

_ABOUT_THE_FILE = frozenset(
    {Fault.FORMAT, Fault.WEIGHT, Fault.PIXELS, Fault.ORIENTATION, Fault.RATIO}
)


def fault_in_words(fault: Fault, entry: Entry) -> str:
    """Why `entry` would no longer keep to the rules."""
    if entry.file is not None and fault in _ABOUT_THE_FILE:
        return _about_the_file(fault, *entry.file)
    if fault in (Fault.RIGHTS_END_SOONER, Fault.RIGHTS_END_LATER) and entry.rights_end_on:
        day = day_in_words(entry.rights_end_on)
        if fault is Fault.RIGHTS_END_SOONER:
            return _("It was attested until %(day)s only: it leaves the site then.") % {"day": day}
        return _("It was attested until %(day)s: it stays on the site until then.") % {"day": day}
    return {
        Fault.CATEGORY: _("Its category would no longer take its establishment."),
        Fault.QUOTA: _("Its establishment has more posters than would be allowed."),
        Fault.RIGHTS_SCOPE: _("Its establishment has attested other words."),
    }[fault]


def _about_the_file(fault: Fault, format_: Format, width: int, height: int, weight: int) -> str:
    size = {"width": floatformat(width, "0g"), "height": floatformat(height, "0g")}
    if fault is Fault.FORMAT:
        return _("Its format would no longer be taken: %(format)s") % {
            "format": FORMAT_LABELS[format_]
        }
    if fault is Fault.WEIGHT:
        return _("Its file would be too heavy: %(weight)s") % {"weight": filesizeformat(weight)}
    if fault is Fault.PIXELS:
        return _("Its picture would be too small: %(width)s × %(height)s pixels") % size
    if fault is Fault.ORIENTATION:
        return _("It lies on its side: %(width)s × %(height)s pixels") % size
    return _("Its shape would no longer do: %(width)s × %(height)s pixels") % size
