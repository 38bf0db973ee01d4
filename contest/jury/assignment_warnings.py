"""What an organiser should read before assigning a round; none of it forbids it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contest.enums import PosterStatus
from contest.models import Poster
from contest.tally.assignment import EVERYONE_UP_TO, everyone_fits

from . import preparing
from .assigning import previous_round
from .enums import Method
from .rules import criteria_of

if TYPE_CHECKING:
    from contest.models import Round

    from .assigning import Preview

PROBLEMS: Final[dict[str, Promise]] = {
    "round_before_not_counted": gettext_lazy("The round before is not counted yet."),
    "no_poster": gettext_lazy("No admitted poster is in this category."),
    "no_juror": gettext_lazy("Nobody is in the jury: invite its members first."),
    "no_dates": gettext_lazy("The round has no dates yet."),
    "no_criteria": gettext_lazy("The contest has no criteria: give it some, or change the method."),
    "too_many_finalists": gettext_lazy("A ranking takes 20 posters at most."),
    "ranking_needs_everybody": gettext_lazy("A ranking needs everybody to judge everything."),
    "bad_advance": gettext_lazy("A ranking cannot have a threshold: choose how many go on."),
    "closes_in_the_past": gettext_lazy("The close is past: move it."),
}
"""What keeps a round from being assigned, by its code."""


def problem_in_words(code: str) -> str:
    """What to mend; rules that contradict each other are told as such."""
    return str(PROBLEMS.get(code, _("The rules of the round contradict each other.")))


def scales_differ(round_: Round) -> bool:
    """Whether `round_` adds up grades on different scales, which weighs them unseen."""
    if round_.method != Method.CRITERIA:
        return False
    return len({one["scale"] for one in criteria_of(round_.category.contest)}) > 1


def warnings_of(round_: Round, seen: Preview, now: datetime) -> list[str]:
    """Sentences, the weightiest first."""
    contest = round_.category.contest
    posters = len(seen.posters)
    found = []
    if previous_round(round_) is None:
        if contest.calendar.accepts_deposits(now):
            found.append(
                _("The deposit is still open: posters admitted later will not be in this round.")
            )
        waiting = Poster.objects.filter(
            category=round_.category_id,
            status__in=[PosterStatus.SUBMITTED, PosterStatus.RETURNED],
        ).count()
        if waiting:
            found.append(
                ngettext(
                    "%(count)s poster of this category still waits for its admission: it would "
                    "not be in this round.",
                    "%(count)s posters of this category still wait for their admission: they "
                    "would not be in this round.",
                    waiting,
                )
                % {"count": waiting}
            )
    if round_.panel_size is not None and posters and everyone_fits(posters):
        found.append(
            _(
                "Up to %(most)s posters, let everybody judge everything: it finds the best ones "
                "more often than panels do."
            )
            % {"most": EVERYONE_UP_TO}
        )
    if round_.panel_size is None and not everyone_fits(posters):
        found.append(
            _(
                "Everybody would judge %(count)s posters, a minute each at least. Beyond %(most)s, "
                "panels of three and a second round spare the jury."
            )
            % {"count": posters, "most": EVERYONE_UP_TO}
        )
    if scales_differ(round_):
        found.append(
            _(
                "The criteria have different scales: one out of 20 counts four times as much as "
                "one out of 5 of the same weight. Give them one scale."
            )
        )
    silent = preparing.undeclared(seen.jurors)
    if silent:
        found.append(
            ngettext(
                "%(count)s member has declared nothing of conflicts of interest: %(names)s.",
                "%(count)s members have declared nothing of conflicts of interest: %(names)s.",
                len(silent),
            )
            % {"count": len(silent), "names": ", ".join(one.name for one in silent)}
        )
    if contest.results_at and round_.closes_at and round_.closes_at > contest.results_at:
        found.append(_("The round closes after the date announced for the results."))
    return found
