"""What is published, as bytes that two machines write alike: JSON and CSV, there and back.

Canonical JSON: UTF-8, keys sorted, one space of indentation, fractions as text ("17/4"), a line
feed at the end. Canonical CSV: commas, line feeds, no quotes, rounds in their order, then number,
juror, criterion as declared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from contest.tally.ballots import Ballot
from contest.tally.definition import RANKING, RULESET, Criterion, Definition, Round
from contest.tally.duels import Duel
from contest.tally.standing import DUELS, Standing
from contest.tally.tallying import RoundResult, Tallies

FORMAT = "palmares-1"
COLUMNS = "round,number,juror,criterion,grade"


def canonical(document: Any) -> bytes:
    """`document` as canonical JSON."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1)
    return (text + "\n").encode()


def sha256_of(content: bytes) -> str:
    """The sha256 of `content`, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def ballots_csv(definition: Definition, ballots: Mapping[str, Iterable[Ballot]]) -> bytes:
    """The ballots, by key of round, as canonical CSV."""
    lines = [COLUMNS]
    for _category, rules in definition.rounds:
        lines += _ballot_lines(rules, ballots.get(rules.key, ()))
    return ("\n".join(lines) + "\n").encode()


def round_csv(rules: Round, ballots: Iterable[Ballot]) -> bytes:
    """The ballots of one round as canonical CSV: what is hashed where they are withheld."""
    return ("\n".join([COLUMNS, *_ballot_lines(rules, ballots)]) + "\n").encode()


def withheld_hash(salt: str, rules: Round, ballots: Iterable[Ballot]) -> str:
    """Hash of withheld ballots; without the salt nobody can try out what they may have been."""
    return sha256_of(salt.encode() + b"\n" + round_csv(rules, ballots))


def definition_document(definition: Definition) -> dict[str, Any]:
    """`definition` ready for JSON."""
    return {
        "format": FORMAT,
        "ruleset": RULESET,
        "title": definition.title,
        "version": definition.version,
        "note": definition.note,
        "withheld": dict(definition.withheld),
        "awards": [
            {"prize": one.prize, "numbers": sorted(one.numbers), "reason": one.reason}
            for one in definition.awards
        ],
        "categories": [
            {
                "key": category.key,
                "name": category.name,
                "jurors": [
                    {"alias": one.alias, "receipt_sha256": one.receipt_sha256}
                    for one in category.jurors
                ],
                "rounds": [_rules_document(rules) for rules in category.rounds],
            }
            for category in definition.categories
        ],
    }


def result_document(
    definition: Definition, results: Iterable[RoundResult], ballots: bytes
) -> dict[str, Any]:
    """The published result: every round in its order, and what it was computed from, as hashes.

    `ballots`: the CSV of the same publication.
    """
    return {
        "format": FORMAT,
        "ruleset": RULESET,
        "title": definition.title,
        "version": definition.version,
        "definition_sha256": sha256_of(canonical(definition_document(definition))),
        "ballots_sha256": sha256_of(ballots),
        "rounds": [round_document(result) for result in results],
    }


def round_document(result: RoundResult) -> dict[str, Any]:
    """The result of one round ready for JSON."""
    rules, tallies = result.rules, result.tallies
    return {
        "round": rules.key,
        "method": rules.method,
        **_standing_document(result.standing),
        "raw": None if result.raw is None else _standing_document(result.raw),
        "severity": _severity_state(result),
        "tallies": tallies_document(rules, replace(tallies, duels=_deciding(result))),
        "borda": _by_number(result.borda),
        "strengths": None
        if result.strengths is None
        else [[*pair, strength] for pair, strength in sorted(result.strengths.items())],
        "jurors": None
        if result.jurors is None
        else [
            {
                "juror": one.juror,
                "ballots": one.ballots,
                "abstentions": one.abstentions,
                "mean": _fraction(one.mean),
                "variance": _fraction(one.variance),
                "effect": _fraction(one.effect),
            }
            for one in result.jurors
        ],
        "sensitivity": None
        if result.sensitivity is None
        else [
            {"without": one.juror, "raw": _by_number(one.raw), "adjusted": _by_number(one.adjusted)}
            for one in result.sensitivity
        ],
    }


def tallies_document(rules: Round, tallies: Tallies) -> dict[str, Any]:
    """The numbers behind a standing ready for JSON."""
    return {
        "jurors": tallies.jurors,
        "posters": [
            {
                "number": one.number,
                "ballots": one.ballots,
                "abstentions": one.abstentions,
                "points": [list(pair) for pair in one.points],
                "criteria": {
                    criterion.key: [list(pair) for pair in one.criteria[place]]
                    for place, criterion in enumerate(rules.criteria)
                },
                "mean": _fraction(one.mean) if one.ballots else None,
                "median": _fraction(one.median) if one.ballots else None,
            }
            for one in tallies.counts
        ],
        "duels": [
            [duel.first, duel.second, duel.for_first, duel.for_second, duel.equal]
            for duel in tallies.duels
        ],
        "adjusted": None if tallies.adjusted is None else _by_number(dict(tallies.adjusted)),
    }


def _ballot_lines(rules: Round, ballots: Iterable[Ballot]) -> list[str]:
    keys = [one.key for one in rules.questions]
    return [
        f"{rules.key},{ballot.number},{ballot.juror},{key},{ballot.grades[place]}"
        for ballot in sorted(ballots, key=lambda one: (one.number, one.juror))
        for place, key in enumerate(keys)
    ]


def _rules_document(rules: Round) -> dict[str, Any]:
    advance = rules.advance
    return {
        "key": rules.key,
        "name": rules.name,
        "method": rules.method,
        "numbers": sorted(rules.numbers),
        "criteria": [_criterion_document(one) for one in rules.criteria],
        "mentions": list(rules.mentions),
        "panel_size": rules.panel_size,
        "minimum": rules.minimum,
        "accepted": sorted(rules.accepted),
        "severity": rules.severity,
        "last_resort": rules.last_resort,
        "advance": None
        if advance is None
        else {"count": advance.count, "threshold": _fraction(advance.threshold)},
        "commitment": rules.commitment,
        "seed": rules.seed,
    }


def _criterion_document(criterion: Criterion) -> dict[str, Any]:
    return {
        "key": criterion.key,
        "label": criterion.label,
        "weight": criterion.weight,
        "scale": criterion.scale,
        "lowest": criterion.lowest,
    }


def _standing_document(standing: Standing) -> dict[str, Any]:
    return {
        "lines": [
            {
                "rank": line.rank,
                "number": line.number,
                "step": line.step,
                "criterion": line.criterion,
                "ex_aequo": list(line.ex_aequo),
                "value": _fraction(line.value),
            }
            for line in standing.lines
        ],
        "unranked": [
            {"number": one.number, "ballots": one.ballots, "reason": one.reason}
            for one in standing.unranked
        ],
        "ties": [
            {
                "step": one.step,
                "criterion": one.criterion,
                "groups": [list(group) for group in one.groups],
            }
            for one in standing.ties
        ],
        "advanced": list(standing.advanced),
    }


def _deciding(result: RoundResult) -> tuple[Duel, ...]:
    """The duels that explain a place: all of a ranking, else those of the ties that they broke."""
    if result.rules.method == RANKING:
        return result.tallies.duels
    standings = [result.standing] if result.raw is None else [result.standing, result.raw]
    broken = [
        {number for group in tie.groups for number in group}
        for standing in standings
        for tie in standing.ties
        if tie.step == DUELS
    ]
    return tuple(
        duel
        for duel in result.tallies.duels
        if any(duel.first in tied and duel.second in tied for tied in broken)
    )


def _severity_state(result: RoundResult) -> str:
    if result.raw is not None:
        return "applied"
    return "refused" if result.is_refused else "off"


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _by_number(values: Mapping[int, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        str(number): str(value) if isinstance(value, Fraction) else value
        for number, value in sorted(values.items())
    }
