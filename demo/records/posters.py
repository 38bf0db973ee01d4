"""Posters, where their stories stop, and the texts of their contests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PosterEnding(StrEnum):
    """Where the story of a poster stops: a status."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class PosterRecord:
    """A poster and where its story stops.

    `slug` names its drawing, `category` a category of its contest by its code. `reason` is one of
    the list that editors choose from, `comment` their words; the comment of a withdrawn poster says
    why it was.
    """

    slug: str
    uai: str
    category: str
    title: str
    statement: str
    alternative: str
    pupils: int
    technique: str
    ai_use: str
    third_party: bool
    status: PosterEnding
    class_label: str = ""
    ai_details: str = ""
    third_party_details: str = ""
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True)
class RuleRecord:
    """An article of the rules."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class DebateStep:
    """A moment of the session that comes before the poster."""

    minutes: int
    title: str
    text: str


@dataclass(frozen=True)
class DebateRecord:
    """What helps a class to debate: questions, and the course of one session."""

    introduction: str
    questions: tuple[str, ...]
    steps: tuple[DebateStep, ...]


@dataclass(frozen=True)
class CategoryRecord:
    """A category, and the kinds of establishment that it takes."""

    code: str
    name: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class CriterionRecord:
    """What the jury grades from 0 to `scale`."""

    label: str
    help: str
    weight: int
    scale: int = 5


@dataclass(frozen=True)
class PrizeRecord:
    """A prize; `kind` says whether each category, one poster or the jury’s heart has it."""

    label: str
    kind: str
    reward: str
    ties_allowed: bool


@dataclass(frozen=True)
class ContestRecord:
    """The texts and the rows of a contest; its dates follow from its edition’s."""

    title: str
    theme: str
    introduction: tuple[str, ...]
    rules: tuple[RuleRecord, ...]
    debate: DebateRecord
    categories: tuple[CategoryRecord, ...]
    criteria: tuple[CriterionRecord, ...]
    prizes: tuple[PrizeRecord, ...]
