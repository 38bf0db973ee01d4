"""The rules behind the form, by themselves: dates, lists out of a vocabulary, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.phases import PARIS
from contest.calendar import end_of_school_year
from contest.date_rules import ContestDates, problems_of_dates, problems_with_edition
from contest.defaults import default_dates
from contest.models import Category, ContestPage
from contest.vocabulary import formats_in_words, kind_options, kinds_in_words
from establishments.enums import Kind
from tests.contest.scene import Scene

DATES = ContestDates(
    has_registration=True,
    registration_closes_at=datetime(2023, 3, 9, 22, 59, 59, tzinfo=UTC),
    deposit_opens_at=datetime(2023, 1, 17, 8, tzinfo=UTC),
    deposit_closes_at=datetime(2023, 3, 20, 22, 59, 59, tzinfo=UTC),
    jury_on=date(2023, 3, 28),
    results_at=datetime(2023, 4, 6, 10, tzinfo=UTC),
    exhibition_first_day=date(2023, 4, 3),
    exhibition_last_day=date(2023, 4, 7),
    rights_expire_on=date(2023, 8, 31),
)


def test_usual_dates_are_possible() -> None:
    assert problems_of_dates(DATES) == {}


def test_dates_that_are_not_known_yet_are_no_problem() -> None:
    blank = replace(
        DATES,
        registration_closes_at=None,
        jury_on=None,
        results_at=None,
        exhibition_first_day=None,
        exhibition_last_day=None,
        rights_expire_on=None,
    )
    nothing = replace(blank, deposit_opens_at=None, deposit_closes_at=None)

    for dates in (blank, nothing):
        assert problems_of_dates(dates) == {}
        assert problems_with_edition(dates, call_closes_at=None, rights_end_on=None) == {}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"registration_closes_at": DATES.deposit_closes_at + timedelta(seconds=1)}, True),
        ({"registration_closes_at": DATES.deposit_closes_at}, False),
        ({"jury_on": date(2023, 3, 20)}, False),  # The day on which the deposit closes, at night.
        ({"results_at": datetime(2023, 3, 28, 6, tzinfo=UTC)}, False),  # The day of the jury.
        ({"exhibition_last_day": None}, False),
        ({"rights_expire_on": date(2023, 4, 7)}, False),  # The last day of the exhibition.
    ],
)
def test_limits_are_included(changed: dict, field: bool) -> None:
    assert bool(problems_of_dates(replace(DATES, **changed))) is field


def test_without_registration_its_date_does_not_matter() -> None:
    late = replace(DATES, registration_closes_at=datetime(2024, 1, 1, tzinfo=UTC))

    assert list(problems_of_dates(late)) == ["registration_closes_at"]
    assert problems_of_dates(replace(late, has_registration=False)) == {}


@given(
    first_day=st.dates(date(2023, 9, 15), date(2024, 8, 15)),
    week_days=st.integers(0, 13),
    opens_before=st.integers(-10, 200),
    call_days=st.integers(1, 200),
)
def test_the_dates_proposed_are_always_possible(
    first_day: date, week_days: int, opens_before: int, call_days: int
) -> None:
    last_day = first_day + timedelta(days=week_days)
    opens_on = min(first_day - timedelta(days=opens_before), last_day - timedelta(days=1))
    closes_on = min(opens_on + timedelta(days=call_days), last_day)
    call_closes_at = datetime.combine(closes_on, time(23, 59, 59), tzinfo=PARIS)

    proposed = default_dates(
        call_opens_at=datetime.combine(opens_on, time(9), tzinfo=PARIS),
        call_closes_at=call_closes_at,
        first_day=first_day,
        last_day=last_day,
    )

    dates = ContestDates(has_registration=True, rights_expire_on=None, **vars(proposed))
    assert problems_of_dates(dates) == {}
    assert (
        problems_with_edition(
            dates, call_closes_at=call_closes_at, rights_end_on=end_of_school_year(last_day)
        )
        == {}
    )


@pytest.mark.parametrize("value", [["gif"], "pdf", {"pdf": 1}, [None], []])
def test_a_list_holds_values_of_its_vocabulary_only(value: object) -> None:
    with pytest.raises(ValidationError):
        ContestPage._meta.get_field("formats").clean(value, None)


def test_kinds_are_all_offered_once() -> None:
    offered = [value for _stage, kinds in kind_options() for value, _label in kinds]

    assert sorted(offered) == sorted(Kind.values)
    for kinds in ([], offered):
        assert Category._meta.get_field("kinds").clean(kinds, None) == kinds


def test_lists_are_put_into_words() -> None:
    assert kinds_in_words(["erea", "relay", "college"]) == "Collège, EREA, dispositif relais"
    assert kinds_in_words(["no-longer-known"]) == ""
    assert formats_in_words(["pdf", "png"]) == "PNG, PDF d’une page"


@pytest.mark.django_db
def test_revisions_can_be_compared_and_taken_up_again(scene: Scene, editor: Client) -> None:
    contest = scene.contest
    contest.save_revision()
    contest.max_posters = 2
    contest.categories = [row for row in contest.categories.all() if row.name != "Écoles"]
    contest.save_revision().publish()
    earliest = contest.revisions.order_by("created_at").first()

    compared = editor.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[contest.pk, "earliest", "latest"])
    )
    taken_up = editor.get(
        reverse("wagtailadmin_pages:revisions_revert", args=[contest.pk, earliest.pk])
    )

    assert "Écoles" in compared.content.decode()
    assert 'value="Écoles"' in taken_up.content.decode()
