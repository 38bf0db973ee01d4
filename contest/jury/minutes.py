"""What the minutes of a contest's jury say, read from its rounds, its prizes and the log.

Of a poster they tell the number; whose it is only among the prizes, and only once it is public.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.wording import instant_in_words
from contest.models import Assignment, Entry, Juror, Round
from contest.printing.minutes import Member, Minutes, Place, PrizeGiven, RoundMinutes
from contest.tally.documents import canonical, round_document, sha256_of
from contest.tally.french import place_of

from . import results
from .enums import STAGE_LABELS, AssignmentStatus, LastResort, Stage
from .mailing import academy_running
from .palmares import numbers_in_words, palmares_of
from .place_wording import Wording, unranked_in_words, value_in_words
from .round_history import acts_of
from .rules import frozen_criteria, result_of

if TYPE_CHECKING:
    from contest.models import ContestPage

MOST_PLACES = 10
"""Places of a round that the minutes name at least; the others are in the archive."""

INCIDENTS = (
    "contest.jury.newcomer",
    "contest.jury.leave",
    "contest.jury.recuse",
    "contest.jury.reassign",
    "contest.jury.close",
    "contest.jury.extend",
    "contest.jury.accept",
)


def minutes_of(contest: ContestPage, now: datetime) -> Minutes:
    """The minutes of the jury of `contest` as things stand at `now`.

    Raises:
        contest.tally.errors.TallyError: see `contest.tally.tallying.tally_round`.
    """
    academy = academy_running(contest)
    rounds = list(
        Round.objects.filter(category__contest=contest, assigned_at__isnull=False)
        .select_related("category")
        .order_by("category__sort_order", "category", "sequence")
    )
    current = results.current(contest, now)
    palmares = palmares_of(contest)
    shows_establishments = current is not None
    for one in rounds:
        one.category.contest = contest
    return Minutes(
        contest=contest.title,
        edition=contest.edition.title,
        academy=str(academy),
        service=academy.service_name,
        written_on=instant_in_words(now),
        status=_status(rounds, palmares.is_ready),
        members=_members(contest),
        rounds=[_round(one, now) for one in rounds],
        prizes=[
            PrizeGiven(
                prize=line.label + (f" ({_('ex æquo')})" if line.is_shared else ""),
                category=str(line.category or ""),
                poster=numbers_in_words([line.poster.number or 0])
                + (f" – {line.poster.establishment}" if shows_establishments else ""),
                origin=_("Place %(rank)s of the last round") % {"rank": line.rank}
                if line.rank
                else _("The commission"),
                reason=line.reason,
            )
            for line in palmares.lines
        ],
        problems=[one.text for one in palmares.problems],
        palmares=current.fingerprint if current else "",
    )


def _status(rounds: list[Round], is_ready: bool) -> str:
    if is_ready and all(one.tallied_at is not None for one in rounds):
        return _("All rounds are counted.")
    return _("Provisional: not everything is counted or settled yet.")


def _members(contest: ContestPage) -> list[Member]:
    """Who was invited, told apart by whether they voted."""
    voted = set(
        Assignment.objects.filter(
            round__category__contest=contest, status=AssignmentStatus.SUBMITTED
        ).values_list("juror", flat=True)
    )
    members = []
    for juror in Juror.objects.filter(contest=contest):
        remarks = []
        if juror.left_at is not None:
            remarks.append(_("left on %(date)s") % {"date": instant_in_words(juror.left_at)})
        if juror.pk not in voted:
            remarks.append(_("has not voted"))
        college = str(juror.get_college_display())
        members.append(Member(juror.name, juror.title, college, ", ".join(remarks)))
    return members


def _round(round_: Round, now: datetime) -> RoundMinutes:
    stage = round_.stage(now)
    title = f"{round_.category} – {round_.name}"
    if stage not in (Stage.CLOSED, Stage.TALLIED):
        return RoundMinutes(title, _facts(round_, stage), _incidents(round_), [], "", [], "")
    result = result_of(round_)
    wording = Wording(result)
    watched = max(MOST_PLACES, round_.advance_count or 0)
    lines = [line for line in result.standing.lines if line.rank <= watched]
    others = len(result.standing.lines) - len(lines)
    accepted = Entry.objects.filter(round=round_, removed_at=None).exclude(accepted_at=None)
    facts = _facts(round_, stage)
    facts.append((_("Jurors who voted"), str(result.tallies.jurors)))
    facts.append((_("Posters"), str(len(result.rules.numbers))))
    if accepted:
        facts.append((_("Accepted with fewer ballots"), str(len(accepted))))
    if result.rules.advance:
        advanced = numbers_in_words(result.standing.advanced) or _("none")
        facts.append((_("Going on to the next round"), advanced))
    if result.is_refused:
        facts.append((_("Severity"), _("not corrected: groups of jurors have no poster in common")))
    return RoundMinutes(
        title=title,
        facts=facts,
        incidents=_incidents(round_),
        places=[
            Place(
                place_of(line.rank),
                line.number,
                value_in_words(result, line),
                wording.sentence(line),
            )
            for line in lines
        ],
        others=ngettext(
            "%(count)s more poster is placed below.",
            "%(count)s more posters are placed below.",
            others,
        )
        % {"count": others}
        if others
        else "",
        placeless=[
            f"{numbers_in_words([one.number])} – {unranked_in_words(one)}"
            for one in result.standing.unranked
        ],
        fingerprint=sha256_of(canonical(round_document(result))),
    )


def _facts(round_: Round, stage: Stage) -> list[tuple[str, str]]:
    panel = (
        _("every juror judges every poster")
        if round_.panel_size is None
        else _("%(count)s jurors for each poster") % {"count": round_.panel_size}
    )
    facts = [
        (_("State"), str(STAGE_LABELS[stage])),
        (_("Method"), str(round_.get_method_display())),
        (_("Panel"), panel),
        (_("Ballots that a poster needs"), str(round_.minimum)),
        (_("Opened"), instant_in_words(round_.opens_at) if round_.opens_at else ""),
        (_("Close"), instant_in_words(round_.closes_at) if round_.closes_at else ""),
        (
            _("Posters that nothing tells apart"),
            str(LastResort(round_.last_resort).label),
        ),
        (_("Commitment of the lot (sha256)"), round_.commitment),
    ]
    criteria = frozen_criteria(round_)
    if criteria:
        told = ", ".join(
            _("%(label)s (weight %(weight)s, out of %(scale)s)") % one for one in criteria
        )
        facts.insert(2, (_("Criteria"), told))
    if round_.severity:
        facts.append((_("Severity of jurors"), _("corrected, as the rules say")))
    if round_.tallied_at:
        facts.append((_("Counted"), instant_in_words(round_.tallied_at)))
    return facts


def _incidents(round_: Round) -> list[str]:
    """What happened to the round beyond its plan, the first act first."""
    acts = [act for act in reversed(acts_of(round_, reasons=False)) if act.action in INCIDENTS]
    return [
        f"{instant_in_words(act.at)} – {act.label}" + (f" ({act.details})" if act.details else "")
        for act in acts
    ]
