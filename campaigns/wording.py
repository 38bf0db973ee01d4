"""What an edition says of itself at a given instant, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from campaigns.dates import day_in_words, hour_in_words, weekday_in_words
from campaigns.phases import Opportunity, Outlook, Phase, local_day

if TYPE_CHECKING:
    from datetime import datetime


def phase_in_words(phase: Phase) -> str:
    """The short name of `phase`, as on a badge."""
    return {
        Phase.PREPARATION: _("In preparation"),
        Phase.CALL_OPEN: _("Call open"),
        Phase.CALL_CLOSED: _("Call closed"),
        Phase.WEEK: _("Under way"),
        Phase.CLOSED: _("Over"),
    }[phase]


def outlook_in_words(outlook: Outlook) -> str:
    """What can be done now, as "Déposer une fiche avant le 9 mars à 23 h 59"."""
    sentence = {
        Opportunity.CALL_OPENS: _call_opens,
        Opportunity.HAND_IN: hand_in_in_words,
        Opportunity.WEEK_ON: _week_on,
        Opportunity.WEEK_IN_DAYS: _week_in_days,
        Opportunity.WEEK_TOMORROW: _week_tomorrow,
        Opportunity.WEEK_RUNNING: _week_running,
        Opportunity.WEEK_LAST_DAY: _week_last_day,
        Opportunity.LOOK_BACK: _look_back,
    }[outlook.opportunity]
    return sentence(outlook)


def hand_in_in_words(outlook: Outlook) -> str:
    """Until when fiches may be handed in; empty while they may not."""
    if outlook.call_at is None:
        return ""
    return _("Hand in a fiche before %(day)s at %(hour)s") % {
        "day": day_in_words(local_day(outlook.call_at), year=False),
        "hour": hour_in_words(outlook.call_at),
    }


def instant_in_words(instant: datetime) -> str:
    """`instant` in full: "lundi 3 avril 2023 à 8 h"."""
    return _("%(day)s at %(hour)s") % {
        "day": day_in_words(local_day(instant), weekday=True),
        "hour": hour_in_words(instant),
    }


def _call_opens(outlook: Outlook) -> str:
    if outlook.call_at is None:
        return ""
    return _("The call opens on %(instant)s") % {"instant": instant_in_words(outlook.call_at)}


def _week_on(outlook: Outlook) -> str:
    return _("The Week starts on %(day)s") % {
        "day": day_in_words(outlook.week_first_day, weekday=True)
    }


def _week_in_days(outlook: Outlook) -> str:
    return _("The Week starts in %(days)s days") % {"days": outlook.days}


def _week_tomorrow(outlook: Outlook) -> str:
    return _("The Week starts tomorrow")


def _week_running(outlook: Outlook) -> str:
    if outlook.week_first_day == outlook.week_last_day:
        return _("The Week is today")
    if outlook.days < 7:
        return _("The Week is under way until %(weekday)s") % {
            "weekday": weekday_in_words(outlook.week_last_day)
        }
    return _("The Week is under way until the %(day)s") % {
        "day": day_in_words(outlook.week_last_day, weekday=True, year=False)
    }


def _week_last_day(outlook: Outlook) -> str:
    return _("The Week ends today")


def _look_back(outlook: Outlook) -> str:
    return _("Relive the edition")
