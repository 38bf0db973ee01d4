"""Writing a fiche with a connection that comes and goes: nothing that is typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import time_machine

from campaigns.drafts import latest_version
from campaigns.models import Action
from tests.browser.scenes.fiches import move_call
from tests.browser.test_fiche_path import enter_the_space, find_the_way_in
from tests.browser.visits import NARROW, Visit, follow
from tests.campaigns.scene import NOW, Scene, make_draft, make_scene
from tests.factories import EstablishmentFactory, sign_up

if TYPE_CHECKING:
    from tests.smtp import Sink

LEAVE = "form[action$='/espace/deconnexion/'] button"
UNCOVERED = """() => {
    const field = document.activeElement.getBoundingClientRect();
    const bar = document.querySelector("[data-fiche-bar]").getBoundingClientRect();
    return field.top >= 0 && field.bottom <= bar.top;
}"""
"""Whether the field one writes in stands clear of the bar at the bottom."""

KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('fiche:')).length"


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """A school whose call is open today."""
    with time_machine.travel(NOW):
        made = make_scene()
        make_draft(made)
    move_call(made.edition, opens_in=-10, closes_in=10)
    return made


def status_of(page: Any, words: str) -> None:
    """Wait until the page begins to say so; what the server wrote begins otherwise."""
    said = re.compile(rf"^\s*{words}")
    page.locator("[data-fiche-status]").filter(has_text=said).wait_for()


def test_what_is_typed_survives_a_lost_connection_an_ended_session_and_a_closed_tab(
    scene: Scene, visit: Callable[..., Visit]
) -> None:
    draft = Action.objects.get()
    address = f"/espace/fiches/{draft.pk}/modifier/comment/"
    seen = visit(address, user=scene.account)
    page, context = seen.page, seen.page.context

    page.locator("[name=place]").fill("Préau")
    status_of(page, "Enregistré à")
    assert latest_version(draft).place == "Préau"
    assert page.evaluate(KEPT) == 0

    context.set_offline(offline=True)
    page.locator("[name=place]").fill("Préau, puis foyer")
    status_of(page, "Pas de connexion")
    page.locator("button[value=next]").click()
    assert page.locator("[name=place]").input_value() == "Préau, puis foyer"
    context.set_offline(offline=False)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    status_of(page, "Enregistré à")
    assert latest_version(draft).place == "Préau, puis foyer"

    session = [one for one in context.cookies() if one["name"] == "sessionid"]
    context.clear_cookies(name="sessionid")
    page.locator("[name=place]").fill("Gymnase")
    status_of(page, "Votre session est terminée")
    link = page.locator("[data-fiche-bar] a")
    assert f"next={address}" in str(link.get_attribute("href"))
    page.close()

    context.add_cookies(session)
    again = context.new_page()
    again.goto(seen.base_url + address)
    status_of(again, "Enregistré à")
    assert again.locator("[name=place]").input_value() == "Gymnase"
    assert latest_version(draft).place == "Gymnase"
    assert again.evaluate(KEPT) == 0


def test_who_is_signed_out_while_typing_signs_in_again_and_finds_the_text_in_its_place(
    scene: Scene, visit: Callable[..., Visit], smtp_sink: Sink
) -> None:
    draft = Action.objects.get()
    address = f"/espace/fiches/{draft.pk}/modifier/comment/"
    seen = visit("/espace/connexion/")
    page, school = seen.page, scene.establishment
    enter_the_space(page, school, smtp_sink, seen.base_url)
    page.goto(seen.base_url + address)
    page.locator("[name=place]").fill("Préau")
    status_of(page, "Enregistré à")

    # A colleague shares the computer, and signs out in another tab.
    elsewhere = page.context.new_page()
    elsewhere.goto(f"{seen.base_url}/espace/")
    follow(elsewhere.locator(LEAVE))
    page.locator("[name=place]").press_sequentially(", puis foyer")
    status_of(page, "Votre session est terminée")
    assert latest_version(draft).place == "Préau"
    assert page.evaluate(KEPT) == 1

    with page.expect_popup() as opened:
        page.locator("[data-fiche-bar] a").click()
    again = opened.value
    find_the_way_in(again, school, smtp_sink, seen.base_url)
    # The way in leads back to the step, which finds the text by itself.
    again.wait_for_url(f"**{address}")
    assert again.locator("[name=place]").input_value() == "Préau, puis foyer"
    status_of(again, "Enregistré à")
    assert latest_version(draft).place == "Préau, puis foyer"

    # The first tab, still open with the same text, saves it without a conflict.
    page.locator("[data-fiche-bar] [data-again]").click()
    status_of(page, "Enregistré à")
    assert page.locator("[name=place]").input_value() == "Préau, puis foyer"
    assert page.evaluate(KEPT) == 0


def test_a_text_that_is_not_saved_is_named_in_the_space_and_goes_with_its_writer(
    scene: Scene, visit: Callable[..., Visit]
) -> None:
    draft = Action.objects.get()
    seen = visit(f"/espace/fiches/{draft.pk}/modifier/comment/", user=scene.account)
    page, context = seen.page, seen.page.context
    context.set_offline(offline=True)
    page.locator("[name=place]").fill("Préau")
    status_of(page, "Pas de connexion")
    page.close()
    context.set_offline(offline=False)

    # Somebody else of this computer is told nothing of it, and signing out leaves it alone.
    colleague = EstablishmentFactory(academy=scene.academy)
    own = [one for one in context.cookies() if one["name"] == "sessionid"]
    other = visit("/espace/", user=sign_up(colleague)).page.context.cookies()
    context.add_cookies([one for one in other if one["name"] == "sessionid"])
    shared = context.new_page()
    shared.goto(f"{seen.base_url}/espace/")
    assert not shared.locator("#textes-gardes").is_visible()
    follow(shared.locator(LEAVE))

    context.add_cookies(own)
    shared.goto(f"{seen.base_url}/espace/")
    notice = shared.locator("#textes-gardes")
    assert str(draft.title) in notice.locator("li").inner_text()
    link = notice.locator("li a").get_attribute("href")
    assert link == f"/espace/fiches/{draft.pk}/modifier/comment/"

    shared.locator(LEAVE).click()
    notice.locator("[data-leave]").wait_for()
    assert shared.evaluate(KEPT) == 1
    follow(notice.locator("[data-leave]"))
    assert urlsplit(shared.url).path == "/espace/connexion/"
    assert shared.evaluate(KEPT) == 0


def test_a_text_is_kept_thirty_days_at_most(scene: Scene, visit: Callable[..., Visit]) -> None:
    page = visit("/espace/", user=scene.account).page
    page.evaluate(
        """(account) => ["31", "29"].forEach((days) => localStorage.setItem(
            `fiche:${account}:1:${days}`,
            JSON.stringify({ typed: [], at: Date.now() - days * 86400000, title: days }),
        ))""",
        scene.account.pk,
    )
    page.reload()

    line = page.locator("#textes-gardes li")
    assert (line.count(), line.locator("a").inner_text()) == (1, "29")
    line.locator("button").click()
    assert not page.locator("#textes-gardes").is_visible()
    assert page.evaluate(KEPT) == 0


def test_a_second_tab_is_told_and_compares(scene: Scene, visit: Callable[..., Visit]) -> None:
    draft = Action.objects.get()
    address = f"/espace/fiches/{draft.pk}/modifier/comment/"
    first = visit(address, user=scene.account).page
    second = first.context.new_page()
    second.goto(first.url)

    first.locator("[name=place]").fill("Préau")
    status_of(first, "Enregistré à")
    second.locator("[name=place]").fill("Gymnase")
    status_of(second, "Cette étape a été enregistrée ailleurs")
    second.wait_for_function(UNCOVERED)
    follow(second.locator("[data-fiche-bar] button"))

    assert "Préau" in second.locator("#contenu").inner_text()
    assert second.locator("[name=place]").input_value() == "Gymnase"
    assert latest_version(draft).place == "Préau"
    follow(second.locator("button[value=next]"))
    assert latest_version(draft).place == "Gymnase"


def test_a_field_reached_by_keyboard_stands_clear_of_the_bar(
    scene: Scene, visit: Callable[..., Visit]
) -> None:
    draft = Action.objects.get()
    page = visit(
        f"/espace/fiches/{draft.pk}/modifier/comment/", user=scene.account, width=NARROW
    ).page

    page.locator("[name=course]").focus()
    for _press in range(12):
        page.keyboard.press("Tab")
        page.wait_for_function(UNCOVERED)
        assert page.evaluate(UNCOVERED)  # and it stays so


def test_a_blank_form_becomes_a_draft_once_it_has_a_title(
    scene: Scene, visit: Callable[..., Visit]
) -> None:
    page = visit("/espace/fiches/nouvelle/?autre=oui", user=scene.account).page
    page.locator("[name=summary]").fill("Un café par mois.")
    status_of(page, "Donnez un intitulé")
    assert Action.objects.count() == 1

    page.locator("[name=title]").fill("Café des parents")
    page.wait_for_url("**/modifier/qui/")
    page.locator("[name=coordinator_name]").fill("Camille Exemple")
    follow(page.locator("button[value=next]"))

    started = Action.objects.latest("pk")
    kept = latest_version(started)
    assert (Action.objects.count(), kept.title, kept.coordinator_name) == (
        2,
        "Café des parents",
        "Camille Exemple",
    )
