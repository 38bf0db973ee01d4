"""Fiches-actions and where their stories stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum


class Ending(StrEnum):
    """Where the story of a fiche stops: a status, or published with a change under review."""

    DRAFT = "draft"
    NETWORK_REVIEW = "network_review"
    ACADEMY_REVIEW = "academy_review"
    CHANGES_REQUESTED = "changes_requested"
    PUBLISHED = "published"
    PUBLISHED_PENDING = "published_pending"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class PartnerRecord:
    """A partner of a fiche; `type` is a code of the vocabulary."""

    name: str
    type: str


@dataclass(frozen=True)
class SessionRecord:
    """One date of a fiche."""

    date: date
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    openness: str = ""


@dataclass(frozen=True)
class IndicatorRecord:
    """How a fiche measures its effect; `actual` belongs to the follow-up."""

    label: str
    target: str
    actual: str = ""


@dataclass(frozen=True)
class FollowUp:
    """What the establishment says once the week is over."""

    satisfaction: int
    continued: bool
    strengths: str = ""
    improvements: str = ""
    advice: str = ""


@dataclass(frozen=True)
class ActionRecord:
    """A fiche-action and where its story stops; `featured` where the editor puts it in front.

    `comment` is the reviewer’s last word; `pending` what a change under review brings to a
    published fiche, by the name of the field.
    """

    status: Ending
    establishment: str
    title: str
    comment: str = ""
    associated: tuple[str, ...] = ()
    summary: str = ""
    coordinator_name: str = ""
    coordinator_function: str = ""
    coordinator_email: str = ""
    audiences: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    action_types: tuple[str, ...] = ()
    production_types: tuple[str, ...] = ()
    funding_sources: tuple[str, ...] = ()
    pupils_planned: int | None = None
    adults_planned: int | None = None
    pupils_actual: int | None = None
    adults_actual: int | None = None
    moment: str = ""
    novelty: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    openness: str = ""
    registration: str = ""
    objectives: str = ""
    course: str = ""
    outcome: str = ""
    budget: Decimal | None = None
    ready_to_reuse: bool = False
    reuse_tips: str = ""
    partners: tuple[PartnerRecord, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    indicators: tuple[IndicatorRecord, ...] = ()
    featured: bool = False
    follow_up: FollowUp | None = None
    pending: dict[str, str | int] = field(default_factory=dict)
