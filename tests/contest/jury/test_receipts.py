"""A juror finds their own lines again in what is published, and nobody else does."""

from __future__ import annotations

import pytest

from contest.jury.receipts import lines_of
from contest.models import Juror
from tests.contest.jury.published_scene import make_counted, publish
from tests.contest.jury.scene import make_juror

pytestmark = pytest.mark.django_db


def test_each_juror_finds_their_own_grades_under_an_alias_of_their_own() -> None:
    scene = make_counted()
    result = publish(scene)

    found = [lines_of(result, scene.seat(juror)) for juror in scene.jurors]

    assert sorted(one.alias for one in found) == ["J01", "J02", "J03", "J04", "J05"]
    for one in found:
        assert one.lines == tuple((number, "mention", 6 - number) for number in (1, 2, 3, 4))
        assert not one.is_withheld


def test_under_five_jurors_there_is_an_alias_and_no_line() -> None:
    scene = make_counted(jurors=3)
    result = publish(scene)

    found = lines_of(result, scene.seat(scene.jurors[0]))

    assert found.alias.startswith("J0")
    assert (found.lines, found.is_withheld) == ((), True)


def test_who_has_not_judged_is_not_in_it() -> None:
    scene = make_counted()
    seat = scene.seat(scene.jurors[0])
    result = publish(scene)
    seat.juror = Juror.objects.get(pk=make_juror(scene.contest_scene).pk)

    assert lines_of(result, seat).alias == ""
