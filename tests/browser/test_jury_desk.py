"""A juror at a table: by keyboard alone, without a connection, on two devices, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from contest.jury import sealing
from contest.models import Ballot, Seat
from tests.browser.scenes.jury_desk import (
    judge,
    make_open_jury,
    page_of,
    poster_of,
)
from tests.browser.traffic import settle
from tests.browser.visits import NARROW, Visit, follow
from tests.contest.jury.scene import JuryScene

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAITING = re.compile("Hors ligne")
SAVED = re.compile("Enregistré à")


@pytest.fixture
def jury(transactional_db: None) -> JuryScene:
    """Three posters to judge by mentions, two jurors."""
    return make_open_jury(3)


def user_of(jury: JuryScene, place: int = 0) -> Any:
    return jury.jurors[place].user


def grades_of(jury: JuryScene, number: int | None) -> dict[str, int]:
    """What counts of the first juror's answer to a poster."""
    found = Ballot.objects.filter(
        assignment__juror=jury.jurors[0], assignment__poster__number=number
    ).order_by("n")
    return dict(found[len(found) - 1].grades) if found else {}


def number_on(page: Page) -> int:
    """The number of the poster on the page."""
    found = re.search(r"\d+", page.locator("h1").inner_text())
    assert found is not None
    return int(found[0])


def status_of(page: Page, text: re.Pattern[str]) -> None:
    """Wait until the page says so of its answers, and the server has nothing more to do."""
    page.locator("[data-jury-status]").filter(has_text=text).first.wait_for()
    settle()


def tab_to(page: Page, label: str) -> None:
    """Press tab until what has the focus begins with `label`."""
    for _ in range(60):
        page.keyboard.press("Tab")
        text = page.evaluate(
            "() => (document.activeElement.labels?.[0] ?? document.activeElement)"
            ".textContent.trim()"
        )
        if text.startswith(label):
            return
    pytest.fail(f"the keyboard does not come to {label}")


def test_judging_from_the_desk_to_the_signature_by_keyboard_alone(
    jury: JuryScene, visit: Callable[..., Visit]
) -> None:
    seen = visit(reverse("jury:desk"), user=user_of(jury))
    page = seen.page
    tab_to(page, "Commencer à juger")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tours/*/")
    tab_to(page, "Commencer à juger")
    page.keyboard.press("Enter")
    page.wait_for_url("**/affiches/*/#affiche")
    numbers = []

    numbers.append(number_on(page))
    tab_to(page, "Sans réponse")  # the radio that is chosen takes the focus
    page.keyboard.press("ArrowUp")  # the native way: the worst mention
    status_of(page, SAVED)
    page.keyboard.press("n")
    page.wait_for_url(re.compile(rf"affiches/(?!{numbers[0]}/)\d+/"))

    numbers.append(number_on(page))
    page.keyboard.press("2")
    status_of(page, SAVED)
    tab_to(page, "Très bien")
    tab_to(page, "Votre commentaire")
    page.keyboard.type("n2 p")  # no shortcut acts while one types
    page.keyboard.press("Tab")
    status_of(page, SAVED)
    page.keyboard.press("a")
    page.wait_for_url(re.compile(rf"affiches/(?!{numbers[1]}/)\d+/"))

    numbers.append(number_on(page))
    page.keyboard.press("1")
    status_of(page, SAVED)
    assert "3 sur 3" in page.locator("[data-jury-progress]").inner_text()
    page.keyboard.press("p")
    page.wait_for_url(re.compile(rf"affiches/{numbers[1]}/"))
    assert page.get_by_role("radio", name="Très bien").is_checked()
    assert page.get_by_label("Votre commentaire").input_value() == "n2 p"
    assert [grades_of(jury, number)["mention"] for number in numbers] == [0, 4, 5]

    page.goto(seen.base_url + page_of(jury))
    tab_to(page, "Signer mon travail")
    page.keyboard.press("Enter")
    page.get_by_text("Votre travail est signé. Merci").wait_for()
    assert Seat.objects.get(juror=jury.jurors[0]).signed_off_at is not None
    assert seen.complaints == []


def test_shortcuts_can_be_turned_off_on_this_device(
    jury: JuryScene, visit: Callable[..., Visit]
) -> None:
    page = visit(poster_of(jury), user=user_of(jury)).page
    page.get_by_text("Raccourcis clavier").click()
    page.get_by_role("checkbox", name="Utiliser ces raccourcis").uncheck()
    page.reload()
    page.keyboard.press("1")
    assert page.get_by_role("radio", name="Sans réponse").is_checked()
    page.keyboard.press("n")
    page.keyboard.press("z")
    assert number_on(page) == jury.posters[0].number
    assert not page.locator("dialog#zoom").is_visible()


def test_two_devices_of_one_juror_are_shown_both_answers(
    jury: JuryScene, visit: Callable[..., Visit]
) -> None:
    number = jury.posters[0].number
    tablet = visit(poster_of(jury), user=user_of(jury)).page
    phone = visit(poster_of(jury), user=user_of(jury), width=NARROW).page
    tablet.get_by_role("radio", name="Excellent").check()
    status_of(tablet, SAVED)
    phone.get_by_role("radio", name="Insuffisant").check()
    asked = phone.get_by_role("alert")
    asked.wait_for()
    assert "Sur cet appareil\u00a0: Insuffisant" in asked.inner_text()
    assert "Sur l’autre\u00a0: Excellent" in asked.inner_text()
    assert grades_of(jury, number) == {"mention": 5}
    asked.get_by_role("button", name="Garder l’autre").click()
    assert phone.get_by_role("radio", name="Excellent").is_checked()
    phone.get_by_role("radio", name="Bien", exact=True).check()
    status_of(phone, SAVED)
    assert grades_of(jury, number) == {"mention": 3}

    tablet.get_by_role("radio", name="Assez bien").check()
    tablet.get_by_role("button", name="Garder celle de cet appareil").click()
    status_of(tablet, SAVED)
    assert grades_of(jury, number) == {"mention": 2}


def test_the_whole_way_without_scripts(jury: JuryScene, visit: Callable[..., Visit]) -> None:
    seen = visit(reverse("jury:desk"), user=user_of(jury), scripts=False)
    page = seen.page
    follow(page.get_by_role("link", name="Commencer à juger"))
    follow(page.get_by_role("link", name="Commencer à juger"))
    first = number_on(page)
    page.get_by_role("radio", name="Très bien").check()
    page.get_by_label("Votre commentaire").fill("Claire de loin.")
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    page.get_by_text(f"Affiche n°\u00a0{first}\u00a0: enregistré à").wait_for()
    assert page.get_by_role("radio", name="Très bien").is_checked()
    follow(page.get_by_role("button", name="Marquer"))
    assert page.get_by_role("button", name="retirer la marque").is_visible()
    follow(page.get_by_role("button", name="Enregistrer et continuer"))
    second = number_on(page)
    assert second != first
    page.get_by_role("radio", name="Bien", exact=True).check()
    follow(page.get_by_role("button", name="Enregistrer et continuer"))
    third = number_on(page)
    page.get_by_text("Je me récuse").click()
    page.get_by_label("Pourquoi vous récusez-vous").fill("J’ai aidé cette classe.")
    follow(page.get_by_role("button", name="Me récuser"))
    page.get_by_text(f"récusation pour l’affiche n°\u00a0{third}").wait_for()

    follow(page.get_by_role("link", name="À revoir (1)"))
    assert page.locator(".jury-card").count() == 1
    follow(page.get_by_role("link", name=f"Affiche n°\u00a0{first}"))
    with page.expect_response(lambda answer: answer.url.endswith("master.jpg")) as picture:
        follow(page.get_by_role("link", name="Agrandir l’affiche"))
    assert picture.value.status == 200
    page.go_back()
    follow(page.get_by_role("link", name="Comparer à une autre"))
    page.get_by_label("À droite").select_option(str(second))
    follow(page.get_by_role("button", name="Comparer"))
    assert page.locator(".jury-sides img").count() == 2
    page.goto(seen.base_url + page_of(jury))
    follow(page.get_by_role("button", name="Signer mon travail"))
    page.get_by_text("Votre reçu, et à quoi il sert").click()
    assert sealing.receipt_for(jury.seat(jury.jurors[0])) in page.content()
    follow(page.get_by_role("button", name="Reprendre"))
    assert page.get_by_role("button", name="Signer mon travail").is_visible()
    assert grades_of(jury, first) == {"mention": 4}
    assert grades_of(jury, second) == {"mention": 3}


def test_nothing_scrolls_sideways_on_a_phone_and_the_bar_stays_low(
    jury: JuryScene, visit: Callable[..., Visit]
) -> None:
    judge(jury, count=1, mention=4)
    paths = [
        reverse("jury:desk"),
        page_of(jury),
        poster_of(jury, 1),
        f"{page_of(jury, 'compare')}?a={jury.posters[0].number}",
    ]
    for path in paths:
        seen = visit(path, user=user_of(jury), width=NARROW, same_browser=True)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= NARROW, path
    page = visit(poster_of(jury, 1), user=user_of(jury), width=NARROW).page
    bar = page.locator(".jury-actions").bounding_box()
    assert bar is not None
    assert bar["height"] <= 110
    choices = page.locator(".jury-question .jury-choice").all()
    assert len(choices) == 7
    for choice in choices:
        size = choice.bounding_box()
        assert size is not None
        assert size["height"] >= 44
