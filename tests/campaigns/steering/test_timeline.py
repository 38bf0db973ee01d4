"""An edition day after day: sums at the end of each day in Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from wagtail.log_actions import log

from campaigns.steering.comparing import same_point
from campaigns.steering.numbers import read_numbers
from campaigns.steering.scope import Role, Scope
from campaigns.steering.timeline import count_days, cumulated, drawn_days
from tests.campaigns.scene import NOW
from tests.campaigns.steering.cases import Steered, hand_in
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


def scope_of(site: Steered) -> Scope:
    return Scope(Role.EDITOR, site.academy)


def test_a_fiche_counts_on_the_day_it_was_in_paris(site: Steered) -> None:
    hand_in(site.edition, site.schools[0], at=datetime(2023, 2, 1, 23, 30, tzinfo=UTC))
    days = count_days(scope_of(site), site.edition, None)
    assert days.handed_in == {date(2023, 2, 2): 1}


def test_only_the_first_visa_of_a_fiche_counts(site: Steered) -> None:
    action = hand_in(site.edition, site.schools[0])
    other = hand_in(site.edition, site.schools[1])
    for one, day in ((action, 3), (action, 6), (other, 6)):
        entry = log(instance=one, action="campaigns.visa", user=site.lead)
        type(entry).objects.filter(pk=entry.pk).update(
            timestamp=datetime(2023, 2, day, 9, tzinfo=UTC)
        )
    days = count_days(scope_of(site), site.edition, None)
    assert days.visas == {date(2023, 2, 3): 1, date(2023, 2, 6): 1}


def test_sums_grow_and_count_what_came_before_the_drawing() -> None:
    numbers = {date(2023, 1, 1): 2, date(2023, 2, 2): 3}
    sums = cumulated(numbers, date(2023, 2, 1), date(2023, 2, 3))
    assert [value for _day, value in sums] == [2, 5, 5]


def test_the_drawing_ends_now_or_some_time_after_the_week(site: Steered) -> None:
    edition = site.edition
    first, last = drawn_days(edition, NOW, None)
    assert (first, last) == (date(2023, 1, 17), date(2023, 2, 1))
    _first, last = drawn_days(edition, NOW + timedelta(days=4_000), None)
    assert last == edition.week_last_day + timedelta(days=60)


def test_the_previous_edition_is_counted_as_far_from_its_deadline(site: Steered) -> None:
    previous = make_edition(
        site.academy,
        call_opens_at=datetime(2022, 1, 17, 8, tzinfo=UTC),
        call_closes_at=datetime(2022, 3, 10, 22, 59, 59, tzinfo=UTC),
    )
    then = same_point(site.edition, previous, NOW)
    assert then == datetime(2022, 2, 2, 11, tzinfo=UTC)
    hand_in(previous, site.schools[0], at=then - timedelta(hours=1))
    hand_in(previous, site.schools[1], at=then + timedelta(hours=1))
    total = read_numbers(scope_of(site), site.edition, previous, NOW).total
    assert (total.before, total.answered_before) == (1, 1)


def test_an_edition_long_over_is_compared_with_the_whole_of_the_previous(site: Steered) -> None:
    previous = make_edition(
        site.academy,
        call_opens_at=datetime(2022, 1, 17, 8, tzinfo=UTC),
        call_closes_at=datetime(2022, 3, 10, 22, 59, 59, tzinfo=UTC),
    )
    hand_in(previous, site.schools[0], at=datetime(2022, 6, 1, tzinfo=UTC))
    late = NOW + timedelta(days=400)
    assert read_numbers(scope_of(site), site.edition, previous, late).total.before == 1
