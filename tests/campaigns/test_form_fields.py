"""Dates, times and numbers as people type them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from campaigns.forms.fields import DayField, EurosField, HourField, WholeNumberField


@pytest.mark.parametrize(
    "typed", ["2027-04-03", "03/04/2027", "3/4/2027", "03-04-2027", "3.4.2027"]
)
def test_a_day_is_understood_however_it_is_typed(typed) -> None:
    assert DayField().clean(typed) == date(2027, 4, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:00", time(14)),
        ("14h", time(14)),
        ("14 h 30", time(14, 30)),
        ("14\u00a0h\u00a030", time(14, 30)),
        ("8H05", time(8, 5)),
        ("9.45", time(9, 45)),
        ("14:30:00", time(14, 30)),
        ("14h30min", time(14, 30)),
        ("7", time(7)),
        ("0h", time(0)),
    ],
)
def test_an_hour_is_understood_however_it_is_typed(typed, meant) -> None:
    assert HourField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["midi", "25 h", "14 h 75", "14-30", "h30", "1430"])
def test_what_is_no_hour_is_refused(typed) -> None:
    with pytest.raises(ValidationError):
        HourField().clean(typed)


def test_an_hour_may_stay_empty() -> None:
    assert HourField(required=False).clean("") is None


@pytest.mark.parametrize("typed", ["1200", "1 200", "1\u202f200"])
def test_a_number_may_hold_spaces(typed) -> None:
    assert WholeNumberField().clean(typed) == 1200


@pytest.mark.parametrize("typed", ["douze", "-3", "12,5", "99999999999"])
def test_what_counts_nobody_is_refused(typed) -> None:
    with pytest.raises(ValidationError):
        WholeNumberField().clean(typed)


@pytest.mark.parametrize("typed", ["1 200,50 €", "1200.50", "1\u202f200,5"])
def test_an_amount_is_understood_however_it_is_typed(typed) -> None:
    assert EurosField().clean(typed) == Decimal("1200.50")


@pytest.mark.parametrize("typed", ["beaucoup", "-1", "12,345", "NaN", "1e9"])
def test_what_is_no_amount_is_refused(typed) -> None:
    with pytest.raises(ValidationError):
        EurosField().clean(typed)
