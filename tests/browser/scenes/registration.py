"""Registering for the contest, and the editors' page on who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from contest.models import Registration
from contest.registering import register
from tests.browser.pages import View, scene
from tests.browser.scenes.deposit import open_deposit
from tests.browser.visits import NARROW
from tests.contest.scene import make_scene
from tests.factories import EstablishmentFactory, sign_up

if TYPE_CHECKING:
    from playwright.sync_api import Page


def send_nothing(page: Page) -> None:
    """Send the form as it is: what is needed is missing."""
    page.locator("main form button[type=submit]").click()
    page.locator("#erreurs, .fr-alert--error, [aria-invalid=true]").first.wait_for()


@scene
def the_registration() -> list[View]:
    """A school that registers, one that has, and their académie's editor."""
    site = make_scene()
    open_deposit(site)
    now = timezone.now()
    registered = EstablishmentFactory(academy=site.academy, name="Collège des Inscrits")
    register(
        Registration(
            contest=site.contest,
            establishment=registered,
            contact_name="Camille Exemple",
            posters_expected=2,
        ),
        categories=[site.category],
        by=sign_up(registered),
        now=now,
    )
    base = f"/espace/concours/{site.contest.pk}/inscription/"
    admin = f"/admin/concours/{site.contest.pk}/inscriptions/"

    def admin_view(name: str, path: str, **more: Any) -> View:
        return View(name, path, user=site.editor, is_ours=False, part=".poster-wall", **more)

    return [
        View("registration", base, user=site.account),
        View("registration, narrow", base, user=site.account, width=NARROW),
        View("registration with errors", base, user=site.account, act=send_nothing),
        View("registration to change", base, user=registered.account),
        View("registration to cancel", f"{base}annuler/", user=registered.account),
        admin_view("participation", admin),
        admin_view("participation, narrow", admin, width=NARROW),
        admin_view("participation, empty", f"{admin}?q=personne"),
        admin_view("reminder", f"{admin}rappel/register/"),
        admin_view("registration by an editor", f"{admin}{site.establishment.uai}/"),
    ]
