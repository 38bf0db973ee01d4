"""The shell in a browser: keyboard, small screens, no script, weight, policies."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.audit import OVERFLOW, REFLOW_WIDTH, skip_link_faults
from tests.browser.visits import NARROW, Visit
from tests.factories import ContentPageFactory, make_editor, make_site
from tests.home.contents import make_body, make_picture

if TYPE_CHECKING:
    from playwright.sync_api import Response

    from establishments.models import Academy

MOST_BYTES = 350_000
TEXT = ("text/", "javascript", "json", "svg")

Visiting = Callable[..., Visit]


def weight_of(answer: Response) -> int:
    """The bytes of an answer, as a production server sends it: texts are compressed."""
    kind, body = answer.headers.get("content-type", ""), answer.body()
    return len(gzip.compress(body)) if any(text in kind for text in TEXT) else len(body)


@pytest.fixture
def furnished() -> Academy:
    """A site with a page that holds every block, in the menu."""
    from home.seeding import ensure_compulsory_pages

    academy = make_site()
    home_page = academy.site.root_page.specific
    ensure_compulsory_pages(home_page)
    home_page.picture = make_picture("Préau")
    home_page.introduction = "Une semaine pour dire que rien n’est joué."
    home_page.save_revision().publish()
    ContentPageFactory(
        parent=home_page, title="Guide", slug="guide", show_in_menus=True, body=make_body()
    )
    return academy


def test_the_first_key_leads_past_the_menu(furnished: Academy, visit: Visiting) -> None:
    for width in (1280, NARROW):
        assert skip_link_faults(visit("/guide/", width=width).page) == []


def test_without_a_script_a_small_screen_reaches_everything(
    furnished: Academy, visit: Visiting
) -> None:
    seen = visit("/guide/", width=NARROW, scripts=False)
    page = seen.page

    for link in ("Guide", "Plan du site", "Espace établissement"):
        assert page.locator("header").get_by_role("link", name=link).first.is_visible(), link
    assert page.locator("#recherche-texte").is_visible()
    assert page.get_by_text("Jusqu’à la clôture de l’appel.").is_visible()
    assert not page.get_by_role("button", name="Menu").is_visible()
    assert not page.get_by_role("button", name="Paramètres d’affichage").is_visible()
    assert seen.complaints == []

    page.set_viewport_size({"width": REFLOW_WIDTH, "height": 640})
    assert page.evaluate(OVERFLOW, REFLOW_WIDTH) == []
    answers = page.locator(".fr-accordion .fr-collapse").all()
    boxes = [box for answer in answers if (box := answer.bounding_box())]
    assert all(box["height"] > 30 for box in boxes)

    page.locator("#recherche-texte").fill("persévérance")
    page.locator("#recherche-texte").press("Enter")
    page.wait_for_url("**/recherche/?q=*")


def test_a_video_is_asked_for_only_by_a_click(furnished: Academy, visit: Visiting) -> None:
    seen = visit("/guide/")
    page = seen.page
    page.route("**youtube-nocookie**", lambda route: route.fulfill(body="<title>Lecteur</title>"))
    assert page.locator("iframe").count() == 0
    assert seen.complaints == []

    page.get_by_role("link", name=re.compile("Lire la vidéo")).click()
    page.locator("iframe").wait_for()

    frame = page.locator("iframe")
    assert frame.get_attribute("title") == "La Semaine"
    assert (frame.get_attribute("src") or "").startswith("https://www.youtube-nocookie.com/embed/")
    assert [complaint for complaint in seen.complaints if "youtube-nocookie" not in complaint] == []


def test_the_theme_follows_the_device_until_one_is_chosen_and_kept(
    furnished: Academy, visit: Visiting
) -> None:
    theme = "() => document.documentElement.dataset.frTheme"
    assert visit("/", dark=True).page.evaluate(theme) == "dark"
    page = visit("/").page
    assert page.evaluate(theme) == "light"

    page.get_by_role("button", name="Paramètres d’affichage").click()
    page.get_by_text("Thème sombre").click()

    page.reload(wait_until="commit")
    page.wait_for_function(theme)

    assert page.evaluate(theme) == "dark"
    assert page.evaluate("() => localStorage.getItem('scheme')") == "dark"


def test_the_home_page_weighs_little_the_first_time(furnished: Academy, visit: Visiting) -> None:
    seen = visit("/robots.txt")
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    seen.page.on("response", note)
    seen.go("/")
    seen.page.wait_for_load_state("networkidle")
    weights = {answer.url: weight_of(answer) for answer in answers}

    assert sum(weights.values()) <= MOST_BYTES, sorted(weights.items(), key=lambda item: -item[1])
    assert len(weights) <= 20


def test_the_editor_previews_a_page_without_breaking_a_policy(
    furnished: Academy, visit: Visiting
) -> None:
    from home.models import ContentPage

    page = ContentPage.objects.get(slug="guide")
    seen = visit(f"/admin/pages/{page.pk}/edit/", user=make_editor(furnished))
    seen.page.locator("button[data-side-panel-toggle='preview']").click()
    frame = seen.page.frame_locator("#w-preview-iframe")

    frame.locator("h1").wait_for()

    assert frame.locator("h1").inner_text() == "Guide"
    assert seen.complaints == []
