"""Sign-in of establishments, from the search for one's own to the link's end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.links import make_token
from accounts.models import SignInLink
from accounts.network import address_hash
from accounts.throttle import ADDRESS_LIMIT
from establishments.models import Academy
from establishments.sign_in import account_of
from tests.browser.pages import View, scene
from tests.factories import EstablishmentFactory, make_editor, make_site, make_uai

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHOOSE = "/espace/connexion/"
LINK = "/espace/connexion/lien/"
HERE = "127.0.0.1"


def ask_for_link(page: Page) -> None:
    """Ask for the link, which leads to the page that says where it went."""
    page.locator("main form[method=post] button").click()
    page.wait_for_url("**/envoye/")


def ask_once_too_often(page: Page) -> None:
    """Ask when the network address has asked as often as it may."""
    SignInLink.objects.bulk_create(
        SignInLink(address_hash=address_hash(HERE)) for _ in range(ADDRESS_LIMIT)
    )
    page.locator("main form[method=post] button").click()
    page.wait_for_load_state("load")


def leave_the_academie(page: Page) -> None:
    """Take the site from its académie, which leaves it without a space."""
    Academy.objects.update(site=None)
    page.reload(wait_until="load")


@scene
def the_sign_in() -> list[View]:
    """An académie with an establishment of each kind of standing."""
    academy = make_site()
    school = EstablishmentFactory(academy=academy, name="Collège du Cap", commune="Dieppe")
    closed = EstablishmentFactory(
        academy=academy, name="Collège des Roches", commune="Dieppe", is_open=False
    )
    silent = EstablishmentFactory(academy=academy, name="Collège Muet", uai=make_uai(), email="")
    for number in range(25):
        EstablishmentFactory(academy=academy, name=f"École {number}", commune="Fécamp")
    token = make_token(account_of(school))
    closed_account = account_of(closed)
    editor = make_editor(academy)
    return [
        View("choice", CHOOSE),
        View("choice, on the way to a page", f"{CHOOSE}?next=/espace/fiches/nouvelle/"),
        View("choice, found", f"{CHOOSE}?q=Dieppe"),
        View("choice, too many found", f"{CHOOSE}?q=F%C3%A9camp"),
        View("choice, nothing found", f"{CHOOSE}?q=introuvable"),
        View("establishment", f"{CHOOSE}{school.uai}/"),
        View("establishment, closed", f"{CHOOSE}{closed.uai}/"),
        View("establishment without a mailbox", f"{CHOOSE}{silent.uai}/"),
        View("establishment, unknown", f"{CHOOSE}{make_uai()}/", status=404),
        View("sent", f"{CHOOSE}{school.uai}/", act=ask_for_link),
        View("link", f"{LINK}?jeton={token}"),
        View("link, refused", f"{LINK}?jeton=inconnu", status=410),
        View("link, none", LINK, status=400),
        View("space of a person", "/espace/", user=editor, status=403),
        View("space of a closed establishment", "/espace/", user=closed_account, status=403),
        View("too many requests", f"{CHOOSE}{school.uai}/", act=ask_once_too_often, status=429),
        View("choice, no académie", CHOOSE, act=leave_the_academie),
    ]
