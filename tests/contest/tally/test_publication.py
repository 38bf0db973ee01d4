"""What is published, what is not, and that the site and the verifier say the same."""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.tally.archive import MEMBERS, pack
from contest.tally.ballots import Ballot
from contest.tally.definition import Category, Definition
from contest.tally.documents import canonical, result_document, round_document
from contest.tally.errors import BadBallot, BadDefinition
from contest.tally.publication import Publication, publish
from contest.tally.reading import read_ballots, read_definition
from contest.tally.receipts import receipt_of, receipt_sha256, seal_of
from contest.tally.tallying import tally_round
from contest.tally.verification import fingerprint_of, verify
from tests.contest.tally.juries import SECRET, criteria_round, make_contest


def test_the_files_are_those_announced(publication: Publication) -> None:
    assert set(publication.public) == set(MEMBERS) - {"salts.json"}
    assert set(publication.organisers) == set(MEMBERS) - {"tallies.json"}
    assert publication.fingerprint == fingerprint_of(publication.public)


def test_what_is_published_is_confirmed_by_the_verifier(publication: Publication) -> None:
    for members in (publication.public, publication.organisers):
        verification = verify(members)
        assert verification.is_confirmed, verification.findings


def test_the_published_result_is_the_one_of_the_site(publication: Publication) -> None:
    """The site tallies ballots under the names of its accounts; only these names differ."""
    definition, ballots = make_contest()
    published = json.loads(publication.organisers["result.json"])["rounds"]
    for place, (category, rules) in enumerate(definition.rounds):
        aliases = publication.aliases[category.key]
        renamed = [Ballot(aliases[one.juror], one.number, one.grades) for one in ballots[rules.key]]
        result = tally_round(rules, renamed)
        assert canonical(round_document(result)) == canonical(published[place])
        own = tally_round(rules, ballots[rules.key])
        assert (own.standing, own.tallies) == (result.standing, result.tallies)


def test_the_same_contest_makes_the_same_bytes(publication: Publication) -> None:
    definition, ballots = make_contest()
    for cast in ballots.values():
        random.Random(3).shuffle(cast)
    again = publish(definition, ballots, SECRET)
    assert again.public == publication.public
    assert pack(again.public) == pack(publication.public)


def test_ballots_are_in_canonical_order_with_nothing_but_the_five_columns(
    publication: Publication,
) -> None:
    text = publication.organisers["ballots.csv"].decode("ascii")
    header, *lines = text.splitlines()
    assert header == "round,number,juror,criterion,grade"
    assert all(re.fullmatch(r"[a-z0-9-]+,\d+,J\d\d,[a-z]+,-?\d+", line) for line in lines)
    order = ["college-1", "college-2", "lycee-1", "ecole-1"]
    keys = [
        (order.index(one[0]), int(one[1]), one[2]) for one in (line.split(",") for line in lines)
    ]
    assert keys == sorted(keys)
    assert len(lines) == len(set(lines))


def test_nothing_published_names_a_juror_or_the_secret(publication: Publication) -> None:
    for members in (publication.public, publication.organisers):
        for content in members.values():
            assert b"user-" not in content
            assert SECRET.hex().encode() not in content


def test_aliases_are_reshuffled_for_each_category() -> None:
    jurors = [f"user-{place}" for place in range(9)]
    rules = [criteria_round([1], key=f"r{place}") for place in range(3)]
    cast = [Ballot(juror, 1, (1, 1, 1)) for juror in jurors]
    contest = Definition("C", tuple(Category(one.key, one.key, (one,)) for one in rules))
    aliases = publish(contest, dict.fromkeys(("r0", "r1", "r2"), cast), SECRET).aliases
    assert [set(one.values()) for one in aliases.values()] == [
        {f"J0{place}" for place in range(1, 10)}
    ] * 3
    assert aliases["r0"] != aliases["r1"] != aliases["r2"] != aliases["r0"]


def test_a_juror_finds_their_own_lines_by_their_receipt(publication: Publication) -> None:
    _definition, ballots = make_contest()
    receipt = receipt_of(SECRET, "lycee", "user-5")
    assert re.fullmatch(r"([A-Z2-7]{4}-){5}[A-Z2-7]{4}", receipt)
    lycee = read_definition(publication.public["definition.json"]).categories[1]
    (own,) = (one for one in lycee.jurors if one.receipt_sha256 == receipt_sha256(receipt.lower()))
    assert own.alias == publication.aliases["lycee"]["user-5"]
    published = verify(publication.public).ballots["lycee-1"]
    rules = lycee.rounds[0]
    mine = [one for one in ballots["lycee-1"] if one.juror == "user-5"]
    found = [one for one in published if one.juror == own.alias]
    assert {(one.number, one.grades) for one in found} == {(one.number, one.grades) for one in mine}
    assert seal_of(receipt, rules, found) == seal_of(receipt, rules, mine)
    changed = [Ballot(own.alias, found[0].number, (0, 0, 1)), *found[1:]]
    assert seal_of(receipt, rules, changed) != seal_of(receipt, rules, mine)


def test_receipts_differ_by_juror_category_and_contest() -> None:
    receipts = {
        receipt_of(secret, category, juror)
        for secret in (SECRET, SECRET[::-1])
        for category in ("college", "lycee")
        for juror in ("1", "2")
    }
    assert len(receipts) == 8


def test_under_five_jurors_only_tallies_and_a_hash_are_public(publication: Publication) -> None:
    assert b"ecole-1" not in publication.public["ballots.csv"]
    assert b"ecole-1" in publication.organisers["ballots.csv"]
    definition = json.loads(publication.public["definition.json"])
    withheld = definition["withheld"]["ecole-1"]
    ecole = json.loads(publication.public["result.json"])["rounds"][3]
    assert (ecole["jurors"], ecole["sensitivity"]) == (None, None)
    lines = publication.organisers["ballots.csv"].decode().splitlines(keepends=True)
    own = "".join(line for line in lines if line.startswith(("round,", "ecole-1,")))
    salt = json.loads(publication.organisers["salts.json"])["ecole-1"]
    assert hashlib.sha256(f"{salt}\n{own}".encode()).hexdigest() == withheld
    assert salt.encode() not in b"".join(publication.public.values())


def test_the_places_of_a_withheld_round_are_those_of_its_ballots(publication: Publication) -> None:
    public = json.loads(publication.public["result.json"])["rounds"][3]
    full = json.loads(publication.organisers["result.json"])["rounds"][3]
    hidden = {"jurors", "sensitivity"}
    assert {key: value for key, value in full.items() if key not in hidden} == {
        key: value for key, value in public.items() if key not in hidden
    }
    assert full["jurors"] is not None


def test_five_jurors_are_enough_to_publish_and_none_at_all_hides_nothing() -> None:
    rules = criteria_round([1, 2])
    contest = Definition("C", (Category("a", "A", (rules,)),))
    for jurors, is_withheld in ((0, False), (1, True), (4, True), (5, False)):
        cast = [Ballot(f"j{place}", 1, (1, 2, 3)) for place in range(jurors)]
        found = publish(contest, {"r": cast}, SECRET)
        assert ("tallies.json" in found.public) is is_withheld
        assert ("salts.json" in found.organisers) is is_withheld
        assert verify(found.public).is_confirmed
        assert verify(found.organisers).is_confirmed
        assert is_withheld or found.public == found.organisers


def test_a_definition_comes_back_as_it_was(publication: Publication) -> None:
    definition = read_definition(publication.public["definition.json"])
    bare = replace(
        definition,
        withheld=(),
        categories=tuple(replace(one, jurors=()) for one in definition.categories),
    )
    assert bare == make_contest()[0]
    ballots = read_ballots(definition, publication.organisers["ballots.csv"])
    assert {key: len(cast) for key, cast in ballots.items()} == {
        key: len(cast) for key, cast in make_contest()[1].items()
    }


def test_a_result_of_one_round_is_part_of_the_published_one(publication: Publication) -> None:
    verification = verify(publication.public)
    assert verification.definition is not None
    document = result_document(
        verification.definition, verification.results, publication.public["ballots.csv"]
    )
    assert canonical(document) == publication.public["result.json"]


def test_what_cannot_be_published_is_refused() -> None:
    definition, ballots = make_contest()
    with pytest.raises(BadDefinition, match="short_secret"):
        publish(definition, ballots, b"short")
    with pytest.raises(BadDefinition, match="ballots_of_no_round"):
        publish(definition, {**ballots, "other": []}, SECRET)
    with pytest.raises(BadBallot, match="cast_twice"):
        publish(definition, {"ecole-1": ballots["ecole-1"] * 2}, SECRET)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=7),
    st.booleans(),
)
def test_any_jury_published_is_confirmed(grades: list[list[int]], severity: bool) -> None:
    rules = criteria_round([1, 2, 3, 4], severity=severity)
    cast = [
        Ballot(f"j{juror}", number, (grade, grade, 5 - grade))
        for juror, row in enumerate(grades)
        for number, grade in enumerate(row, 1)
    ]
    found = publish(Definition("C", (Category("a", "A", (rules,)),)), {"r": cast}, SECRET)
    assert verify(found.public).is_confirmed
    assert verify(found.organisers).is_confirmed
