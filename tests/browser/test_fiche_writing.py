"""Writing a fiche with a connection that comes and goes: nothing that is typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from campaigns.drafts import latest_version
from campaigns.models import Action
from tests.browser.scenes.fiches import move_call
from tests.browser.visits import Visit, follow
from tests.campaigns.scene import NOW, Scene, make_draft, make_scene

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
    follow(second.locator("[data-fiche-bar] button"))

    assert "Préau" in second.locator("#contenu").inner_text()
    assert second.locator("[name=place]").input_value() == "Gymnase"
    assert latest_version(draft).place == "Préau"
    follow(second.locator("button[value=next]"))
    assert latest_version(draft).place == "Gymnase"


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
