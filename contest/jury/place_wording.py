"""Why a poster has its place, in a sentence: what the method gave it, and which step decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.tally.counting import PosterCount, mean_of
from contest.tally.definition import APPROVAL, EX_AEQUO, LOT, MAJORITY, NO, RANKING, YES
from contest.tally.duels import preferring
from contest.tally.french import decimal
from contest.tally.majority import gauge
from contest.tally.standing import (
    BELOW_MINIMUM,
    CRITERION,
    DUELS,
    MEDIAN,
    Line,
    Standing,
    TieBreak,
    Unranked,
    lot_of,
)
from contest.tally.tallying import RoundResult

from .palmares import numbers_in_words

MOST_NAMED = 6
"""Posters that a sentence names; the others are counted."""

SHOWN_OF_A_LOT = 8
"""Signs of a drawn lot that are enough to compare it with the others."""


def value_in_words(result: RoundResult, line: Line) -> str:
    """What the method gave, as short as it can be; empty for a ranking."""
    rules = result.rules
    if line.value is None:
        return ""
    if rules.method == MAJORITY:
        return rules.mentions[int(line.value)]
    if rules.method == APPROVAL:
        return _("%(share)s %% keep") % {"share": decimal(line.value * 100, 1)}
    return decimal(line.value)


class Wording:
    """The sentences of one result."""

    def __init__(self, result: RoundResult, standing: Standing | None = None) -> None:
        self.result = result
        self.rules = result.rules
        self.standing = standing or result.standing
        self.counts: Mapping[int, PosterCount] = {one.number: one for one in result.tallies.counts}
        self.duels = {(duel.first, duel.second): duel for duel in result.tallies.duels}
        self.broken: dict[tuple[int, str, str], TieBreak] = {
            (number, tie.step, tie.criterion): tie
            for tie in self.standing.ties
            for group in tie.groups
            for number in group
        }
        self.labels = {one.key: one.label for one in self.rules.criteria}
        self.medians = (
            [self.counts[line.number].median for line in self.standing.lines]
            if self.rules.method == MAJORITY
            else []
        )

    def sentence(self, line: Line) -> str:
        """Why `line` is where it is."""
        return " ".join(part for part in (self._given(line), self._decided(line)) if part)

    def _given(self, line: Line) -> str:
        count = self.counts[line.number]
        if self.rules.method == MAJORITY:
            return self._mention(count)
        if self.rules.method == APPROVAL:
            given = dict(count.points)
            return _("Keep: %(yes)s, leave out: %(no)s, abstentions: %(abstentions)s.") % {
                "yes": given.get(YES, 0),
                "no": given.get(NO, 0),
                "abstentions": count.abstentions,
            }
        if self.rules.method == RANKING:
            return self._beaten(line.number)
        mean = ngettext(
            "Mean of %(count)s ballot: %(mean)s.",
            "Mean of %(count)s ballots: %(mean)s.",
            count.ballots,
        ) % {"count": count.ballots, "mean": decimal(count.mean)}
        if self.result.raw is None:
            return mean
        return _("%(mean)s Corrected for severity: %(value)s.") % {
            "mean": mean,
            "value": decimal(line.value or Fraction()),
        }

    def _mention(self, count: PosterCount) -> str:
        around = gauge(count.points)
        told = _("Median mention “%(mention)s”, with %(above)s above and %(below)s below.") % {
            "mention": self.rules.mentions[around.grade],
            "above": around.above,
            "below": around.below,
        }
        if self.medians.count(count.median) < 2:
            return told
        return _(
            "%(told)s Among posters of this mention, the order comes from taking away one median "
            "mention of each, again and again."
        ) % {"told": told}

    def _beaten(self, number: int) -> str:
        strengths = self.result.strengths or {}
        numbers = [line.number for line in self.standing.lines]
        by = [
            other
            for other in numbers
            if other != number
            and strengths.get((other, number), 0) > strengths.get((number, other), 0)
        ]
        if not by:
            return _("No poster beats it.")
        return _("Beaten by: %(posters)s.") % {
            "posters": _some(numbers_in_words([one]) for one in by)
        }

    def _decided(self, line: Line) -> str:
        if line.step == EX_AEQUO:
            return _("Ex æquo with %(posters)s: no step of the rules tells them apart.") % {
                "posters": _some(numbers_in_words([one]) for one in line.ex_aequo)
            }
        tie = self.broken.get((line.number, line.step, line.criterion))
        if tie is None:
            return ""
        others = sorted(number for group in tie.groups for number in group if number != line.number)
        words = {
            MEDIAN: self._by_median,
            CRITERION: self._by_criterion,
            DUELS: self._by_duels,
            LOT: self._by_lot,
        }[line.step]
        return _("Equal with %(posters)s by the method. %(decided)s") % {
            "posters": _some(numbers_in_words([one]) for one in others),
            "decided": words(line, others),
        }

    def _by_median(self, line: Line, others: Iterable[int]) -> str:
        return _("Told apart by the median of the ballots: %(own)s (%(others)s).") % {
            "own": decimal(self.counts[line.number].median),
            "others": _compared({one: decimal(self.counts[one].median) for one in others}),
        }

    def _by_criterion(self, line: Line, others: Iterable[int]) -> str:
        place = [one.key for one in self.rules.criteria].index(line.criterion)

        def mean(number: int) -> str:
            return decimal(mean_of(self.counts[number].criteria[place]))

        return _("Told apart by the criterion “%(label)s”: %(own)s (%(others)s).") % {
            "label": self.labels[line.criterion],
            "own": mean(line.number),
            "others": _compared({one: mean(one) for one in others}),
        }

    def _by_duels(self, line: Line, others: Iterable[int]) -> str:
        def duel(other: int) -> str:
            won = preferring(self.duels, line.number, other)
            return f"{won}–{preferring(self.duels, other, line.number)}"

        return _("Told apart by the duels, jurors for and against: %(others)s.") % {
            "others": _compared({one: duel(one) for one in others})
        }

    def _by_lot(self, line: Line, others: Iterable[int]) -> str:
        def lot(number: int) -> str:
            return lot_of(self.rules.seed, self.rules.key, number)[:SHOWN_OF_A_LOT]

        return _("Told apart by the lot announced, the lowest first: %(own)s… (%(others)s).") % {
            "own": lot(line.number),
            "others": _compared({one: f"{lot(one)}…" for one in others}),
        }


def unranked_in_words(one: Unranked) -> str:
    """Why a poster has no place."""
    if one.reason != BELOW_MINIMUM:
        return _("no ballot counts")
    return ngettext(
        "%(count)s ballot, fewer than the minimum",
        "%(count)s ballots, fewer than the minimum",
        one.ballots,
    ) % {"count": one.ballots}


def _some(parts: Iterable[str]) -> str:
    """The first of `parts`, and how many more there are."""
    listed = list(parts)
    if len(listed) <= MOST_NAMED + 1:
        return ", ".join(listed)
    more = len(listed) - MOST_NAMED
    return _("%(first)s and %(count)s others") % {
        "first": ", ".join(listed[:MOST_NAMED]),
        "count": more,
    }


def _compared(values: Mapping[int, str]) -> str:
    return _some(
        _("no. %(number)s: %(value)s") % {"number": number, "value": value}
        for number, value in values.items()
    )
