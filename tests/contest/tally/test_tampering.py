"""Every way of bending a published result that we could think of is found out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from contest.tally.definition import Advance
from contest.tally.documents import canonical, result_document
from contest.tally.publication import Publication, publish
from contest.tally.verification import Verification, fingerprint_of, sums_of, verify
from tests.contest.tally.juries import SECRET, make_contest

Members = dict[str, bytes]


def sealed(members: Members) -> Members:
    """With the sums computed again, as whoever tampers would."""
    return {**members, "SHA256SUMS": sums_of(members)}


def codes(verification: Verification) -> set[str]:
    return {one.code for one in verification.findings if one.gravity in ("wrong", "unreadable")}


def changed_grade(members: Members) -> Members:
    """The first grade of the lycée's first ballot moved by one."""
    lines = members["ballots.csv"].decode().splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith("lycee-1,"))
    head, grade = lines[place].rsplit(",", 1)
    lines[place] = f"{head},{int(grade) + 1 if int(grade) < 5 else 0}"
    return {**members, "ballots.csv": ("\n".join(lines) + "\n").encode()}


def removed_line(members: Members) -> Members:
    lines = members["ballots.csv"].splitlines(keepends=True)
    return {**members, "ballots.csv": b"".join(lines[:-1])}


def removed_ballot(members: Members) -> Members:
    lines = members["ballots.csv"].splitlines(keepends=True)
    return {**members, "ballots.csv": b"".join([lines[0], *lines[2:]])}


def reordered(members: Members) -> Members:
    lines = members["ballots.csv"].splitlines(keepends=True)
    return {**members, "ballots.csv": b"".join([lines[0], lines[2], lines[1], *lines[3:]])}


def invented_juror(members: Members) -> Members:
    extra = b"college-1,1,J99,opinion,1\n"
    return {**members, "ballots.csv": members["ballots.csv"] + extra}


def doubled_line(members: Members) -> Members:
    lines = members["ballots.csv"].splitlines(keepends=True)
    return {**members, "ballots.csv": b"".join([*lines, lines[-1]])}


def with_blanks(members: Members) -> Members:
    return {**members, "ballots.csv": members["ballots.csv"].replace(b",1,J", b", 1,J", 1)}


def swapped_winner(members: Members) -> Members:
    document = json.loads(members["result.json"])
    lines = document["rounds"][2]["lines"]
    lines[0]["number"], lines[1]["number"] = lines[1]["number"], lines[0]["number"]
    return {**members, "result.json": canonical(document)}


def respaced_result(members: Members) -> Members:
    return {**members, "result.json": json.dumps(json.loads(members["result.json"])).encode()}


def other_weight(members: Members) -> Members:
    document = json.loads(members["definition.json"])
    document["categories"][1]["rounds"][0]["criteria"][0]["weight"] = 1
    return {**members, "definition.json": canonical(document)}


def other_seed(members: Members) -> Members:
    document = json.loads(members["definition.json"])
    document["categories"][0]["rounds"][1]["seed"] = "00" * 32
    return {**members, "definition.json": canonical(document)}


def hidden_key(members: Members) -> Members:
    document = json.loads(members["definition.json"])
    document["categories"][0]["comment"] = "for whoever knows"
    return {**members, "definition.json": canonical(document)}


def other_tallies(members: Members) -> Members:
    document = json.loads(members["tallies.json"])
    document["ecole-1"]["duels"][0][2:4] = document["ecole-1"]["duels"][0][3:1:-1]
    return {**members, "tallies.json": canonical(document)}


def missing_duel(members: Members) -> Members:
    document = json.loads(members["tallies.json"])
    document["ecole-1"]["duels"].pop()
    return {**members, "tallies.json": canonical(document)}


def no_tallies(members: Members) -> Members:
    return {name: content for name, content in members.items() if name != "tallies.json"}


def too_many_jurors(members: Members) -> Members:
    document = json.loads(members["tallies.json"])
    document["ecole-1"]["jurors"] = 5
    return {**members, "tallies.json": canonical(document)}


TAMPERED = [
    (changed_grade, {"result_differs"}),
    (removed_line, {"bad_ballot"}),
    (removed_ballot, {"result_differs"}),
    (reordered, {"ballots_differs"}),
    (invented_juror, {"bad_line"}),
    (doubled_line, {"bad_line"}),
    (with_blanks, {"bad_line"}),
    (swapped_winner, {"result_differs", "place_differs"}),
    (respaced_result, {"result_differs"}),
    (other_weight, {"result_differs"}),
    (other_seed, {"seed_differs"}),
    (hidden_key, {"definition_differs"}),
    (other_tallies, {"result_differs"}),
    (missing_duel, {"result_differs"}),
    (no_tallies, {"tallies_missing"}),
    (too_many_jurors, {"withheld_without_reason"}),
]


@pytest.mark.parametrize(
    ("tamper", "expected"), TAMPERED, ids=[tamper.__name__ for tamper, _codes in TAMPERED]
)
def test_tampering_is_found_out_even_with_new_sums(
    publication: Publication, tamper: Callable[[Members], Members], expected: set[str]
) -> None:
    tampered = tamper(dict(publication.public))
    assert tampered != publication.public
    with_old_sums, with_new_sums = verify(tampered), verify(sealed(tampered))
    assert codes(with_old_sums) >= expected | {"sums_differ"}
    assert codes(with_new_sums) >= expected
    assert "sums_differ" not in codes(with_new_sums)
    assert not with_new_sums.is_confirmed


def test_a_result_computed_again_after_tampering_has_another_fingerprint(
    publication: Publication,
) -> None:
    """What the archive alone cannot tell, the fingerprint on the page and in the minutes does."""
    tampered = sealed(changed_grade(dict(publication.public)))
    verification = verify(tampered)
    assert verification.definition is not None
    document = result_document(
        verification.definition, verification.results, tampered["ballots.csv"]
    )
    consistent = sealed({**tampered, "result.json": canonical(document)})
    assert verify(consistent).is_confirmed
    assert fingerprint_of(consistent) != publication.fingerprint


def test_places_that_differ_are_named(publication: Publication) -> None:
    verification = verify(sealed(swapped_winner(dict(publication.public))))
    found = [one.details for one in verification.findings if one.code == "place_differs"]
    assert len(found) == 2
    assert {one["round"] for one in found} == {"lycee-1"}
    assert {(one["published"], one["computed"]) for one in found} == {(1, 2), (2, 1)}


def test_withheld_ballots_that_were_changed_do_not_have_the_published_hash(
    publication: Publication,
) -> None:
    members = dict(publication.organisers)
    lines = members["ballots.csv"].decode().splitlines()
    head, rank = lines[-1].rsplit(",", 1)
    lines[-1] = f"{head},{int(rank) % 4 + 1}"
    members["ballots.csv"] = ("\n".join(lines) + "\n").encode()
    assert "withheld_differs" in codes(verify(sealed(members)))
    assert "withheld_differs" in codes(
        verify(sealed({**publication.organisers, "salts.json": b'{"ecole-1": "0"}\n'}))
    )
    assert codes(verify(sealed({**publication.organisers, "salts.json": b"[1]"}))) == {
        "not_as_expected"
    }


def test_a_file_missing_from_the_sums_or_added_to_them_is_named(publication: Publication) -> None:
    sums = publication.public["SHA256SUMS"]
    first, rest = sums.split(b"\n", 1)
    for wrong, named in (
        (rest, first.split()[1].decode()),
        (sums + b"0  other.txt\n", "other.txt"),
        (sums.upper(), None),
    ):
        verification = verify({**publication.public, "SHA256SUMS": wrong})
        (finding,) = (one for one in verification.findings if one.code == "sums_differ")
        assert named is None or named in finding.details["files"]


@pytest.mark.parametrize("name", ["definition.json", "ballots.csv", "result.json", "SHA256SUMS"])
def test_without_a_file_there_is_nothing_to_verify(publication: Publication, name: str) -> None:
    members = {key: content for key, content in publication.public.items() if key != name}
    verification = verify(members)
    assert codes(verification) == {"file_missing"}
    assert not verification.is_readable


def test_a_round_with_other_posters_than_those_let_through_is_remarked() -> None:
    definition, ballots = make_contest()
    first, final = definition.categories[0].rounds
    stricter = replace(first, advance=Advance(count=1))
    college = replace(definition.categories[0], rounds=(stricter, final))
    found = publish(
        replace(definition, categories=(college, *definition.categories[1:])), ballots, SECRET
    )
    verification = verify(found.public)
    assert verification.is_confirmed
    (remark,) = (one for one in verification.findings if one.code == "entries_differ")
    assert remark.details["round"] == "college-2"
    assert remark.details["left_out"] == []
    assert len(remark.details["added"]) == len(final.numbers) - 4
