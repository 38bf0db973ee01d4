"""The current edition on the home page, in the menu, in the site map and in the sitemap."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns import featuring, review
from campaigns.models import Action, ActionIndexPage
from tests.campaigns.scene import NOW, Scene, make_endorsed, make_published

pytestmark = pytest.mark.django_db


def spotlight(client: Client) -> str:
    """What the home page holds of the fiches in front; nothing without any."""
    html = client.get("/").content.decode()
    _before, heading, after = html.partition('id="a-la-une"')
    return after.split("</section>", 1)[0] if heading else ""


def feature(scene: Scene, action: Action, hours: int = 0) -> None:
    featuring.feature(action, by=scene.editor, now=NOW + timedelta(hours=hours))


def test_the_home_page_shows_the_three_fiches_put_in_front_last(
    client: Client, scene: Scene
) -> None:
    fiches = [make_published(scene, title=f"Action {number}") for number in range(5)]
    for number, fiche in enumerate(fiches[:4]):
        feature(scene, fiche, hours=number)

    shown = spotlight(client)

    assert re.findall(r"Action \d", shown) == ["Action 3", "Action 2", "Action 1"]
    assert f'href="/{scene.edition.slug}/actions/{fiches[3].pk}-action-3/"' in shown


def test_the_home_page_says_nothing_where_no_fiche_is_in_front(
    client: Client, scene: Scene
) -> None:
    make_published(scene)

    assert spotlight(client) == ""


def test_a_fiche_that_is_not_public_is_never_in_front_of_the_home_page(
    client: Client, scene: Scene
) -> None:
    withdrawn = make_published(scene, title="Retirée")
    feature(scene, withdrawn)
    review.withdraw(withdrawn, by=scene.editor, comment="Motif.")
    never_public = make_endorsed(scene, title="En relecture")
    # As if an older version of the site had left them so.
    Action.objects.filter(pk__in=[withdrawn.pk, never_public.pk]).update(featured_at=NOW)

    assert spotlight(client) == ""


def test_without_its_catalogue_an_edition_puts_nothing_in_front(
    client: Client, scene: Scene
) -> None:
    feature(scene, make_published(scene))
    assert spotlight(client) != ""

    ActionIndexPage.objects.update(live=False)

    assert spotlight(client) == ""
    assert f'href="/{scene.edition.slug}/agenda/"' not in client.get("/").content.decode()


def test_the_home_page_costs_the_same_however_many_fiches_are_in_front(
    client: Client, scene: Scene
) -> None:
    costs = []
    for count in (1, 3, 30):
        while Action.objects.filter(featured_at__isnull=False).count() < count:
            feature(scene, make_published(scene))
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        costs.append(len(queries))

    assert len(set(costs)) == 1, costs
    assert costs[0] <= 10


def test_the_agenda_is_in_the_menu_after_the_fiches(client: Client, scene: Scene) -> None:
    html = client.get("/").content.decode()
    menu = html.split('id="navigation"', 1)[1].split("</nav>", 1)[0]
    slug = scene.edition.slug

    addresses = re.findall(r'href="([^"]+)"', menu)

    after = addresses.index(f"/{slug}/actions/") + 1
    assert addresses[after] == f"/{slug}/agenda/"


def test_the_site_map_lists_the_agenda_and_the_figures_of_each_edition_once(
    client: Client, scene: Scene
) -> None:
    html = client.get("/plan-du-site/").content.decode()
    content = html.split('<div class="site-heading"', 1)[1].split("</main>", 1)[0]
    slug = scene.edition.slug

    for address in (f"/{slug}/agenda/", f"/{slug}/chiffres/"):
        assert content.count(f'href="{address}"') == 1
        assert client.get(address).status_code == 200


def test_the_sitemap_for_search_engines_lists_them_too(client: Client, scene: Scene) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()

    for end in ("", "agenda/", "chiffres/"):
        assert f"<loc>http://localhost/{scene.edition.slug}/{end}</loc>" in sitemap
