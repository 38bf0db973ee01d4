"""The content stands at the right dates, whatever the day it is loaded on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from campaigns.phases import Calendar, Phase
from campaigns.school_year import contains
from demo.dating import Dating, school_year_of
from demo.loading.pace import pace_of
from demo.reading import Content
from demo.records import CampaignRecord

EVERY_WEEKDAY = [
    datetime(2026, 11, 16, hour, tzinfo=UTC) + timedelta(days=day)
    for day in range(7)
    for hour in (0, 23)
]
AWKWARD_DAYS = [
    datetime(2026, 8, 15, 12, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 59, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 8, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
]


def present(now: datetime) -> tuple[Content, CampaignRecord]:
    content = Content(Dating.at(now))
    return content, content.campaigns["normandie-current"]


@pytest.mark.parametrize("now", [*EVERY_WEEKDAY, *AWKWARD_DAYS], ids=str)
def test_the_call_is_open_on_the_day_of_loading_and_the_week_starts_on_a_monday(
    now: datetime,
) -> None:
    _content, edition = present(now)

    calendar = Calendar(
        edition.call_opens_at,
        edition.call_closes_at,
        edition.week_first_day,
        edition.week_last_day,
    )
    assert calendar.phase(now) is Phase.CALL_OPEN
    assert edition.week_first_day.weekday() == 0
    assert edition.week_last_day - edition.week_first_day == timedelta(days=4)


@pytest.mark.parametrize("now", AWKWARD_DAYS, ids=str)
def test_the_events_of_the_present_edition_take_place_in_its_week(now: datetime) -> None:
    _content, edition = present(now)

    days = [event.starts_at.date() for event in edition.events]
    assert days
    assert all(edition.week_first_day <= day <= edition.week_last_day for day in days)


@pytest.mark.parametrize("now", AWKWARD_DAYS, ids=str)
def test_the_editions_of_an_academy_have_addresses_of_their_own(now: datetime) -> None:
    content, edition = present(now)

    slugs = [one.slug for one in content.campaigns.values() if one.academy == edition.academy]
    assert sorted(set(slugs)) == sorted(slugs)
    assert edition.slug == str(edition.week_first_day.year)
    assert contains(edition.school_year, edition.week_first_day)


@pytest.mark.parametrize("now", [*EVERY_WEEKDAY, *AWKWARD_DAYS], ids=str)
def test_every_act_of_the_present_edition_lies_between_its_opening_and_now(now: datetime) -> None:
    content, edition = present(now)

    for fiche in content.actions_of("normandie-current"):
        pace = pace_of(fiche.title, edition, content.dating.today)
        acts = [pace.started, pace.submitted, pace.visa, pace.decided, pace.ended]
        assert acts == sorted(acts)
        assert edition.call_opens_at <= acts[0]
        assert acts[-1] < now


@pytest.mark.parametrize("name", ["amiens-2015", "normandie-2023"])
def test_fiches_of_a_past_edition_are_handed_in_during_the_call_and_decided_before_the_week(
    name: str,
) -> None:
    content = Content(Dating.at(AWKWARD_DAYS[0]))
    edition = content.campaigns[name]

    for fiche in content.actions_of(name):
        pace = pace_of(fiche.title, edition, content.dating.today)
        assert edition.call_opens_at <= pace.started < pace.submitted <= edition.call_closes_at
        assert pace.submitted < pace.visa < pace.decided < pace.ended
        assert pace.ended.date() < edition.week_first_day
        assert edition.week_last_day < pace.followed_up.date() < pace.archived.date()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 1, 18), "2026-2027"),
        (date(2026, 10, 12), "2026-2027"),
        (date(2026, 7, 31), "2025-2026"),
    ],
)
def test_the_school_year_changes_in_august(day: date, expected: str) -> None:
    assert school_year_of(day) == expected
