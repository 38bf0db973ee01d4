"""How long a fiche has waited, and which deadline is near. Values and words: no ORM, no request."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .phases import Calendar, local_day

UNTOUCHED_FOR = timedelta(days=7)
"""Left alone for so long, a fiche is brought back to mind (issue: "untouched for a week")."""

CALL_IS_NEAR = timedelta(days=7)
WEEK_IS_NEAR = timedelta(days=14)


def days_since(since: datetime, now: datetime) -> int:
    """The calendar days, in Paris, from `since` to `now`; none where `since` is to come."""
    return max((local_day(now) - local_day(since)).days, 0)


def since_in_words(since: datetime | None, now: datetime) -> str:
    """How long ago `since` is, in days: "since yesterday"; empty where it is not known."""
    if since is None:
        return ""
    days = days_since(since, now)
    if days == 0:
        return _("since today")
    if days == 1:
        return _("since yesterday")
    return ngettext("since %(count)d day ago", "since %(count)d days ago", days) % {"count": days}


def near_deadline(calendar: Calendar, now: datetime) -> str:
    """The next deadline of an edition where it is near, in words; else empty.

    The call's end within a week, then the week's beginning within a fortnight.
    """
    if calendar.accepts_submissions(now) and calendar.call_closes_at - now <= CALL_IS_NEAR:
        return _("call closes %(when)s") % {"when": _in_days(calendar.call_closes_at, now)}
    if now < calendar.week_starts_at and calendar.week_starts_at - now <= WEEK_IS_NEAR:
        return _("the Week begins %(when)s") % {"when": _in_days(calendar.week_starts_at, now)}
    if calendar.week_starts_at <= now < calendar.week_ends_at:
        return _("the Week is under way")
    return ""


def _in_days(instant: datetime, now: datetime) -> str:
    days = (local_day(instant) - local_day(now)).days
    if days <= 0:
        return _("this very day")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
