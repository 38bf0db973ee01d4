"""What is published of a jury's work, file by file, and the verifier that goes with it.

Nothing here is random and nothing reads a clock: the same contest, ballots and secret give the
same bytes.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

from contest.tally.archive import (
    BALLOTS,
    DEFINITION,
    READ_ME,
    RESULT,
    SALTS,
    SUMS,
    TALLIES,
    VERIFIER,
)
from contest.tally.assembly import verifier_source
from contest.tally.ballots import Ballot, check_ballots
from contest.tally.definition import Category, Definition, Round
from contest.tally.documents import (
    ballots_csv,
    canonical,
    definition_document,
    result_document,
    tallies_document,
    withheld_hash,
)
from contest.tally.errors import BadDefinition
from contest.tally.receipts import listed_jurors, receipt_of, receipt_sha256
from contest.tally.tallying import result_from_tallies, tallies_of, tally_round
from contest.tally.verification import (
    GOOD,
    LEAST_JURORS,
    REMARK,
    Finding,
    fingerprint_of,
    sums_of,
)

SECRET_BYTES = 32


@dataclass(frozen=True)
class Publication:
    """Files by name, ready to be packed.

    `public`: for everybody. `organisers`: with every ballot and the salts of those withheld; the
    same as `public` where none is. `fingerprint`: stands for the whole of `public`; to be shown
    wherever the palmarès is. `aliases`: by category and juror, for a juror's own page only.
    """

    public: Mapping[str, bytes]
    organisers: Mapping[str, bytes]
    fingerprint: str
    aliases: Mapping[str, Mapping[str, str]]


def publish(
    definition: Definition, ballots: Mapping[str, Iterable[Ballot]], secret: bytes
) -> Publication:
    """The publication of a contest.

    `ballots` by key of round, under any stable name of the jurors, which is not published.
    `secret`: at least 32 random bytes of this contest, never published; see `receipt_of`.
    `definition` without `jurors` and `withheld`, which are filled in here.

    Raises:
        BadBallot: a ballot that its round does not take.
        BadDefinition: the secret is too short to keep anything, or ballots are of no round.
        BadSeed: a lot is needed and the seed is missing or is not the one committed to.
    """
    if len(secret) < SECRET_BYTES:
        raise BadDefinition("short_secret")
    cast = {key: list(given) for key, given in ballots.items()}
    if not set(cast) <= {rules.key for _category, rules in definition.rounds}:
        raise BadDefinition("ballots_of_no_round")
    for _category, rules in definition.rounds:
        check_ballots(rules, cast.get(rules.key, ()))
    aliases = {category.key: _aliases(category, cast, secret) for category in definition.categories}
    named = {
        rules.key: [
            Ballot(aliases[category.key][ballot.juror], ballot.number, ballot.grades)
            for ballot in cast.get(rules.key, ())
        ]
        for category, rules in definition.rounds
    }
    withheld = [
        rules
        for _category, rules in definition.rounds
        if 0 < len({ballot.juror for ballot in named[rules.key]}) < LEAST_JURORS
    ]
    salts = {rules.key: _salt(secret, rules) for rules in withheld}
    completed = replace(
        definition,
        categories=tuple(_with_jurors(one, aliases, secret) for one in definition.categories),
        withheld=tuple(
            sorted(
                (rules.key, withheld_hash(salts[rules.key], rules, named[rules.key]))
                for rules in withheld
            )
        ),
    )
    public = _members(completed, named, salts)
    organisers = _members(completed, named, {})
    if salts:
        organisers = _sealed({**organisers, SALTS: canonical(salts)})
    return Publication(public, organisers, fingerprint_of(public), aliases)


def compare_verifier(members: Mapping[str, bytes]) -> Finding:
    """Whether the verifier among `members` is the one that this version of the site publishes."""
    if members.get(VERIFIER) == verifier_source():
        return Finding(GOOD, "verifier_matches")
    return Finding(REMARK, "verifier_differs")


def _aliases(category: Category, cast: Mapping[str, list[Ballot]], secret: bytes) -> dict[str, str]:
    jurors = {ballot.juror for rules in category.rounds for ballot in cast.get(rules.key, ())}
    receipts = {juror: receipt_of(secret, category.key, juror) for juror in jurors}
    listed = {one.receipt_sha256: one.alias for one in listed_jurors(receipts.values())}
    return {juror: listed[receipt_sha256(receipts[juror])] for juror in sorted(jurors)}


def _with_jurors(
    category: Category, aliases: Mapping[str, Mapping[str, str]], secret: bytes
) -> Category:
    receipts = [receipt_of(secret, category.key, juror) for juror in aliases[category.key]]
    return replace(category, jurors=listed_jurors(receipts))


def _salt(secret: bytes, rules: Round) -> str:
    return hmac.new(secret, f"salt|{rules.key}".encode(), hashlib.sha256).hexdigest()


def _members(
    definition: Definition, named: Mapping[str, list[Ballot]], withheld: Iterable[str]
) -> dict[str, bytes]:
    """The files, with the tallies instead of the ballots for the rounds `withheld`."""
    left_out = set(withheld)
    shown = {key: ballots for key, ballots in named.items() if key not in left_out}
    csv = ballots_csv(definition, shown)
    results, tallies = [], {}
    for _category, rules in definition.rounds:
        if rules.key in left_out:
            reduced = tallies_of(rules, named[rules.key])
            tallies[rules.key] = tallies_document(rules, reduced)
            results.append(result_from_tallies(rules, reduced))
        else:
            results.append(tally_round(rules, named[rules.key]))
    members = {
        DEFINITION: canonical(definition_document(definition)),
        BALLOTS: csv,
        RESULT: canonical(result_document(definition, results, csv)),
        VERIFIER: verifier_source(),
        READ_ME: _read_me(definition),
    }
    if tallies:
        members[TALLIES] = canonical(tallies)
    return _sealed(members)


def _sealed(members: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**members, SUMS: sums_of(members)}


def _read_me(definition: Definition) -> bytes:
    template = Template(Path(__file__).with_name("LISEZMOI.txt").read_text(encoding="utf-8"))
    return template.substitute(title=definition.title, version=definition.version).encode()
