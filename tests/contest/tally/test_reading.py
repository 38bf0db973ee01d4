"""Files that anybody may have written: whatever they hold, they are read or refused."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.tally.ballots import Ballot
from contest.tally.definition import APPROVAL, Category, Definition, Round
from contest.tally.documents import canonical, definition_document, tallies_document
from contest.tally.errors import BadPublication
from contest.tally.publication import publish
from contest.tally.reading import read_ballots, read_definition, read_json, read_tallies
from contest.tally.tallying import tallies_of
from contest.tally.verification import sums_of, verify
from contest.tally.verifier import report
from tests.contest.tally.juries import SECRET, criteria_round, make_contest, plain_round, table

DEFINITION = Definition("C", (Category("a", "A", (criteria_round([1, 2]),)),))
HEADER = "round,number,juror,criterion,grade\n"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def paths_of(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every value of a document."""
    found = [path]
    if isinstance(document, (dict, list)):
        pairs = document.items() if isinstance(document, dict) else enumerate(document)
        for key, value in pairs:
            found += paths_of(value, (*path, key))
    return found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[" * 100_000,
        b"1.5",
        b"1e999999999",
        b"NaN",
        b"1" + b"0" * 100,
    ],
)
def test_what_is_not_our_json_is_refused(content: bytes) -> None:
    with pytest.raises(BadPublication, match="not_json"):
        read_json("result.json", content)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"format": "palmares-2"}, "unknown_format"),
        ({"ruleset": "0"}, "unknown_ruleset"),
        ({"title": 1}, "not_as_expected"),
        ({"version": True}, "not_as_expected"),
        ({"categories": None}, "not_as_expected"),
        ({"categories": [{}]}, "not_as_expected"),
    ],
)
def test_a_definition_of_another_kind_is_refused(changes: dict[str, Any], code: str) -> None:
    document = {**definition_document(DEFINITION), **changes}
    with pytest.raises(BadPublication, match=code):
        read_definition(canonical(document))


def test_rules_that_contradict_themselves_say_how() -> None:
    document = definition_document(DEFINITION)
    document["categories"][0]["rounds"][0]["minimum"] = 0
    with pytest.raises(BadPublication, match="bad_rules") as refused:
        read_definition(canonical(document))
    assert refused.value.details["cause"] == "bad_panel"


def test_a_threshold_that_would_take_for_ever_to_read_is_refused() -> None:
    document = definition_document(DEFINITION)
    for threshold in ("1e999999999", "1/0", "0.5", "2/4", "9" * 3000):
        document["categories"][0]["rounds"][0]["advance"] = {"count": None, "threshold": threshold}
        with pytest.raises(BadPublication, match="not_as_expected"):
            read_definition(canonical(document))


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "number,round\n",
        HEADER[:-1],
        HEADER + "r,1,J01,message\n",
        HEADER + "other,1,J01,message,1\n",
        HEADER + "r,1,J01,other,1\n",
        HEADER + "r,01,J01,message,1\n",
        HEADER + "r,1,J01,message,+1\n",
        HEADER + "r,1,J01,message,١\n",
        HEADER + "r,1,J01,message,1\r\n",
        HEADER + '"r",1,J01,message,1\n',
        HEADER + "\n",
        HEADER + f"r,{'9' * 5000},J01,message,1\n",
    ],
)
def test_a_line_that_is_not_ours_is_refused(lines: str) -> None:
    with pytest.raises(BadPublication, match="bad_line"):
        read_ballots(DEFINITION, lines.encode())


@pytest.mark.parametrize(
    "path",
    [
        ("jurors",),
        ("posters", 0, "number"),
        ("posters", 0, "abstentions"),
        ("posters", 0, "points", 0, 0),
        ("posters", 0, "points", 0, 1),
        ("posters", 0, "criteria", "message", 0, 0),
        ("posters", 0, "criteria", "message", 0, 1),
        ("duels", 0, 0),
        ("adjusted", "1"),
    ],
)
def test_tallies_that_no_ballots_can_give_are_refused(path: tuple[Any, ...]) -> None:
    rules, document = _tallies()
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = "text" if path == ("adjusted", "1") else 9 if path != ("jurors",) else 1
    with pytest.raises(BadPublication, match="not_as_expected"):
        read_tallies(rules, document)


def test_tallies_of_an_opinion_hold_no_abstention_and_scores_are_of_posters_with_ballots() -> None:
    approval = plain_round(APPROVAL, [1])
    document = tallies_document(approval, tallies_of(approval, table({1: [1, 1]})))
    assert read_tallies(approval, document).jurors == 2
    document["posters"][0]["points"] = [[-1, 2]]
    with pytest.raises(BadPublication, match="not_as_expected"):
        read_tallies(approval, document)
    rules, document = _tallies()
    assert tallies_document(rules, read_tallies(rules, document)) == document
    del document["adjusted"]["1"]
    with pytest.raises(BadPublication, match="not_as_expected"):
        read_tallies(rules, document)


def _tallies() -> tuple[Round, dict[str, Any]]:
    """Of three jurors whose duel breaks a tie, with severity."""
    rules = criteria_round([1, 2], severity=True)
    rows = {1: [(3, 3, 3), (2, 2, 2), (1, 1, 1)], 2: [(2, 2, 2), (1, 1, 1), (3, 3, 3)]}
    ballots = [
        Ballot("abc"[place], number, grades)
        for number, row in rows.items()
        for place, grades in enumerate(row)
    ]
    return rules, tallies_document(rules, tallies_of(rules, ballots))


@settings(max_examples=70, deadline=None)
@given(st.data(), JSON)
def test_whatever_is_put_into_a_file_the_verifier_finds_it(data: st.DataObject, value: Any) -> None:
    """Any value anywhere in the definition, the tallies or the result: a finding, never a crash."""
    members = _members()
    name = data.draw(st.sampled_from(["definition.json", "tallies.json", "result.json"]))
    document = json.loads(members[name])
    path = data.draw(st.sampled_from(paths_of(document)))
    if path:
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = value
    else:
        document = value
    changed = canonical(document)
    found = verify(_sealed(members, name, changed))
    assert found.is_confirmed is (changed == members[name])
    assert "".join(report(found, members, everything=True))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["ballots.csv", "SHA256SUMS", "definition.json"]), st.binary(max_size=60))
def test_whatever_bytes_a_file_holds_the_verifier_answers(name: str, content: bytes) -> None:
    assert not verify({**_members(), name: content}).is_confirmed


def _sealed(members: dict[str, bytes], name: str, content: bytes) -> dict[str, bytes]:
    changed = {**members, name: content}
    return {**changed, "SHA256SUMS": sums_of(changed)}


@cache
def _members() -> dict[str, bytes]:
    """A small publication, with a round whose ballots are withheld."""
    rules = criteria_round([1, 2])
    small = criteria_round([1, 2, 3], key="small", severity=True)
    contest = Definition("C", (Category("a", "A", (rules, small)),))
    cast = [Ballot(f"j{juror}", number, (juror, 1, 2)) for juror in range(5) for number in (1, 2)]
    few = [Ballot(f"j{juror}", number, (juror, 1, 2)) for juror in (0, 1) for number in (1, 2, 3)]
    return dict(publish(contest, {"r": cast, "small": few}, SECRET).public)


def test_the_contest_of_the_tests_has_every_kind_of_round() -> None:
    definition, _ballots = make_contest()
    methods = {rules.method for _category, rules in definition.rounds}
    assert methods == {"approval", "majority", "criteria", "ranking"}
