"""A fiche returned, corrected, given the visa and published with another, each at their screen.

The school works without JavaScript on a phone; its reviewers go from list to screen and back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.urls import reverse

from campaigns.models import Action
from tests.browser.scenes.fiches import move_call
from tests.browser.visits import NARROW, Visit, follow
from tests.campaigns.scene import NOW, Scene, make_endorsed, make_scene, make_submitted

if TYPE_CHECKING:
    from playwright.sync_api import Page

FICHES = reverse("wagtailsnippets_campaigns_action:list")
ASKED = "Combien d’élèves sont concernés ?"
CORRECTED = "Redonner confiance à trente élèves."
BREAKFAST, TUTORING = "Petits déjeuners de la persévérance", "Tutorat entre pairs"


@pytest.fixture
def site(live_server: Any) -> Scene:
    """A call that is open, a fiche with the network, another with the académie."""
    with time_machine.travel(NOW):
        scene = make_scene()
        make_submitted(scene, title=BREAKFAST)
        make_endorsed(scene, title=TUTORING)
    move_call(scene.edition, opens_in=-10, closes_in=10)
    return scene


def open_what_waits(page: Page, title: str) -> None:
    """From the list of what waits to the review screen."""
    follow(page.locator(".fiches-tabs a").first)
    follow(page.get_by_role("link", name=title, exact=True))


def return_it(page: Page) -> None:
    """Ask for something beside a part, and send the fiche back."""
    part = page.locator("details.fiche-review__comment").filter(
        has=page.locator("textarea[name=part-objectives]")
    )
    part.locator("summary").click()
    part.locator("textarea").fill(ASKED)
    page.locator("[name=decision][value=request_changes]").check()
    follow(page.locator(".fiche-review__decision button[type=submit]"))


def correct_it(page: Page) -> None:
    """From the space to the field that is to be corrected, and hand in again."""
    follow(page.get_by_role("link", name=BREAKFAST).first)
    assert ASKED in page.locator("#contenu").inner_text()
    follow(page.locator("#contenu a[href$='/modifier/']"))
    follow(page.locator(".fiche-asked-list a").first)
    field = page.locator("#id_objectives")
    asked = page.locator(".fiche-asked").filter(has_text=ASKED)
    assert asked.count() == 1
    assert asked.get_attribute("id") in (field.get_attribute("aria-describedby") or "").split()
    field.fill(CORRECTED)
    while page.locator("button[value=submit]").count() == 0:
        follow(page.locator("button[value=next]"))
    follow(page.locator("button[value=submit]"))


def see_what_changed(page: Page) -> None:
    """The request and the words, one beside the other."""
    changes = page.locator("section[aria-labelledby=changements]")
    assert ASKED in changes.inner_text()
    assert "trente" in "".join(changes.locator("ins").all_inner_texts())


def publish_together(page: Page) -> None:
    """Tick both lines, read what is about to happen, confirm."""
    follow(page.locator(".fiches-tabs a").first)
    ticks = page.locator(".fiche-tick input[name=fiche]")
    assert ticks.count() == 2
    for tick in ticks.all():
        tick.check()
    follow(page.locator("button[formaction$='/ensemble/publish/']"))
    proposed = page.locator(".fiches-together input[name=fiche]:checked")
    assert proposed.count() == 2
    follow(page.locator(".fiches-together form button[type=submit]"))


def test_a_fiche_returned_is_corrected_and_published_with_another(
    site: Scene, visit: Callable[..., Visit]
) -> None:
    lead = visit(FICHES, user=site.lead).page
    open_what_waits(lead, BREAKFAST)
    return_it(lead)
    action = Action.objects.get(title=BREAKFAST)
    assert action.status == "changes_requested"

    school = visit("/espace/", user=site.account, width=NARROW, scripts=False)
    correct_it(school.page)
    action.refresh_from_db()
    assert action.status == "network_review"
    assert school.page.evaluate("document.documentElement.scrollWidth") <= NARROW

    lead.goto(school.base_url + FICHES)
    open_what_waits(lead, BREAKFAST)
    see_what_changed(lead)
    lead.locator("[name=decision][value=visa]").check()
    follow(lead.locator(".fiche-review__decision button[type=submit]"))
    action.refresh_from_db()
    assert action.status == "academy_review"

    editor = visit(FICHES, user=site.editor).page
    publish_together(editor)
    assert set(Action.objects.values_list("status", flat=True)) == {"published"}

    public = visit(f"/{site.edition.slug}/actions/", width=NARROW)
    for title in (BREAKFAST, TUTORING):
        assert public.page.get_by_role("link", name=title).count() == 1
    follow(public.page.get_by_role("link", name=BREAKFAST))
    assert CORRECTED in public.page.locator("#contenu").inner_text()
    assert ASKED not in public.read()
    assert public.complaints == school.complaints == []
