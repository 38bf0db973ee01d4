"""Editions and what stands below them, but for their fiches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from .pages import KeyFigure, Passage


@dataclass(frozen=True)
class Milestone:
    """One step of a calendar; `date` is in words."""

    date: str
    title: str
    text: str


@dataclass(frozen=True)
class ContactRecord:
    """Whom to ask about an edition."""

    label: str
    email: str
    phone: str


@dataclass(frozen=True)
class ProgrammeRecord:
    """One point of an event’s programme."""

    starts: time
    ends: time
    title: str
    description: str
    speakers: tuple[str, ...]


@dataclass(frozen=True)
class EventRecord:
    """An event of an edition; instants are aware."""

    title: str
    slug: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    introduction: str
    programme: tuple[ProgrammeRecord, ...] = ()


@dataclass(frozen=True)
class CampaignRecord:
    """An edition with everything below it but its fiches; instants are aware."""

    academy: str
    slug: str
    title: str
    school_year: str
    edition: int
    theme: str
    week_first_day: date
    week_last_day: date
    call_opens_at: datetime
    call_closes_at: datetime
    introduction: str
    letter: tuple[str, ...]
    key_figures: tuple[KeyFigure, ...]
    contacts: tuple[ContactRecord, ...]
    accordion: tuple[Passage, ...]
    timeline: tuple[Milestone, ...]
    resources: tuple[Passage, ...]
    events: tuple[EventRecord, ...]
    patron: str = ""
