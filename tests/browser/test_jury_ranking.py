"""A juror ordering finalists: by buttons, with scripts and without, and by dragging."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contest.jury import ranking
from contest.jury.enums import Method
from tests.browser.scenes.jury_desk import make_open_jury, page_of
from tests.browser.test_jury_desk import SAVED, grades_of, status_of, user_of
from tests.browser.visits import Visit, follow


@pytest.mark.parametrize("scripts", [True, False], ids=["with", "without"])
def test_an_order_is_given_by_buttons(
    visit: Callable[..., Visit], transactional_db: None, *, scripts: bool
) -> None:
    jury = make_open_jury(3, method=Method.RANKING)
    one, two, three = (poster.number for poster in jury.posters)
    page = visit(page_of(jury, "ranking"), user=user_of(jury), scripts=scripts).page

    def press(number: int | None, name: str) -> None:
        item = page.locator(f".jury-order__item[data-number='{number}']")
        button = item.get_by_role("button", name=name, exact=True)
        if scripts:
            button.click()
        else:
            follow(button)

    for number in (one, two, three):
        press(number, "Classer")
    press(three, "Monter")
    press(three, "Monter")
    press(two, "À égalité avec celle au-dessus")
    if scripts:
        status_of(page, SAVED)
    page.reload()
    ranks = page.locator("[data-jury-placed] .jury-order__item").evaluate_all(
        "items => items.map(item => [Number(item.dataset.number), Number(item.dataset.rank)])"
    )
    assert ranks == [[three, 1], *sorted([[one, 2], [two, 2]])]
    assert [grades_of(jury, number) for number in (three, one, two)] == [
        {"rank": 1},
        {"rank": 2},
        {"rank": 2},
    ]


def test_a_poster_is_dragged_to_its_place(
    visit: Callable[..., Visit], transactional_db: None
) -> None:
    jury = make_open_jury(3, method=Method.RANKING)
    numbers = [poster.number or 0 for poster in jury.posters]
    ranking.rank(jury.seat(jury.jurors[0]), [[number] for number in numbers], by=user_of(jury))
    page = visit(page_of(jury, "ranking"), user=user_of(jury)).page
    last = page.locator(f"[data-number='{numbers[2]}'] [data-jury-handle]")
    last.scroll_into_view_if_needed()
    box, target = (
        last.bounding_box(),
        page.locator(f"[data-number='{numbers[0]}'] [data-jury-handle]").bounding_box(),
    )
    assert box is not None
    assert target is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(target["x"] + 20, target["y"] + 40, steps=8)
    page.mouse.move(target["x"] + 20, target["y"] + 4, steps=4)
    page.mouse.up()
    status_of(page, SAVED)
    assert grades_of(jury, numbers[2]) == {"rank": 1}
    assert grades_of(jury, numbers[1]) == {"rank": 3}
