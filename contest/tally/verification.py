"""Published files judged: do the ballots give the result that was published?

Everything is computed anew from the definition and the ballots (from the tallies, where there are
too few jurors to publish ballots) and compared byte for byte with what was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contest.tally.archive import (
    BALLOTS,
    DEFINITION,
    REQUIRED,
    RESULT,
    SALTS,
    SUMS,
    TALLIES,
)
from contest.tally.ballots import Ballot
from contest.tally.definition import Definition, Round, check_seed
from contest.tally.documents import (
    ballots_csv,
    canonical,
    definition_document,
    result_document,
    sha256_of,
    tallies_document,
    withheld_hash,
)
from contest.tally.errors import BadPublication, BadSeed
from contest.tally.reading import (
    read_ballots,
    read_definition,
    read_json,
    read_tallies,
    read_texts,
)
from contest.tally.tallying import RoundResult, result_from_tallies, tally_round

LEAST_JURORS = 5
"""With fewer jurors in a round a pattern of grades tells who gave them: ballots are withheld."""

GOOD, REMARK, WRONG, UNREADABLE = "good", "remark", "wrong", "unreadable"


@dataclass(frozen=True)
class Finding:
    """One thing found: how grave it is, what (a code), and where."""

    gravity: str
    code: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verification:
    """All that was found, and what was computed as far as it could be."""

    findings: tuple[Finding, ...]
    definition: Definition | None = None
    ballots: Mapping[str, list[Ballot]] = field(default_factory=dict)
    results: tuple[RoundResult, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether there was something to verify."""
        return all(one.gravity != UNREADABLE for one in self.findings)

    @property
    def is_confirmed(self) -> bool:
        """Whether what is published is exactly what follows from it."""
        return all(one.gravity in (GOOD, REMARK) for one in self.findings)


def fingerprint_of(members: Mapping[str, bytes]) -> str:
    """What stands for a whole publication: the sha256 of its SHA256SUMS, in hexadecimal."""
    return sha256_of(members[SUMS])


def sums_of(members: Mapping[str, bytes]) -> bytes:
    """The file SHA256SUMS for `members`, as the command sha256sum writes and reads it."""
    lines = [f"{sha256_of(members[name])}  {name}\n" for name in sorted(members) if name != SUMS]
    return "".join(lines).encode()


def verify(members: Mapping[str, bytes]) -> Verification:
    """Judge published files given by name. Raises nothing: what is wrong is a finding."""
    missing = [name for name in REQUIRED if name not in members]
    if missing:
        return Verification((Finding(UNREADABLE, "file_missing", {"files": missing}),))
    findings = _check_sums(members)
    definition = None
    ballots: dict[str, list[Ballot]] = {}
    results: tuple[RoundResult, ...] = ()
    try:
        definition = read_definition(members[DEFINITION])
        findings.append(
            _compared(members[DEFINITION], canonical(definition_document(definition)), "definition")
        )
        findings += _check_seeds(definition)
        ballots = read_ballots(definition, members[BALLOTS])
        findings += _check_ballots(definition, members, ballots)
        results = _recompute(definition, members, ballots)
    except BadPublication as error:
        findings.append(Finding(UNREADABLE, error.code, error.details))
    except BadSeed as error:
        # A lot was needed; said above already where its hash was published.
        found = Finding(WRONG, error.code, error.details)
        findings += [found] if found not in findings else []
    if definition is not None and len(results) == len(definition.rounds):
        findings += _check_withheld(definition, members, ballots, results)
        findings += _check_result(definition, members, results)
        findings += _check_chain(definition, results)
    return Verification(tuple(findings), definition, ballots, results)


def _compared(published: bytes, expected: bytes, name: str, **details: Any) -> Finding:
    same = published == expected
    return Finding(
        GOOD if same else WRONG, f"{name}_{'matches' if same else 'differs'}", dict(details)
    )


def _check_sums(members: Mapping[str, bytes]) -> list[Finding]:
    if members[SUMS] == sums_of(members):
        return [Finding(GOOD, "sums_match", {"files": len(members) - 1})]
    given = {}
    for line in members[SUMS].decode(errors="replace").splitlines():
        digest, _blank, name = line.partition("  ")
        given[name] = digest
    differing = sorted(
        name
        for name in {*given, *members} - {SUMS}
        if name not in members or given.get(name) != sha256_of(members[name])
    )
    return [Finding(WRONG, "sums_differ", {"files": differing or [SUMS]})]


def _check_seeds(definition: Definition) -> list[Finding]:
    committed = [rules for _category, rules in definition.rounds if rules.commitment]
    findings = []
    for rules in committed:
        try:
            check_seed(rules)
        except BadSeed as error:
            findings.append(Finding(WRONG, error.code, error.details))
    if committed and not findings:
        findings.append(Finding(GOOD, "seeds_match"))
    return findings


def _check_ballots(
    definition: Definition, members: Mapping[str, bytes], ballots: Mapping[str, list[Ballot]]
) -> list[Finding]:
    grades = sum(len(one.grades) for cast in ballots.values() for one in cast)
    return [_compared(members[BALLOTS], ballots_csv(definition, ballots), "ballots", grades=grades)]


def _recompute(
    definition: Definition, members: Mapping[str, bytes], ballots: Mapping[str, list[Ballot]]
) -> tuple[RoundResult, ...]:
    withheld = dict(definition.withheld)
    published = read_json(TALLIES, members[TALLIES]) if TALLIES in members else {}
    results = []
    for _category, rules in definition.rounds:
        if rules.key not in withheld or ballots[rules.key]:
            results.append(tally_round(rules, ballots[rules.key]))
        elif isinstance(published, dict) and rules.key in published:
            results.append(result_from_tallies(rules, read_tallies(rules, published[rules.key])))
        else:
            raise BadPublication("tallies_missing", file=TALLIES, round=rules.key)
    return tuple(results)


def _check_withheld(
    definition: Definition,
    members: Mapping[str, bytes],
    ballots: Mapping[str, list[Ballot]],
    results: Iterable[RoundResult],
) -> list[Finding]:
    """Rounds without ballots: too few jurors indeed, tallies as we write them, hash if we can."""
    withheld = dict(definition.withheld)
    findings = [
        Finding(WRONG, "withheld_without_reason", {"round": result.rules.key})
        for result in results
        if result.rules.key in withheld and result.tallies.jurors >= LEAST_JURORS
    ]
    from_tallies = {
        result.rules.key: tallies_document(result.rules, result.tallies)
        for result in results
        if result.jurors is None
    }
    if from_tallies or TALLIES in members:
        findings.append(_compared(members[TALLIES], canonical(from_tallies), "tallies"))
    findings += [Finding(REMARK, "withheld", {"round": key}) for key in from_tallies]
    opened = [rules for _one, rules in definition.rounds if rules.key in withheld]
    opened = [rules for rules in opened if rules.key not in from_tallies]
    if opened:
        try:
            salts = read_texts(SALTS, members.get(SALTS, b"{}"))
        except BadPublication as error:
            return [*findings, Finding(UNREADABLE, error.code, error.details)]
        for rules in opened:
            found = withheld_hash(salts.get(rules.key, ""), rules, ballots[rules.key])
            same = found == withheld[rules.key]
            findings.append(
                Finding(
                    GOOD if same else WRONG,
                    f"withheld_{'matches' if same else 'differs'}",
                    {"round": rules.key},
                )
            )
    return findings


def _check_result(
    definition: Definition, members: Mapping[str, bytes], results: tuple[RoundResult, ...]
) -> list[Finding]:
    document = result_document(definition, results, members[BALLOTS])
    published = members[RESULT]
    if canonical(document) == published:
        return [Finding(GOOD, "result_matches")]
    findings = [Finding(WRONG, "result_differs")]
    try:
        rounds = {one["round"]: one for one in read_json(RESULT, published)["rounds"]}
        for result in document["rounds"]:
            findings += _differences(result, rounds.get(result["round"], {"lines": []}))
    except (BadPublication, KeyError, TypeError, AttributeError):
        findings.append(Finding(WRONG, "not_as_expected", {"file": RESULT}))
    return findings


def _differences(computed: Mapping[str, Any], published: Mapping[str, Any]) -> list[Finding]:
    """The posters whose place is not the one published."""
    before = {line["number"]: line["rank"] for line in published["lines"]}
    after = {line["number"]: line["rank"] for line in computed["lines"]}
    return [
        Finding(
            WRONG,
            "place_differs",
            {
                "round": computed["round"],
                "number": number,
                "published": before.get(number),
                "computed": after.get(number),
            },
        )
        for number in sorted({*before, *after})
        if before.get(number) != after.get(number)
    ]


def _check_chain(definition: Definition, results: Iterable[RoundResult]) -> list[Finding]:
    """Each round takes those that the one before let through; what differs is to be explained."""
    by_key = {result.rules.key: result for result in results}
    findings = []
    for category in definition.categories:
        for place, rules in enumerate(category.rounds[1:]):
            before: Round = category.rounds[place]
            advanced = set(by_key[before.key].standing.advanced)
            if before.advance and advanced != set(rules.numbers):
                findings.append(
                    Finding(
                        REMARK,
                        "entries_differ",
                        {
                            "round": rules.key,
                            "added": sorted(set(rules.numbers) - advanced),
                            "left_out": sorted(advanced - set(rules.numbers)),
                        },
                    )
                )
    return findings
