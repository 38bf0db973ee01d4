"""An editor invites, the mail arrives, the juror signs in by a link and declares a conflict."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core import mail

from contest.models import Juror
from establishments.permissions import grant_territory_permissions
from tests.browser.visits import NARROW, Visit
from tests.contest.scene import make_scene
from tests.factories import EstablishmentFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page


def choose(page: Page, name: str) -> None:
    """Choose the juror's own establishment in the chooser's window."""
    page.locator("button[data-chooser-action-choose]").first.click()
    window = page.locator(".modal")
    window.locator("input[name=q]").fill(name)
    window.get_by_role("link", name=re.compile(name)).first.click()
    window.wait_for(state="hidden")


def test_an_editor_invites_and_the_juror_enters_and_declares(
    visit: Callable[..., Visit],
) -> None:
    scene = make_scene()
    grant_territory_permissions(scene.academy.editor_group)
    own = EstablishmentFactory(academy=scene.academy, name="Collège du Cap", commune="Dieppe")
    seen = visit(f"/admin/concours/{scene.contest.pk}/jury/", user=scene.editor)
    page = seen.page
    page.get_by_role("link", name="Inviter un membre").click()
    page.get_by_label("Nom").fill("Léa Peintre")
    page.get_by_label("Adresse de courriel").fill("Lea.Peintre@exemple.fr")
    choose(page, "Collège du Cap")
    page.get_by_role("button", name="Inviter", exact=True).click()
    page.wait_for_url("**/jury/")
    assert "lea.peintre@exemple.fr" in page.locator(".messages").inner_text()
    juror = Juror.objects.get()
    assert juror.establishment == own
    assert seen.complaints == []
    [invitation] = mail.outbox
    [path] = re.findall(r"http://localhost(/jury/)\n", invitation.body)

    guest = visit(path, width=NARROW)
    page = guest.page
    page.get_by_label("Votre adresse de courriel").fill("lea.peintre@exemple.fr")
    page.get_by_role("button", name="Recevoir le lien").click()
    page.wait_for_url("**/envoye/")
    [link] = re.findall(r"http://localhost(/jury/connexion/lien/\S+)", mail.outbox[-1].body)
    guest.go(link)
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url("**/jury/")
    assert page.locator("h1").inner_text() == "Vos tours"
    juror.refresh_from_db()
    assert juror.joined_at is not None

    page.get_by_role("link", name=re.compile("Conflits d’intérêts")).click()
    page.get_by_label("Trouver l’établissement").fill(scene.establishment.uai)
    page.keyboard.press("Enter")
    page.locator("main fieldset label").first.click()
    page.get_by_role("button", name="Déclarer les établissements cochés").click()
    page.locator(".fr-alert--success").wait_for()
    assert juror.conflicts.filter(source="declared", establishment=scene.establishment).exists()
    assert guest.complaints == []
