"""Published files back into values. What cannot be read raises `BadPublication`, nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from contest.tally.ballots import Ballot, check_ballots
from contest.tally.counting import Distribution, PosterCount
from contest.tally.definition import (
    ABSTAIN,
    APPROVAL,
    CRITERIA,
    RULESET,
    Advance,
    Award,
    Category,
    Criterion,
    Definition,
    ListedJuror,
    Round,
)
from contest.tally.documents import COLUMNS, FORMAT
from contest.tally.duels import Duel
from contest.tally.errors import BadPublication, TallyError
from contest.tally.tallying import Tallies

DIGITS = 40
"""More digits than that in one number and the file is not ours."""

FRACTION = re.compile(r"-?[0-9]{1,2000}(/[0-9]{1,2000})?")
"""Exact scores corrected for severity have many digits; an exponent is never ours."""

Value = TypeVar("Value")


def read_json(name: str, content: bytes) -> Any:
    """The JSON of the file called `name`."""

    def whole(text: str) -> int:
        if len(text) > DIGITS:
            raise ValueError(text)
        return int(text)

    def refuse(text: str) -> Any:
        raise ValueError(text)

    try:
        return json.loads(
            content.decode(), parse_int=whole, parse_float=refuse, parse_constant=refuse
        )
    except (ValueError, RecursionError) as error:
        raise BadPublication("not_json", file=name) from error


def read_definition(content: bytes) -> Definition:
    """The definition of a publication.

    Raises:
        BadPublication: not a definition, of another format or ruleset, or rules that contradict
            themselves (`cause` is their code).
    """
    document = read_json("definition.json", content)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BadPublication("unknown_format", file="definition.json")
    if document.get("ruleset") != RULESET:
        raise BadPublication("unknown_ruleset", file="definition.json")
    return _guarded("definition.json", lambda: _definition(document))


def read_tallies(rules: Round, document: Any) -> Tallies:
    """The tallies of a round whose ballots are withheld."""
    return _guarded("tallies.json", lambda: _tallies_from(rules, document))


def read_texts(name: str, content: bytes) -> dict[str, str]:
    """A JSON object of texts."""
    document = read_json(name, content)
    if not isinstance(document, dict) or not all(type(one) is str for one in document.values()):
        raise BadPublication("not_as_expected", file=name)
    return document


def read_ballots(definition: Definition, content: bytes) -> dict[str, list[Ballot]]:
    """The ballots by key of round, each checked against its round.

    Raises:
        BadPublication: a line that cannot be read (`line`), or a ballot that its round does not
            take (`cause` is its code).
    """
    try:
        lines = content.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise BadPublication("bad_line", file="ballots.csv", line=1) from error
    if lines[0] != COLUMNS or lines.pop() != "":
        raise BadPublication("bad_line", file="ballots.csv", line=1)
    rounds = {rules.key: rules for _category, rules in definition.rounds}
    places = {
        key: {one.key: place for place, one in enumerate(rules.questions)}
        for key, rules in rounds.items()
    }
    listed = {
        rules.key: {one.alias for one in category.jurors} for category, rules in definition.rounds
    }
    grades: dict[str, dict[tuple[str, int], dict[int, int]]] = {key: {} for key in rounds}
    for at, line in enumerate(lines[1:], 2):
        try:
            key, number, juror, criterion, grade = line.split(",")
            if juror not in listed[key]:
                raise ValueError(juror)
            ballot = grades[key].setdefault((juror, _number(number)), {})
            place = places[key][criterion]
            if place in ballot:
                raise ValueError(line)
            ballot[place] = _number(grade)
        except (ValueError, KeyError) as error:
            raise BadPublication("bad_line", file="ballots.csv", line=at) from error
    return {key: _ballots(rounds[key], given) for key, given in grades.items()}


def _ballots(rules: Round, given: Mapping[tuple[str, int], Mapping[int, int]]) -> list[Ballot]:
    ballots = [
        Ballot(juror, number, tuple(grade for _place, grade in sorted(grades.items())))
        for (juror, number), grades in given.items()
    ]
    try:
        check_ballots(rules, ballots)
    except TallyError as error:
        raise BadPublication(
            "bad_ballot", file="ballots.csv", round=rules.key, cause=error.code, **error.details
        ) from error
    return ballots


def _number(text: str) -> int:
    """A whole number written as we write it: no sign but minus, no leading zero, no space."""
    number = int(text[:DIGITS])
    if str(number) != text:
        raise ValueError(text)
    return number


def _guarded(name: str, read: Callable[[], Value]) -> Value:
    try:
        return read()
    except TallyError as error:
        raise BadPublication("bad_rules", file=name, cause=error.code, **error.details) from error
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise BadPublication("not_as_expected", file=name) from error


def _definition(document: Mapping[str, Any]) -> Definition:
    return Definition(
        title=_as(str, document["title"]),
        version=_as(int, document["version"]),
        note=_as(str, document["note"]),
        withheld=tuple(
            (key, _as(str, digest)) for key, digest in sorted(document["withheld"].items())
        ),
        awards=tuple(
            Award(
                _as(str, one["prize"]),
                tuple(_as(int, number) for number in one["numbers"]),
                _as(str, one["reason"]),
            )
            for one in document["awards"]
        ),
        categories=tuple(_category(one) for one in document["categories"]),
    )


def _category(document: Mapping[str, Any]) -> Category:
    return Category(
        key=_as(str, document["key"]),
        name=_as(str, document["name"]),
        jurors=tuple(
            ListedJuror(_as(str, one["alias"]), _as(str, one["receipt_sha256"]))
            for one in document["jurors"]
        ),
        rounds=tuple(_rules(one) for one in document["rounds"]),
    )


def _rules(document: Mapping[str, Any]) -> Round:
    panel_size, advance = document["panel_size"], document["advance"]
    return Round(
        key=_as(str, document["key"]),
        name=_as(str, document["name"]),
        method=_as(str, document["method"]),
        numbers=tuple(_as(int, one) for one in document["numbers"]),
        criteria=tuple(
            Criterion(
                _as(str, one["key"]),
                _as(str, one["label"]),
                _as(int, one["weight"]),
                _as(int, one["scale"]),
                _as(int, one["lowest"]),
            )
            for one in document["criteria"]
        ),
        mentions=tuple(_as(str, one) for one in document["mentions"]),
        panel_size=None if panel_size is None else _as(int, panel_size),
        minimum=_as(int, document["minimum"]),
        accepted=tuple(_as(int, one) for one in document["accepted"]),
        severity=_as(bool, document["severity"]),
        last_resort=_as(str, document["last_resort"]),
        advance=None if advance is None else _advance(advance),
        commitment=_as(str, document["commitment"]),
        seed=_as(str, document["seed"]),
    )


def _advance(document: Mapping[str, Any]) -> Advance:
    count, threshold = document["count"], document["threshold"]
    return Advance(
        None if count is None else _as(int, count),
        None if threshold is None else _as_fraction(threshold),
    )


def _tallies_from(rules: Round, document: Mapping[str, Any]) -> Tallies:
    counts = tuple(
        PosterCount(
            _as(int, one["number"]),
            _distribution(one["points"]),
            tuple(_distribution(one["criteria"][criterion.key]) for criterion in rules.criteria),
            _as(int, one["abstentions"]),
            rules.divisor,
        )
        for one in document["posters"]
    )
    if [one.number for one in counts] != sorted(rules.numbers):
        raise ValueError("posters of another round")
    jurors = _as(int, document["jurors"])
    for one in counts:
        _check_count(rules, one, jurors)
    duels = tuple(Duel(*(_as(int, value) for value in one)) for one in document["duels"])
    for duel in duels:
        if duel.first >= duel.second or not {duel.first, duel.second} <= {*rules.numbers}:
            raise ValueError("not a duel of the round")
    return Tallies(jurors, counts, duels, _adjusted(rules, counts, document["adjusted"]))


def _check_count(rules: Round, count: PosterCount, jurors: int) -> None:
    """Raise `ValueError` where the numbers of a poster cannot be those of any ballots."""
    if not 0 <= count.abstentions <= jurors - count.ballots:
        raise ValueError("more ballots than jurors")
    judged = count.criteria if rules.method == CRITERIA else (count.points,)
    total = 0
    for place, question in enumerate(rules.questions):
        grades = judged[place]
        if sum(times for _grade, times in grades) != count.ballots:
            raise ValueError("ballots without a grade")
        if any(not question.lowest <= grade <= question.scale for grade, _times in grades):
            raise ValueError("off the scale")
        if rules.method == APPROVAL and any(grade == ABSTAIN for grade, _times in grades):
            raise ValueError("an abstention among the opinions")
        total += question.weight * sum(grade * times for grade, times in grades)
    if total != sum(points * times for points, times in count.points):
        raise ValueError("points that are not those of the grades")


def _adjusted(
    rules: Round, counts: Sequence[PosterCount], document: Any
) -> tuple[tuple[int, Fraction], ...] | None:
    if document is None:
        return None
    adjusted = {_number(key): _as_fraction(one) for key, one in document.items()}
    if not rules.severity or set(adjusted) != {one.number for one in counts if one.ballots}:
        raise ValueError("scores of other posters")
    return tuple(sorted(adjusted.items()))


def _distribution(document: Any) -> Distribution:
    pairs = tuple((_as(int, value), _as(int, count)) for value, count in document)
    values = [value for value, _count in pairs]
    if values != sorted(set(values)) or any(count < 1 for _value, count in pairs):
        raise ValueError("not a distribution")
    return pairs


def _as(kind: type[Value], value: Any) -> Value:
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def _as_fraction(value: Any) -> Fraction:
    if not FRACTION.fullmatch(_as(str, value)):
        raise ValueError(value)
    fraction = Fraction(value)
    if str(fraction) != value:
        raise ValueError(value)
    return fraction
