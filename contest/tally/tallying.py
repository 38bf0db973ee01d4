"""One round from ballots to its result: places, distributions, jurors, what hangs on one juror.

`Tallies` are what the places are computed from, and all that is published of a round with too
few jurors; from ballots or from published tallies, the same code makes the standing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from contest.tally.ballots import Ballot, check_ballots, expressed
from contest.tally.counting import (
    PosterCount,
    count_ballots,
    distribution_of,
    mean_of,
    uncount_ballots,
    variance_of,
)
from contest.tally.definition import RANKING, Round
from contest.tally.duels import (
    Duel,
    Duels,
    Opinions,
    borda,
    hold_deciding_duels,
    hold_duels,
    opinions_of,
    strongest_paths,
)
from contest.tally.errors import Disconnected
from contest.tally.severity import Severity, fit_severity
from contest.tally.standing import DuelSource, Standing, stand


@dataclass(frozen=True)
class Tallies:
    """The numbers behind a standing. `jurors`: how many cast a ballot, be it an abstention.

    `duels`: those that the rules had to look at: all of a ranking, else those between posters
    still tied that could tell them apart. `adjusted`: scores corrected for severity where the
    rules ask for it and the jurors can be compared, else None.
    """

    jurors: int
    counts: tuple[PosterCount, ...]
    duels: tuple[Duel, ...]
    adjusted: tuple[tuple[int, Fraction], ...] | None


@dataclass(frozen=True)
class JurorSummary:
    """How one juror graded.

    `ballots`: those that count; `mean` and `variance` of what they give, None for a ranking or
    without any. `effect`: how far above an even jury, where severity was fitted.
    """

    juror: str
    ballots: int
    abstentions: int
    mean: Fraction | None
    variance: Fraction | None
    effect: Fraction | None


@dataclass(frozen=True)
class WithoutJuror:
    """The ranks of the round had one juror not judged. `adjusted`: None where not computed."""

    juror: str
    raw: dict[int, int]
    adjusted: dict[int, int] | None


@dataclass(frozen=True)
class RoundResult:
    """Everything there is to say of a round.

    `standing` is the official one; where severity applies, `raw` is the one without it (else
    None). `is_refused`: severity was in the rules, but groups of jurors share no poster, so that
    the raw scores count. `borda` and `strengths`: of a ranking. `jurors` and `sensitivity`: None
    where the ballots are withheld.
    """

    rules: Round
    tallies: Tallies
    standing: Standing
    raw: Standing | None
    is_refused: bool
    borda: dict[int, Fraction] | None
    strengths: dict[tuple[int, int], int] | None
    jurors: tuple[JurorSummary, ...] | None
    sensitivity: tuple[WithoutJuror, ...] | None


def tally_round(rules: Round, ballots: Iterable[Ballot]) -> RoundResult:
    """The result of a round from its ballots, in any order.

    Raises:
        BadBallot: a ballot that the round does not take.
        BadSeed: a lot is needed and the seed is missing or is not the one committed to.
    """
    cast = list(ballots)
    check_ballots(rules, cast)
    tallies, severity = _tallies(rules, cast)
    result = _result(rules, tallies)
    by_juror: dict[str, list[Ballot]] = {}
    for ballot in cast:
        by_juror.setdefault(ballot.juror, []).append(ballot)
    leaving_out = _LeavingOut(result, cast)
    return replace(
        result,
        jurors=tuple(
            _summary(rules, juror, by_juror[juror], severity) for juror in sorted(by_juror)
        ),
        sensitivity=tuple(leaving_out(juror, by_juror[juror]) for juror in sorted(by_juror)),
    )


def tallies_of(rules: Round, ballots: Iterable[Ballot]) -> Tallies:
    """What is published of a round whose ballots are withheld; errors as `tally_round`."""
    cast = list(ballots)
    check_ballots(rules, cast)
    return _tallies(rules, cast)[0]


def result_from_tallies(rules: Round, tallies: Tallies) -> RoundResult:
    """The result of a round of which only the tallies are known."""
    return _result(rules, tallies)


def fit_round(rules: Round, ballots: Iterable[Ballot]) -> Severity:
    """The severity of the jurors of a criteria round, from expressed ballots.

    Raises:
        Disconnected: groups of jurors share no poster.
    """
    return fit_severity(
        (one.juror, one.number, Fraction(rules.points(one.grades), rules.divisor))
        for one in ballots
    )


def _tallies(rules: Round, cast: Sequence[Ballot]) -> tuple[Tallies, Severity | None]:
    said = expressed(rules, cast)
    counts = count_ballots(rules, cast)
    severity = _severity(rules, said)
    adjusted = (
        None
        if severity is None
        else tuple(sorted((number, severity.adjusted(number)) for number in severity.posters))
    )
    source = _duel_source(rules, opinions_of(rules, said))
    seen: Duels = {}

    def hold(numbers: Sequence[int]) -> Duels:
        held = source(numbers)
        seen.update(held)
        return held

    stand(rules, counts, hold, None if adjusted is None else dict(adjusted))
    if adjusted is not None:
        stand(rules, counts, hold)
    duels = tuple(seen[pair] for pair in sorted(seen))
    jurors = len({ballot.juror for ballot in cast})
    return Tallies(jurors, counts, duels, adjusted), severity


def _duel_source(rules: Round, opinions: Opinions) -> DuelSource:
    """Duels when they are asked for: all those of a ranking, else those that can break a tie."""
    hold = hold_duels if rules.method == RANKING else hold_deciding_duels
    return lambda numbers: hold(opinions, numbers)


def _result(rules: Round, tallies: Tallies) -> RoundResult:
    known = {(duel.first, duel.second): duel for duel in tallies.duels}

    def recall(numbers: Sequence[int]) -> Duels:
        among = set(numbers)
        return {pair: duel for pair, duel in known.items() if among.issuperset(pair)}

    raw = stand(rules, tallies.counts, recall)
    official = raw
    if tallies.adjusted is not None:
        official = stand(rules, tallies.counts, recall, dict(tallies.adjusted))
    points = strengths = None
    if rules.method == RANKING:
        numbers = [line.number for line in raw.lines]
        duels = recall(numbers)
        points, strengths = borda(duels, numbers), strongest_paths(duels, numbers)
    return RoundResult(
        rules,
        tallies,
        official,
        None if tallies.adjusted is None else raw,
        rules.severity and tallies.adjusted is None,
        points,
        strengths,
        None,
        None,
    )


def _severity(rules: Round, said: Sequence[Ballot]) -> Severity | None:
    if not rules.severity:
        return None
    try:
        return fit_round(rules, said)
    except Disconnected:
        return None


def _summary(
    rules: Round, juror: str, own: Sequence[Ballot], severity: Severity | None
) -> JurorSummary:
    said = expressed(rules, own)
    points = distribution_of(Counter(rules.points(ballot.grades) for ballot in said))
    graded = bool(said) and rules.method != RANKING
    return JurorSummary(
        juror,
        len(said),
        len(own) - len(said),
        mean_of(points) / rules.divisor if graded else None,
        variance_of(points) / rules.divisor**2 if graded else None,
        severity.jurors[juror] if severity else None,
    )


class _LeavingOut:
    """The places of a round had one juror not judged: one ballot less is not below the minimum."""

    def __init__(self, result: RoundResult, cast: Sequence[Ballot]) -> None:
        self.rules = result.rules
        self.lenient = replace(result.rules, minimum=1)
        self.ranked = result.standing.ranks
        self.counts = result.tallies.counts
        self.said = expressed(result.rules, cast)
        self.opinions = opinions_of(result.rules, self.said)

    def __call__(self, juror: str, own: Sequence[Ballot]) -> WithoutJuror:
        counts = uncount_ballots(self.rules, self.counts, own)
        compared = [one for one in counts if one.number in self.ranked]
        opinions = {one: given for one, given in self.opinions.items() if one != juror}
        hold = _duel_source(self.rules, opinions)
        raw = stand(self.lenient, compared, hold).ranks
        if not self.rules.severity:
            return WithoutJuror(juror, raw, None)
        severity = _severity(self.rules, [one for one in self.said if one.juror != juror])
        if severity is None:
            return WithoutJuror(juror, raw, None)
        adjusted = {number: severity.adjusted(number) for number in severity.posters}
        return WithoutJuror(juror, raw, stand(self.lenient, compared, hold, adjusted).ranks)
