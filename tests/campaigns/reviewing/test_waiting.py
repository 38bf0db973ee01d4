"""How long a fiche has waited, and which deadline is near."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from campaigns.phases import Calendar
from campaigns.waiting import days_since, near_deadline, since_in_words

NOW = datetime(2023, 3, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "depuis aujourd’hui"),
        (11, "depuis aujourd’hui"),
        (13, "depuis hier"),
        (24 * 5, "depuis 5 jours"),
    ],
)
def test_the_age_is_told_in_days_of_the_calendar(hours, words) -> None:
    assert since_in_words(NOW - timedelta(hours=hours), NOW) == words


def test_what_is_not_known_or_to_come_is_no_age() -> None:
    assert since_in_words(None, NOW) == ""
    assert days_since(NOW + timedelta(days=3), NOW) == 0


def calendar(call_closes_at: datetime, week_first_day: date) -> Calendar:
    return Calendar(
        NOW - timedelta(days=60), call_closes_at, week_first_day, week_first_day + timedelta(days=4)
    )


@pytest.mark.parametrize(
    ("closes_in", "week_in", "words"),
    [
        (20, 40, ""),
        (3, 40, "appel clos dans 3 jours"),
        (1, 40, "appel clos demain"),
        (0, 40, "appel clos aujourd’hui"),
        (-1, 40, ""),
        (-1, 10, "la Semaine commence dans 10 jours"),
        (-1, 1, "la Semaine commence demain"),
        (-20, -1, "la Semaine est en cours"),
        (-20, -30, ""),
    ],
)
def test_the_next_deadline_is_told_where_it_is_near(closes_in, week_in, words) -> None:
    found = near_deadline(
        calendar(NOW + timedelta(days=closes_in, hours=1), NOW.date() + timedelta(days=week_in)),
        NOW,
    )

    assert found == words
