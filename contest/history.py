"""What happened to a poster, act by act, read from Wagtail's log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from .enums import Decision, Reason

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Poster

POSTER_ACTS: Final[dict[str, Promise]] = {
    "contest.submit": _("Handed in"),
    "contest.change": _("Changed by the establishment"),
    "contest.admit": _("Admitted"),
    "contest.return": _("Sent back for correction"),
    "contest.refuse": _("Refused"),
    "contest.reopen": _("Examined again"),
    "contest.withdraw": _("Withdrawn"),
}
"""Our own acts on a poster, each logged once by its verb with the reason."""

OTHER_ACTS: Final[dict[str, Promise]] = {
    "contest.register": _("Registered"),
    "contest.register_change": _("Registration changed"),
    "contest.register_cancel": _("Registration cancelled"),
    "contest.remind": _("Reminders sent"),
    "contest.print": _("Files to print asked for"),
}
"""Our acts on what is not a poster."""

JURY_ACTS: Final[dict[str, Promise]] = {
    "contest.jury.invite": _("Juror invited"),
    "contest.jury.edit": _("Juror’s details corrected"),
    "contest.jury.resend": _("Invitation to the jury sent again"),
    "contest.jury.conflict": _("Conflict of interest entered"),
    "contest.jury.lift": _("Conflict of interest taken back by the organisers"),
    "contest.jury.declare": _("Conflicts of interest declared"),
    "contest.jury.undeclare": _("Declared conflict taken back"),
    "contest.jury.round": _("Round of the jury prepared"),
    "contest.jury.round_delete": _("Round of the jury deleted"),
    "contest.jury.assign": _("Posters assigned to the jury"),
    "contest.jury.newcomer": _("Juror added midway"),
    "contest.jury.leave": _("Juror left"),
    "contest.jury.recuse": _("Juror stepped aside"),
    "contest.jury.remind": _("Jurors reminded"),
    "contest.jury.reassign": _("Posters reassigned"),
    "contest.jury.sign_off": _("Work signed off"),
    "contest.jury.take_up": _("Work taken up again"),
    "contest.jury.close": _("Round closed"),
    "contest.jury.extend": _("Close of the round moved"),
    "contest.jury.accept": _("Poster accepted with fewer ballots"),
    "contest.jury.count": _("Round counted"),
    "contest.jury.award": _("Prize given by the commission"),
    "contest.jury.award_back": _("Prize of the commission taken back"),
    "contest.jury.publish": _("Palmarès published"),
    "contest.jury.call_off": _("Publication called off"),
}
"""Acts on and of the jury; nothing in them tells a grade."""

ACT_LABELS: Final[dict[str, Promise]] = POSTER_ACTS | OTHER_ACTS | JURY_ACTS


@dataclass(frozen=True)
class Act:
    """One line of a poster's history."""

    at: datetime
    label: str
    who: str
    comment: str


def history_of(poster: Poster) -> list[Act]:
    """The acts on a poster, the latest first; the saving of drafts is its author's business."""
    entries = (
        ModelLogEntry.objects.for_instance(poster)
        .filter(action__in=POSTER_ACTS)
        .select_related("user__establishment")
        .order_by("-timestamp", "-pk")
    )
    return [
        Act(
            at=entry.timestamp,
            label=str(POSTER_ACTS[entry.action]),
            who=_name_of(entry),
            comment=words_of(entry.data or {}),
        )
        for entry in entries
    ]


def last_words(poster: Poster) -> str:
    """What the editors said when they last sent the poster back, refused or reopened it."""
    entry = (
        ModelLogEntry.objects.for_instance(poster)
        .filter(action__in=["contest.return", "contest.refuse", "contest.reopen"])
        .order_by("-timestamp", "-pk")
        .first()
    )
    return words_of(entry.data or {}) if entry else ""


def was_just_done(poster: Poster, decision: Decision, *, by: User) -> bool:
    """Whether the last act on the poster is this decision by `by`: they have clicked twice."""
    last = (
        ModelLogEntry.objects.for_instance(poster)
        .filter(action__in=POSTER_ACTS)
        .order_by("-timestamp", "-pk")
        .first()
    )
    return last is not None and (last.action, last.user_id) == (f"contest.{decision}", by.pk)


def words_of(data: dict[str, str]) -> str:
    """The reason of the list, then the editor's own words, as one text."""
    reason = data.get("reason", "")
    label = str(Reason(reason).label) if reason in Reason.values else ""
    comment = data.get("comment", "")
    if reason == Reason.OTHER and comment:
        label = ""
    return f"{label}. {comment}".strip() if label and comment else label or comment


def _name_of(entry: ModelLogEntry) -> str:
    """Who acted: an establishment by its name, since its account has only a UAI."""
    if entry.user_id is None:
        return ""
    establishment = getattr(entry.user, "establishment", None)
    return str(establishment or entry.user_display_name)
