"""Juries and contests that the tests of the tally share; all fictional, all deterministic."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from contest.tally.assignment import design
from contest.tally.ballots import Ballot
from contest.tally.definition import (
    ABSTAIN,
    APPROVAL,
    CRITERIA,
    LOT,
    MAJORITY,
    RANKING,
    Advance,
    Award,
    Category,
    Criterion,
    Definition,
    Round,
    commitment_of,
)
from contest.tally.tallying import tally_round

SEED = "5f" * 32
SECRET = bytes(range(32))
MESSAGE = Criterion("message", "Force du message", weight=3)
DRAWING = Criterion("drawing", "Qualité du dessin", weight=2)
ORIGINALITY = Criterion("originality", "Originalité")


def criteria_round(numbers: Iterable[int], /, **changes: object) -> Round:
    """A round of three criteria, weights 3, 2 and 1, out of 5."""
    rules = Round("r", "Tour", CRITERIA, tuple(numbers), (MESSAGE, DRAWING, ORIGINALITY))
    return replace(rules, **changes)  # type: ignore[arg-type]


def plain_round(method: str, numbers: Iterable[int], /, **changes: object) -> Round:
    """A round of a method with one question, or of one criterion out of 100."""
    criteria = (Criterion("grade", "Note", scale=100),) if method == CRITERIA else ()
    rules = Round("r", "Tour", method, tuple(numbers), criteria)
    return replace(rules, **changes)  # type: ignore[arg-type]


def with_lot(rules: Round, seed: str = SEED) -> Round:
    """`rules` with a lot as the last resort, its seed committed to."""
    return replace(rules, last_resort=LOT, seed=seed, commitment=commitment_of(seed))


def table(grades: Mapping[int, Iterable[int | None]]) -> list[Ballot]:
    """Ballots of one question: for each poster the grades of jurors a, b, c, … in order."""
    return [
        Ballot(chr(ord("a") + place), number, (grade,))
        for number, row in grades.items()
        for place, grade in enumerate(row)
        if grade is not None
    ]


def rankings(orders: Mapping[str, int], names: str) -> list[Ballot]:
    """Ballots of jurors who rank the posters `names` (1, 2, …): order → how many of them."""
    ballots = []
    for order, jurors in orders.items():
        for juror in range(jurors):
            ballots += [
                Ballot(f"{order}-{juror}", names.index(name) + 1, (rank,))
                for rank, name in enumerate(order, 1)
            ]
    return ballots


def make_contest() -> tuple[Definition, dict[str, list[Ballot]]]:
    """Three categories: two rounds with six jurors; panels and severity; four jurors only."""
    chance = random.Random(2023)
    first = Round(
        "college-1",
        "Présélection",
        APPROVAL,
        tuple(range(1, 21)),
        minimum=3,
        advance=Advance(threshold=Fraction(1, 2)),
    )
    charm = {number: chance.random() for number in first.numbers}

    def opinion(number: int) -> int:
        return ABSTAIN if chance.random() < 0.1 else int(chance.random() < charm[number])

    ballots = {
        first.key: [
            Ballot(f"user-{juror}", number, (opinion(number),))
            for juror in range(6)
            for number in first.numbers
        ]
    }
    advanced = tally_round(first, ballots[first.key]).standing.advanced
    final = with_lot(Round("college-2", "Finale", MAJORITY, advanced))
    ballots[final.key] = [
        Ballot(f"user-{juror}", number, (chance.randrange(6),))
        for juror in range(6)
        for number in advanced
    ]
    panels = criteria_round(range(31, 61), key="lycee-1", panel_size=3, minimum=2, severity=True)
    jurors = [f"user-{juror}" for juror in range(3, 10)]
    assigned = design(panels.numbers, jurors, {("user-4", 33)}, panel_size=3, minimum=2, seed="s")
    ballots[panels.key] = [
        Ballot(juror, number, tuple(chance.randrange(6) for _each in range(3)))
        for juror, number in assigned.assignments
    ]
    small = Round("ecole-1", "Finale", RANKING, (71, 72, 73, 74, 75))
    ballots[small.key] = [
        Ballot(f"user-{juror}", number, (chance.randint(1, 4),))
        for juror in range(4)
        for number in small.numbers
        if (juror, number) != (2, 73)
    ]
    definition = Definition(
        "Concours d’affiches 2023",
        (
            Category("college", "Collège", (first, final)),
            Category("lycee", "Lycée", (panels,)),
            Category("ecole", "École", (small,)),
        ),
        awards=(Award("Coup de cœur", (5,), "La classe a peint l’affiche à vingt-quatre mains."),),
    )
    return definition, ballots
