"""The shell, the home page, content pages with every block, legal pages, search, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.factories import make_editor, make_site
from tests.home.contents import make_body, make_picture

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from home.models import HomePage


def furnish(home_page: HomePage) -> None:
    """A home page with a headline, a picture and some blocks."""
    body = make_body()
    home_page.headline = "Une semaine pour dire que rien n’est joué"
    home_page.introduction = (
        "Toute l’année, des équipes aident des élèves à rester, à reprendre confiance ou à "
        "revenir. Parcourez les actions, trouvez un rendez-vous, proposez la vôtre."
    )
    home_page.picture = make_picture("Préau")
    home_page.body = [
        block for block in body if block[0] in ("cards", "key_figures", "call_to_action", "quote")
    ]
    home_page.save_revision().publish()


def open_menu(page: Page) -> None:
    """Open the menu of a small screen."""
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu-modale.fr-modal--opened").wait_for()


def open_search(page: Page) -> None:
    """Open the search of a small screen."""
    page.locator("#bouton-recherche").click()
    page.locator("#recherche-modale.fr-modal--opened").wait_for()


def open_settings(page: Page) -> None:
    """Open the display settings."""
    page.get_by_role("button", name="Paramètres d’affichage").click()
    page.locator("#theme-modale.fr-modal--opened").wait_for()


def open_parts(page: Page) -> None:
    """Open every part of an accordion and the transcript."""
    for button in page.locator(".fr-accordion__btn").all():
        button.click()
    page.locator("summary").click()


@scene
def the_site() -> list[View]:
    """An académie's site, fresh from its installation, with some pages."""
    from home.models import ContentPage, SiteSettings
    from home.seeding import ensure_compulsory_pages

    academy = make_site()
    home_page = academy.site.root_page.specific
    SiteSettings.objects.create(
        site=academy.site,
        brand="Académie|de Normandie",
        tagline="Du 30 novembre au 4 décembre",
        contact_email="semaine@ac.example",
    )
    ensure_compulsory_pages(home_page)
    furnish(home_page)
    page = ContentPage(
        title="Comprendre la persévérance",
        slug="comprendre",
        introduction="L’essentiel, en mots de tous les jours.",
        show_in_menus=True,
        body=make_body(),
    )
    home_page.add_child(instance=page)
    page.add_child(instance=ContentPage(title="Le GPDS", slug="gpds"))
    editor = make_editor(academy)
    return [
        View("home", "/"),
        View("home, menu open", "/", act=open_menu, width=NARROW),
        View("home, search open", "/", act=open_search, width=NARROW),
        View("home, display settings open", "/", act=open_settings),
        View("content page", "/comprendre/"),
        View("content page, parts open", "/comprendre/", act=open_parts),
        View("content page without a body", "/comprendre/gpds/"),
        View("accessibility", "/accessibilite/"),
        View("legal notice", "/mentions-legales/"),
        View("personal data", "/donnees-personnelles/"),
        View("cookies", "/gestion-des-cookies/"),
        View("site map", "/plan-du-site/"),
        View("search, nothing asked", "/recherche/"),
        View("search, found", "/recherche/?q=pers%C3%A9v%C3%A9rance"),
        View("search, nothing found", "/recherche/?q=introuvable"),
        View("404", "/nulle-part/", status=404),
        View("admin, dashboard", "/admin/", user=editor, is_ours=False),
        View("admin, editor", f"/admin/pages/{page.pk}/edit/", user=editor, is_ours=False),
    ]
