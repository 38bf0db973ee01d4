"""Filters of the admin's pages about a contest: `{% load contest_admin %}`."""

from __future__ import annotations

from django import template

from contest.limit_changes import Entry, Fault
from contest.limit_wording import fault_in_words

register = template.Library()


@register.filter
def fault_words(fault: Fault, entry: Entry) -> str:
    """What no longer fits, in the words of an editor."""
    return fault_in_words(fault, entry)
