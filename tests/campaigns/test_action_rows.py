"""The rows of the form: added, removed and put in order without JavaScript."""

from __future__ import annotations

import pytest
import time_machine
from django.http import QueryDict

from campaigns.drafts import latest_version
from campaigns.forms.rows import MOST_ROWS, with_row_added, with_row_removed
from tests.campaigns.scene import (
    NOW,
    make_draft,
)
from tests.campaigns.sheet import NEW, edit_address, only_fiche, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _call_open():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_row_is_added_without_saving_or_judging(school, scene) -> None:
    draft = make_draft(scene)
    data = typed(draft, do="add:partners", starts_on="bientôt")

    response = school.post(edit_address(draft), data | {"partners-0-name": "CIO"})

    form = response.context["form"]
    assert [row["name"].value() for row in form.row_sets["partners"].forms] == ["CIO", None]
    assert form.faults() == []
    assert 'value="bientôt"' in response.content.decode()
    assert 'name="partners-1-name"' in response.content.decode()
    assert [row.name for row in latest_version(draft).partners.all()] == ["Mission locale"]


def test_a_row_is_removed_and_the_rest_kept_in_order(school, scene) -> None:
    draft = make_draft(scene)
    rows = {f"partners-{number}-name": name for number, name in enumerate("ABC")}
    rows |= {f"partners-{number}-row": "" for number in range(3)}

    response = school.post(edit_address(draft), typed(draft, do="remove:partners:1") | rows)

    kept = response.context["form"].row_sets["partners"].forms
    assert [row["name"].value() for row in kept] == ["A", "C"]


def test_the_order_of_rows_is_kept(school, scene) -> None:
    rows = {f"partners-{number}-name": name for number, name in enumerate("CAB")}
    rows |= {f"partners-{number}-row": "" for number in range(3)}

    draft = make_draft(scene)
    school.post(edit_address(draft), typed(draft) | rows)

    assert [row.name for row in latest_version(draft).partners.all()] == list("CAB")


def test_a_removed_row_is_gone_once_saved(school, scene) -> None:
    draft = make_draft(scene)
    row = latest_version(draft).partners.get()
    data = typed(draft) | {"partners-0-row": str(row.pk), "partners-0-name": "Mission locale"}
    page = school.post(edit_address(draft), data | {"do": "remove:partners:0"})
    assert page.context["form"].row_sets["partners"].forms == []

    del data["partners-0-row"], data["partners-0-name"]
    school.post(edit_address(draft), data)

    assert not latest_version(draft).partners.exists()


def test_there_is_an_end_to_rows() -> None:
    data = QueryDict(mutable=True)
    for _number in range(MOST_ROWS + 5):
        data = with_row_added(data, "partners")

    assert sum(key.startswith("partners-") for key in data) == MOST_ROWS


def test_only_rows_of_the_kind_move_up() -> None:
    data = QueryDict(
        "partners-0-name=A&partners-1-name=B&sessions-0-date=x&partners-x=y", mutable=True
    )

    shorter = with_row_removed(data, "partners", 0)

    assert shorter.dict() == {"sessions-0-date": "x", "partners-x": "y", "partners-0-name": "B"}


@pytest.mark.parametrize(
    "do", ["add:nobody", "remove:partners", "remove:partners:x", "remove:nobody:0", "x" * 500, ""]
)
def test_an_unknown_button_saves(school, scene, do) -> None:
    school.post(NEW, typed(do=do))

    assert only_fiche(scene).status == "draft"


def test_another_fiches_row_is_never_taken_over(school, scene) -> None:
    other = make_draft(scene)
    row = latest_version(other).partners.get()
    draft = make_draft(scene)

    school.post(
        edit_address(draft),
        typed(draft) | {"partners-0-row": str(row.pk), "partners-0-name": "Volé"},
    )

    assert latest_version(other).partners.get().name == "Mission locale"
    assert latest_version(draft).partners.get().name == "Volé"
