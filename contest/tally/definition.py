"""What a jury decides by: contest, categories, rounds, criteria. Frozen, checked when made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from contest.tally.errors import BadDefinition, BadSeed

RULESET = "1"
"""Version of the rules that these files apply; a published result says which one it follows."""

CRITERIA = "criteria"
APPROVAL = "approval"
MAJORITY = "majority"
RANKING = "ranking"
METHODS = (CRITERIA, APPROVAL, MAJORITY, RANKING)

EX_AEQUO = "ex_aequo"
LOT = "lot"
LAST_RESORTS = (EX_AEQUO, LOT)

MENTIONS = ("Insuffisant", "Passable", "Assez bien", "Bien", "Très bien", "Excellent")
"""The six mentions of the majority judgment, worst first: a grade is a place in this list."""

NO, YES, ABSTAIN = 0, 1, -1
"""The grades of an approval; an abstention counts neither for nor against."""

MOST_FINALISTS = 20
"""Nobody orders more posters than that with care."""

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""What a category, a round, a criterion is called in files: needs no quotes in a CSV."""


@dataclass(frozen=True)
class Criterion:
    """What jurors grade, from `lowest` to `scale`, both included; a higher grade is better."""

    key: str
    label: str
    weight: int = 1
    scale: int = 5
    lowest: int = 0

    def __post_init__(self) -> None:
        _require_key(self.key)
        if self.weight < 1 or self.scale <= self.lowest:
            raise BadDefinition("bad_criterion", criterion=self.key)


@dataclass(frozen=True)
class Advance:
    """Who goes on to the next round: the `count` best, or those at `threshold` and above.

    A threshold is a score (criteria), a share of approvals between 0 and 1, or a median mention.
    Posters that the method holds equal pass or fail together, in both cases.
    """

    count: int | None = None
    threshold: Fraction | None = None

    def __post_init__(self) -> None:
        if (self.count is None) == (self.threshold is None):
            raise BadDefinition("bad_advance")
        if self.count is not None and self.count < 1:
            raise BadDefinition("bad_advance")


@dataclass(frozen=True)
class Round:
    """One round of a category and the rules that it was opened with.

    `numbers`: public numbers of the posters in it. `criteria`: those of the criteria method, in
    the order in which they break ties. `mentions`: worst first, for the majority judgment.
    `panel_size`: jurors a poster, None where everyone judges everything. `minimum`: ballots below
    which a poster has no place unless it is in `accepted`, the logged decision to count it all the
    same. `commitment`: sha256 of `seed`, published before the opening; `seed` is empty until the
    lot is drawn.
    """

    key: str
    name: str
    method: str
    numbers: tuple[int, ...]
    criteria: tuple[Criterion, ...] = ()
    mentions: tuple[str, ...] = MENTIONS
    panel_size: int | None = None
    minimum: int = 1
    accepted: tuple[int, ...] = ()
    severity: bool = False
    last_resort: str = EX_AEQUO
    advance: Advance | None = None
    commitment: str = ""
    seed: str = ""

    def __post_init__(self) -> None:
        _require_key(self.key)
        if self.method not in METHODS or self.last_resort not in LAST_RESORTS:
            raise BadDefinition("unknown_method", round=self.key, method=self.method)
        _require_unique(self.numbers, "same_poster_twice", self.key)
        _require_unique([one.key for one in self.criteria], "same_criterion_twice", self.key)
        if any(number < 1 for number in self.numbers) or not set(self.accepted) <= {*self.numbers}:
            raise BadDefinition("bad_number", round=self.key)
        if bool(self.criteria) != (self.method == CRITERIA):
            raise BadDefinition("bad_criteria", round=self.key)
        if self.method == MAJORITY and len(self.mentions) < 2:
            raise BadDefinition("bad_mentions", round=self.key)
        if self.method == RANKING and len(self.numbers) > MOST_FINALISTS:
            raise BadDefinition("too_many_finalists", round=self.key, most=MOST_FINALISTS)
        if self.method == RANKING and self.advance and self.advance.threshold is not None:
            raise BadDefinition("bad_advance", round=self.key)
        if self.severity and self.method != CRITERIA:
            raise BadDefinition("severity_needs_criteria", round=self.key)
        if self.minimum < 1 or (self.panel_size is not None and self.panel_size < 1):
            raise BadDefinition("bad_panel", round=self.key)

    @property
    def questions(self) -> tuple[Criterion, ...]:
        """What a ballot answers, in order: the criteria, or the method's only question.

        A rank runs from 1, the best; equal ranks are allowed and only their order counts.
        """
        if self.method == APPROVAL:
            return (Criterion("opinion", "", scale=YES, lowest=ABSTAIN),)
        if self.method == MAJORITY:
            return (Criterion("mention", "", scale=len(self.mentions) - 1),)
        if self.method == RANKING:
            return (Criterion("rank", "", scale=max(len(self.numbers), 2), lowest=1),)
        return self.criteria

    @property
    def divisor(self) -> int:
        """What the points of a ballot are divided by: the sum of the weights."""
        return sum(one.weight for one in self.criteria) if self.method == CRITERIA else 1

    def points(self, grades: Sequence[int]) -> int:
        """What a ballot gives a poster, before `divisor`: Σ weight × grade, or its only grade."""
        if self.method != CRITERIA:
            return grades[0]
        return sum(one.weight * grades[place] for place, one in enumerate(self.criteria))


@dataclass(frozen=True)
class ListedJuror:
    """A juror as published: an alias, and the sha256 of the receipt that finds their lines."""

    alias: str
    receipt_sha256: str


@dataclass(frozen=True)
class Category:
    """A category, its rounds in order, and its jurors as published (none before)."""

    key: str
    name: str
    rounds: tuple[Round, ...]
    jurors: tuple[ListedJuror, ...] = ()

    def __post_init__(self) -> None:
        _require_key(self.key)
        _require_unique([one.alias for one in self.jurors], "same_juror_twice", self.key)


@dataclass(frozen=True)
class Award:
    """A prize that the commission gave by hand, with its reason; never computed."""

    prize: str
    numbers: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True)
class Definition:
    """Everything but the ballots: `version` counts corrections, `note` says what one corrects.

    `withheld`: key of a round with too few jurors, and the hash of its ballots.
    """

    title: str
    categories: tuple[Category, ...]
    version: int = 1
    note: str = ""
    awards: tuple[Award, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        _require_unique([one.key for one in self.categories], "same_key_twice", "")
        _require_unique([rules.key for _category, rules in self.rounds], "same_key_twice", "")

    @property
    def rounds(self) -> tuple[tuple[Category, Round], ...]:
        """Every round with its category, in order."""
        return tuple((one, rules) for one in self.categories for rules in one.rounds)


def commitment_of(seed: str) -> str:
    """What is published before a round opens: the sha256 of `seed`, in hexadecimal."""
    return hashlib.sha256(seed.encode()).hexdigest()


def check_seed(rules: Round) -> None:
    """Raise `BadSeed` unless the round's seed is there and is the one committed to."""
    if not rules.seed:
        raise BadSeed("seed_missing", round=rules.key)
    if commitment_of(rules.seed) != rules.commitment:
        raise BadSeed("seed_differs", round=rules.key)


def _require_key(key: str) -> None:
    if not KEY.fullmatch(key):
        raise BadDefinition("bad_key", key=key)


def _require_unique(values: Iterable[object], code: str, where: str) -> None:
    found = list(values)
    if len(set(found)) != len(found):
        raise BadDefinition(code, where=where)
