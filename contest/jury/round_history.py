"""What happened to a round, act by act, read from Wagtail's log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from campaigns.wording import instant_in_words
from contest.history import JURY_ACTS
from contest.models import Juror

if TYPE_CHECKING:
    from contest.models import Round

Data = Mapping[str, Any]


@dataclass(frozen=True)
class RoundAct:
    """One line of a round's history: `details` is a sentence or nothing."""

    at: datetime
    action: str
    label: str
    who: str
    details: str


def acts_of(round_: Round, *, reasons: bool = True) -> list[RoundAct]:
    """The acts on a round, the latest first, jurors who left its contest among them.

    Nothing of it tells a grade.

    Args:
        reasons: whether to quote why jurors stepped aside: they may name an establishment.
    """
    jurors = Juror.objects.filter(seats__round=round_).values_list("pk", flat=True)
    about_round = Q(
        content_type=ContentType.objects.get_for_model(round_), object_id=str(round_.pk)
    )
    about_jurors = Q(
        content_type=ContentType.objects.get_for_model(Juror),
        object_id__in=[str(pk) for pk in jurors],
        action="contest.jury.leave",
    )
    if round_.tallied_at is not None:
        about_jurors &= Q(timestamp__lte=round_.tallied_at)
    entries = (
        ModelLogEntry.objects.filter(about_round | about_jurors, action__in=JURY_ACTS)
        .select_related("user")
        .order_by("-timestamp", "-pk")
    )
    return [
        RoundAct(
            at=entry.timestamp,
            action=entry.action,
            label=str(JURY_ACTS[entry.action]),
            who=str(entry.user_display_name) if entry.user_id else "",
            details=details_of(entry.action, entry.data or {}, reasons=reasons),
        )
        for entry in entries
    ]


def details_of(action: str, data: Data, *, reasons: bool = True) -> str:
    """What an act's own data says, in words; empty where it says nothing more."""
    if action == "contest.jury.recuse" and not reasons:
        return _("%(name)s, poster no. %(poster)s") % {
            "name": _name(data),
            "poster": data.get("poster", ""),
        }
    worded = _DETAILS.get(action)
    return worded(data) if worded is not None else ""


def _instant(value: Any) -> str:
    found = parse_datetime(str(value)) if value else None
    return instant_in_words(found) if found is not None else ""


def _name(data: Data) -> str:
    return str(data.get("name", ""))


def _assigned(data: Data) -> str:
    return _("Posters: %(posters)s. Commitment of the lot: %(commitment)s") % {
        "posters": data.get("posters", ""),
        "commitment": data.get("commitment", ""),
    }


def _recused(data: Data) -> str:
    return _("%(name)s, poster no. %(poster)s: %(reason)s") % {
        "name": _name(data),
        "poster": data.get("poster", ""),
        "reason": data.get("reason", ""),
    }


def _extended(data: Data) -> str:
    return _("From %(before)s to %(after)s") % {
        "before": _instant(data.get("from")),
        "after": _instant(data.get("until")),
    }


def _accepted(data: Data) -> str:
    return _("Poster no. %(poster)s: %(reason)s") % {
        "poster": data.get("poster", ""),
        "reason": data.get("reason", ""),
    }


def _closed(data: Data) -> str:
    planned = _instant(data.get("planned"))
    return _("The close was planned for %(date)s") % {"date": planned} if planned else ""


def _counted(data: Data) -> str:
    left_out = data.get("without_a_place") or []
    if not left_out:
        return ""
    return _("Without a place: %(posters)s") % {
        "posters": ", ".join(_("no. %(number)s") % {"number": number} for number in left_out)
    }


def _reminded(data: Data) -> str:
    return ", ".join(str(name) for name in data.get("names") or [])


def _reassigned(data: Data) -> str:
    told = _("Posters given: %(added)s; taken back: %(removed)s") % {
        "added": data.get("added", 0),
        "removed": data.get("removed", 0),
    }
    return f"{_name(data)}. {told}" if _name(data) else told


_DETAILS: dict[str, Callable[[Data], str]] = {
    "contest.jury.assign": _assigned,
    "contest.jury.newcomer": _name,
    "contest.jury.leave": _name,
    "contest.jury.sign_off": _name,
    "contest.jury.take_up": _name,
    "contest.jury.recuse": _recused,
    "contest.jury.remind": _reminded,
    "contest.jury.reassign": _reassigned,
    "contest.jury.close": _closed,
    "contest.jury.extend": _extended,
    "contest.jury.accept": _accepted,
    "contest.jury.count": _counted,
}
