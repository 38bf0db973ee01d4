"""How long the jury's sums take: a large final, its whole result, an assignment, a verification."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable

from contest.tally.archive import pack, read_archive
from contest.tally.assignment import design
from contest.tally.ballots import Ballot, check_ballots
from contest.tally.counting import count_ballots
from contest.tally.definition import CRITERIA, MAJORITY, Category, Criterion, Definition, Round
from contest.tally.duels import hold_duels, opinions_of
from contest.tally.publication import publish
from contest.tally.standing import stand
from contest.tally.tallying import tally_round
from contest.tally.verification import verify

SECRET = bytes(32)


def measure() -> list[tuple[str, str]]:
    """Label and figure of each; ballots are drawn, always the same."""
    final = Round("final", "Finale", MAJORITY, tuple(range(1, 1001)))
    ballots = graded(final, 100)
    jurors = [f"juror-{place}" for place in range(9)]
    chance = random.Random(1)
    numbers = tuple(range(1, 301))
    conflicts = {(one, number) for one in jurors for number in numbers if chance.random() < 0.05}

    def assign() -> object:
        return design(numbers, jurors, conflicts, panel_size=3, minimum=2, seed="seed")

    criteria = tuple(Criterion(f"c{place}", f"Critère {place}") for place in range(5))
    panels = Round("panels", "Tour", CRITERIA, numbers, criteria, severity=True)
    assigned = design(numbers, jurors, conflicts, panel_size=3, minimum=2, seed="seed")
    cast = [
        Ballot(juror, number, tuple(chance.randrange(6) for _each in criteria))
        for juror, number in assigned.assignments
    ]
    contest = Definition("Concours", (Category("all", "Toutes", (panels,)),))
    archive = pack(publish(contest, {panels.key: cast}, SECRET).public)

    def check() -> object:
        return verify(read_archive(io.BytesIO(archive)))

    return [
        (
            "Majority judgment, 1,000 posters, 100,000 ballots: places",
            _seconds(lambda: places(final, ballots)),
        ),
        (
            "The same with each of the 100 jurors left out",
            _seconds(lambda: tally_round(final, ballots), times=1),
        ),
        ("Assignment, 300 posters, 9 jurors, panels of 3, 5 % of conflicts", _seconds(assign)),
        (
            "Criteria with severity, 300 posters, 9 jurors, 5 criteria: the whole result",
            _seconds(lambda: tally_round(panels, cast)),
        ),
        ("Verification of its ZIP", _seconds(check)),
    ]


def graded(rules: Round, jurors: int) -> list[Ballot]:
    """A mention of every juror for every poster."""
    chance = random.Random(2)
    return [
        Ballot(f"juror-{juror}", number, (chance.randrange(6),))
        for juror in range(jurors)
        for number in rules.numbers
    ]


def places(rules: Round, ballots: list[Ballot]) -> object:
    """The standing of a round from unchecked ballots, and nothing else."""
    check_ballots(rules, ballots)
    opinions = opinions_of(rules, ballots)
    return stand(rules, count_ballots(rules, ballots), lambda tied: hold_duels(opinions, tied))


def _seconds(work: Callable[[], object], times: int = 3) -> str:
    """The shortest of several runs: what else the machine does only adds."""
    spent = []
    for _run in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return f"{min(spent):.2f} s"
