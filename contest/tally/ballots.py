"""What a juror casts on a poster, and whether its round takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contest.tally.definition import ABSTAIN, APPROVAL, Round
from contest.tally.errors import BadBallot


@dataclass(frozen=True)
class Ballot:
    """One juror's grades for one poster, in the order of the round's questions."""

    juror: str
    number: int
    grades: tuple[int, ...]


def missing_answers(rules: Round, grades: Mapping[str, int | None]) -> tuple[str, ...]:
    """Keys of the questions that `grades` leaves open: with any, the ballot is a draft."""
    return tuple(one.key for one in rules.questions if grades.get(one.key) is None)


def make_ballot(rules: Round, juror: str, number: int, grades: Mapping[str, int | None]) -> Ballot:
    """The ballot of `juror` on poster `number`, grades given by key of question.

    Raises:
        BadBallot: an answer is missing, not of the round, or off its scale.
    """
    missing = missing_answers(rules, grades)
    if missing:
        raise BadBallot("incomplete", juror=juror, number=number, criteria=missing)
    unknown = set(grades) - {one.key for one in rules.questions}
    if unknown:
        raise BadBallot("unknown_criterion", juror=juror, number=number, criteria=sorted(unknown))
    given = {key: grade for key, grade in grades.items() if grade is not None}
    ballot = Ballot(juror, number, tuple(given[one.key] for one in rules.questions))
    check_ballots(rules, [ballot])
    return ballot


def check_ballots(rules: Round, ballots: Iterable[Ballot]) -> None:
    """Raise `BadBallot` for the first ballot that `rules` does not take."""
    numbers = set(rules.numbers)
    limits = [(one.lowest, one.scale) for one in rules.questions]
    cast = set()
    for ballot in ballots:
        where = {"juror": ballot.juror, "number": ballot.number}
        if ballot.number not in numbers:
            raise BadBallot("unknown_poster", **where)
        if len(ballot.grades) != len(limits):
            raise BadBallot("incomplete", **where)
        for place, grade in enumerate(ballot.grades):
            lowest, highest = limits[place]
            if type(grade) is not int or not lowest <= grade <= highest:
                raise BadBallot("off_scale", grade=grade, **where)
        key = (ballot.juror, ballot.number)
        if key in cast:
            raise BadBallot("cast_twice", **where)
        cast.add(key)


def is_abstention(rules: Round, ballot: Ballot) -> bool:
    """Whether a ballot says nothing; only an approval knows abstentions."""
    return rules.method == APPROVAL and ballot.grades[0] == ABSTAIN


def expressed(rules: Round, ballots: Iterable[Ballot]) -> list[Ballot]:
    """The ballots that say something: abstentions are left out."""
    return [ballot for ballot in ballots if not is_abstention(rules, ballot)]
