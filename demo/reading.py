"""Reads the demo's content files into records, with dates for the numbers of days in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from campaigns.phases import PARIS

from .dating import Dating, in_paris, school_year_of
from .records import (
    AcademyRecord,
    ActionRecord,
    BasinRecord,
    CampaignRecord,
    CardRecord,
    ContactRecord,
    DepartmentRecord,
    Ending,
    EstablishmentRecord,
    EventRecord,
    FollowUp,
    HomeRecord,
    IndicatorRecord,
    KeyFigure,
    Milestone,
    NetworkRecord,
    PageRecord,
    PartnerRecord,
    Passage,
    PersonRecord,
    PersonRole,
    ProgrammeRecord,
    Quote,
    Section,
    SessionRecord,
)

CONTENT = Path(__file__).parent / "content"
CALL_OPENING = time(8, 0)
CALL_CLOSING = time(23, 59, 59)

Table = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """Everything that the demo shows, dated.

    Raises:
        TypeError: a file has a key that its record does not know, or lacks one it needs.
        ValueError: a value is not one of those its record knows.
    """

    dating: Dating

    @cached_property
    def academies(self) -> list[AcademyRecord]:
        """The académies."""
        return [_academy(table) for table in _read("academies.toml")["academy"]]

    @cached_property
    def people(self) -> list[PersonRecord]:
        """The people, by slug unique."""
        return [
            PersonRecord(**_frozen({**table, "role": PersonRole(table["role"])}))
            for table in _read("people.toml")["person"]
        ]

    @cached_property
    def establishments(self) -> list[EstablishmentRecord]:
        """The establishments."""
        tables = _read("establishments.toml")["establishment"]
        return [
            EstablishmentRecord(
                **{
                    **table,
                    "latitude": float(table["latitude"]),
                    "longitude": float(table["longitude"]),
                }
            )
            for table in tables
        ]

    @cached_property
    def homes(self) -> list[HomeRecord]:
        """The home page of each académie."""
        return [_home(table) for table in _read("pages.toml")["home"]]

    @cached_property
    def pages(self) -> list[PageRecord]:
        """The pages of text that belong to no edition."""
        return [_page(table) for table in _read("pages.toml")["page"]]

    @cached_property
    def campaigns(self) -> dict[str, CampaignRecord]:
        """The editions, by the name of their file."""
        return {
            path.stem: self._campaign(_parse(path))
            for path in sorted((CONTENT / "campaigns").glob("*.toml"))
        }

    @property
    def first_call(self) -> datetime:
        """When the first call of all opened."""
        return min(campaign.call_opens_at for campaign in self.campaigns.values())

    def actions_of(self, campaign: str) -> list[ActionRecord]:
        """The fiches of the edition whose file is named `campaign`, in the order of theirs."""
        paths = sorted((CONTENT / "actions" / campaign).glob("*.toml"))
        return [self._action(_parse(path)) for path in paths]

    def _campaign(self, table: Table) -> CampaignRecord:
        if "week_starts_in" in table:
            table = self._dated_campaign(table)
        table["events"] = tuple(self._event(event) for event in table.pop("event", []))
        table["call_opens_at"] = table["call_opens_at"].replace(tzinfo=PARIS)
        table["call_closes_at"] = table["call_closes_at"].replace(tzinfo=PARIS)
        return CampaignRecord(
            key_figures=tuple(KeyFigure(**figure) for figure in table.pop("key_figure", [])),
            contacts=tuple(ContactRecord(**contact) for contact in table.pop("contact", [])),
            accordion=tuple(Passage(**passage) for passage in table.pop("accordion", [])),
            timeline=tuple(Milestone(**milestone) for milestone in table.pop("timeline", [])),
            resources=tuple(Passage(**passage) for passage in table.pop("resource", [])),
            **_frozen(table),
        )

    def _dated_campaign(self, table: Table) -> Table:
        """The edition of the present: its address and its title bear the year of its week."""
        monday = self.dating.day(table.pop("week_starts_in"))
        opens = self.dating.call_day(table.pop("call_opens_in"))
        closes = self.dating.call_day(table.pop("call_closes_in"))
        return {
            **table,
            "slug": str(monday.year),
            "title": f"{table['title']} {monday.year}",
            "school_year": school_year_of(monday),
            "week_first_day": monday,
            "week_last_day": self.dating.friday_after(monday),
            "call_opens_at": in_paris(opens, CALL_OPENING),
            "call_closes_at": in_paris(closes, CALL_CLOSING),
        }

    def _event(self, table: Table) -> EventRecord:
        if "starts_in" in table:
            day = self.dating.day(table.pop("starts_in"))
            starts_at = in_paris(day, time.fromisoformat(table.pop("start_time")))
            ends_at = in_paris(day, time.fromisoformat(table.pop("end_time")))
        else:
            starts_at = table.pop("starts_at").replace(tzinfo=PARIS)
            ends_at = table.pop("ends_at").replace(tzinfo=PARIS)
        programme = tuple(
            ProgrammeRecord(**_frozen(_clocked(point))) for point in table.pop("session", [])
        )
        return EventRecord(starts_at=starts_at, ends_at=ends_at, programme=programme, **table)

    def _action(self, table: Table) -> ActionRecord:
        for name in ("starts", "ends"):
            if f"{name}_in" in table:
                table[f"{name}_on"] = self.dating.day(table.pop(f"{name}_in"))
        if "budget" in table:
            table["budget"] = Decimal(table["budget"])
        for name in ("objectives", "course", "outcome"):
            table[name] = table.get(name, "").strip()
        follow_up = table.pop("follow_up", None)
        return ActionRecord(
            status=Ending(table.pop("status")),
            partners=tuple(PartnerRecord(**partner) for partner in table.pop("partner", [])),
            sessions=tuple(self._session(session) for session in table.pop("session", [])),
            indicators=tuple(IndicatorRecord(**row) for row in table.pop("indicator", [])),
            follow_up=FollowUp(**follow_up) if follow_up else None,
            **_frozen(table),
        )

    def _session(self, table: Table) -> SessionRecord:
        if "in_days" in table:
            table["date"] = self.dating.day(table.pop("in_days"))
        return SessionRecord(**_clocked(table))


def _academy(table: Table) -> AcademyRecord:
    return AcademyRecord(
        departments=tuple(DepartmentRecord(**row) for row in table.pop("department")),
        basins=tuple(BasinRecord(**row) for row in table.pop("basin")),
        networks=tuple(NetworkRecord(**_frozen(row)) for row in table.pop("network")),
        **_frozen(table),
    )


def _home(table: Table) -> HomeRecord:
    return HomeRecord(
        quote=Quote(**table.pop("quote")),
        cards=tuple(CardRecord(**card) for card in table.pop("card")),
        key_figures=tuple(KeyFigure(**figure) for figure in table.pop("key_figure")),
        **table,
    )


def _page(table: Table) -> PageRecord:
    sections = tuple(Section(**_frozen(section)) for section in table.pop("section"))
    return PageRecord(sections=sections, **_frozen(table))


def _read(name: str) -> Table:
    return _parse(CONTENT / name)


def _parse(path: Path) -> Table:
    # Amounts as decimals: a budget must not pass through binary fractions.
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _frozen(table: Table) -> Table:
    """`table` with its lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _clocked(table: Table) -> Table:
    """`table` with its "14:00" as times."""
    clocks: Table = {
        name: time.fromisoformat(table[name]) for name in ("starts", "ends") if name in table
    }
    return {**table, **clocks}
