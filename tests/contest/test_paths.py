"""A poster's path, from draft to the gallery and off it."""

from __future__ import annotations

import pytest

from contest.enums import PosterStatus
from contest.models import Poster
from contest.storage import private_storage
from tests.contest.scene import (
    Scene,
    make_admitted,
    make_draft,
    make_refused,
    make_returned,
    make_submitted,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def test_each_verb_leaves_the_poster_where_its_name_says(scene: Scene) -> None:
    scene.contest.max_posters = 10
    scene.contest.save()
    made = {
        PosterStatus.DRAFT: make_draft,
        PosterStatus.SUBMITTED: make_submitted,
        PosterStatus.RETURNED: make_returned,
        PosterStatus.ADMITTED: make_admitted,
        PosterStatus.REFUSED: make_refused,
        PosterStatus.WITHDRAWN: make_withdrawn,
    }
    assert {status: make(scene).status for status, make in made.items()} == {
        status: status for status in made
    }


def test_admission_gives_consecutive_numbers(scene: Scene) -> None:
    numbers = [make_admitted(scene).number for _ in range(3)]
    assert numbers == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_leaves_no_file(scene: Scene) -> None:
    poster = make_admitted(scene)
    assert poster.file is not None
    folder = poster.file.folder
    assert private_storage().exists(f"{folder}/master.jpg")
    from contest.withdrawal import withdraw
    from tests.contest.scene import NOW

    withdraw(poster, by=scene.account, now=NOW)
    assert not private_storage().exists(folder)
    row = Poster.objects.get(pk=poster.pk)
    assert (row.live, row.file_id, row.status) == (False, None, PosterStatus.WITHDRAWN)
