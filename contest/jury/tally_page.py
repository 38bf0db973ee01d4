"""The tally of a closed round as organisers and the commission read it, ready to be shown."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from contest.models import Assignment, Entry, Juror, LateBallot, Poster, Round
from contest.tally.documents import canonical, round_document, sha256_of
from contest.tally.french import decimal, place_of
from contest.tally.tallying import JurorSummary, RoundResult, WithoutJuror

from .charts import Chart, cells_of, chart_of
from .enums import AssignmentStatus
from .place_wording import Wording, unranked_in_words, value_in_words
from .rules import result_of

BEST_WATCHED = 10
"""Places that the sensitivity speaks of at least; with more who go on, as many as go on."""


@dataclass(frozen=True)
class PlaceLine:
    """A poster's place, why, and what it would be without the correction for severity."""

    number: int
    poster: Poster
    place: str
    value: str
    sentence: str
    chart: Chart
    goes_on: bool
    raw_place: str
    raw_value: str
    borda: str


@dataclass(frozen=True)
class PlacelessLine:
    """A poster without a place, and why."""

    number: int
    poster: Poster
    reason: str


@dataclass(frozen=True)
class JurorLine:
    """How one juror graded; `mean`, `spread`, `effect` are empty where there is none."""

    name: str
    ballots: int
    abstentions: int
    mean: str
    spread: str
    effect: str


@dataclass(frozen=True)
class Moved:
    """A poster whose place hangs on one juror; `after` is empty where it would have none."""

    number: int
    before: str
    after: str


@dataclass(frozen=True)
class Sensitivity:
    """What changes among the best without one juror, and how many places change below them."""

    name: str
    moved: tuple[Moved, ...]
    others: int


@dataclass(frozen=True)
class Path:
    """How strongly a finalist beats each other one, in the order of the places."""

    number: int
    strengths: tuple[int | None, ...]


@dataclass(frozen=True)
class Tally:
    """Everything that the page of a tally shows. `fingerprint`: sha256 of the canonical result."""

    result: RoundResult
    fingerprint: str
    ballots: int
    late: int
    recusals: int
    lines: tuple[PlaceLine, ...]
    placeless: tuple[PlacelessLine, ...]
    table: tuple[tuple[int, list[str]], ...]
    jurors: tuple[JurorLine, ...]
    sensitivity: tuple[Sensitivity, ...]
    watched: int
    paths: tuple[Path, ...]


def tally_of(round_: Round, *, names: bool = False) -> Tally:
    """The tally of `round_` from its ballots as they are now.

    A constant number of queries.

    Args:
        names: call jurors by their names; otherwise by numbers drawn for the round.

    Raises:
        contest.tally.errors.TallyError: see `contest.tally.tallying.tally_round`.
    """
    result = result_of(round_)
    posters = _posters(round_)
    called = _called(round_, result, names=names)
    watched = max(BEST_WATCHED, round_.advance_count or 0)
    return Tally(
        result=result,
        fingerprint=sha256_of(canonical(round_document(result))),
        ballots=sum(one.ballots + one.abstentions for one in result.tallies.counts),
        late=LateBallot.objects.filter(assignment__round=round_).count(),
        recusals=Assignment.objects.filter(round=round_, status=AssignmentStatus.RECUSED).count(),
        lines=tuple(_lines(result, posters)),
        placeless=tuple(
            PlacelessLine(one.number, posters[one.number], unranked_in_words(one))
            for one in result.standing.unranked
        ),
        table=tuple((one.number, cells_of(result.rules, one)) for one in result.tallies.counts),
        jurors=tuple(
            sorted(
                (_juror(one, called) for one in result.jurors or ()),
                key=lambda line: (len(line.name) if not names else 0, line.name),
            )
        ),
        sensitivity=tuple(
            sorted(
                (_sensitivity(result, one, called, watched) for one in result.sensitivity or ()),
                key=lambda one: (len(one.name) if not names else 0, one.name),
            )
        ),
        watched=watched,
        paths=tuple(_paths(result)),
    )


def _posters(round_: Round) -> dict[int, Poster]:
    entries = Entry.objects.filter(round=round_, removed_at=None).select_related(
        "poster__file", "poster__establishment"
    )
    return {
        entry.poster.number: entry.poster for entry in entries if entry.poster.number is not None
    }


def _called(round_: Round, result: RoundResult, *, names: bool) -> dict[str, str]:
    """What each juror is called, by key: an alias that neither name nor arrival order tells."""
    keys = [one.juror for one in result.jurors or ()]
    if names:
        jurors = Juror.objects.filter(pk__in=[int(key.removeprefix("juror-")) for key in keys])
        return {juror.key: juror.name for juror in jurors}

    def drawn(key: str) -> str:
        return hashlib.sha256(f"alias|{round_.seed}|{key}".encode()).hexdigest()

    return {key: str(place) for place, key in enumerate(sorted(keys, key=drawn), start=1)}


def _lines(result: RoundResult, posters: Mapping[int, Poster]) -> Iterable[PlaceLine]:
    wording = Wording(result)
    counts = {one.number: one for one in result.tallies.counts}
    raw = {line.number: line for line in result.raw.lines} if result.raw else {}
    advanced = set(result.standing.advanced)
    for line in result.standing.lines:
        before = raw.get(line.number)
        yield PlaceLine(
            number=line.number,
            poster=posters[line.number],
            place=place_of(line.rank),
            value=value_in_words(result, line),
            sentence=wording.sentence(line),
            chart=chart_of(result.rules, counts[line.number]),
            goes_on=line.number in advanced,
            raw_place=place_of(before.rank) if before else "",
            raw_value=value_in_words(result, before) if before else "",
            borda=decimal(result.borda[line.number]) if result.borda else "",
        )


def _juror(one: JurorSummary, called: Mapping[str, str]) -> JurorLine:
    return JurorLine(
        name=called[one.juror],
        ballots=one.ballots,
        abstentions=one.abstentions,
        mean="" if one.mean is None else decimal(one.mean, 2),
        spread="" if one.variance is None else decimal(_root(one.variance), 2),
        effect="" if one.effect is None else decimal(one.effect, 2),
    )


def _root(variance: Fraction) -> Fraction:
    """The square root to the hundredth, rounded down; exact where the variance is a square."""
    scaled = variance * 10_000
    return Fraction(math.isqrt(scaled.numerator // scaled.denominator), 100)


def _sensitivity(
    result: RoundResult, without: WithoutJuror, called: Mapping[str, str], watched: int
) -> Sensitivity:
    """What changes in the official places; the raw ones where the others could not be computed."""
    after = without.adjusted if without.adjusted is not None else without.raw
    base = result.standing.ranks
    if result.raw is not None and without.adjusted is None:
        base = result.raw.ranks
    moved, others = [], 0
    for number, rank in sorted(base.items(), key=lambda pair: (pair[1], pair[0])):
        then = after.get(number)
        if then == rank:
            continue
        if rank <= watched or (then is not None and then <= watched):
            moved.append(Moved(number, place_of(rank), place_of(then) if then else ""))
        else:
            others += 1
    return Sensitivity(called[without.juror], tuple(moved), others)


def _paths(result: RoundResult) -> Iterable[Path]:
    if result.strengths is None:
        return
    numbers = [line.number for line in result.standing.lines]
    for one in numbers:
        yield Path(
            one,
            tuple(
                None if one == other else result.strengths.get((one, other), 0) for other in numbers
            ),
        )
