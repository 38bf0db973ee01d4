"""The map of the catalogue's results: where its circles lead, and what it says plainly."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from campaigns import catalogue_stamp, review
from campaigns.map_background import background_of
from campaigns.models import Action, CampaignPage
from tests.campaigns.scene import NOW, make_endorsed, make_published, make_scene
from tests.factories import EstablishmentFactory, make_site

pytestmark = pytest.mark.django_db

PLACES = {
    "Rouen": (49.44, 1.10),
    "Caen": (49.18, -0.37),
    "Cherbourg": (49.64, -1.62),
    "Sotteville": (49.41, 1.09),
}


def school(scene, commune: str, **fields):
    latitude, longitude = PLACES.get(commune, (None, None))
    return EstablishmentFactory(
        academy=scene.academy,
        network=scene.network,
        commune=commune,
        latitude=latitude,
        longitude=longitude,
        **fields,
    )


def publish_at(scene, *communes: str, title: str = "Action") -> None:
    """A public fiche in each of `communes`, each in a school of its own."""
    for commune in communes:
        Action.objects.create(
            campaign=scene.edition,
            establishment=school(scene, commune),
            title=title,
            live=True,
            status="published",
            first_published_at=NOW,
            last_published_at=NOW,
        )
    catalogue_stamp.rebuild([scene.edition.pk])


def page(scene, query: str = "?vue=carte", client: Client | None = None) -> str:
    response = (client or Client()).get(f"/{scene.edition.slug}/actions/{query}")
    assert response.status_code == 200
    return response.content.decode()


def circles(text: str) -> dict[str, str]:
    """Where each circle leads, by what is said of it."""
    found = re.findall(r'<a class="map__circle"\s+href="([^"]*)"\s+aria-label="([^"]*)"', text)
    return {html.unescape(label): html.unescape(address) for address, label in found}


def test_a_circle_of_one_commune_leads_to_the_list_of_its_fiches(scene) -> None:
    publish_at(scene, "Rouen", "Rouen", "Caen", "Cherbourg")

    found = circles(page(scene))

    base = f"/{scene.edition.slug}/actions/"
    assert found == {
        "2 fiches, Rouen\u00a0: voir la liste": f"{base}?q=Rouen",
        "1 fiche, Caen\u00a0: voir la liste": f"{base}?q=Caen",
        "1 fiche, Cherbourg\u00a0: voir la liste": f"{base}?q=Cherbourg",
    }
    response = Client().get(f"{base}?q=Rouen")
    assert response.context["catalogue"].total == 2


def test_a_circle_of_several_communes_leads_to_a_closer_map_that_parts_them(scene) -> None:
    publish_at(scene, "Rouen", "Sotteville", "Caen", "Cherbourg")

    [closer] = [address for label, address in circles(page(scene)).items() if "Sotteville" in label]
    found = circles(Client().get(closer).content.decode())

    assert sorted(found) == [
        "1 fiche, Rouen\u00a0: voir la liste",
        "1 fiche, Sotteville\u00a0: voir la liste",
    ]
    assert "2 fiches dans cette partie de la carte" in Client().get(closer).content.decode()


def test_the_map_shows_the_selection_and_its_links_keep_it(scene) -> None:
    publish_at(scene, "Rouen", "Caen", title="Tutorat")
    publish_at(scene, "Cherbourg", title="Escalade")

    found = circles(page(scene, "?vue=carte&q=tutorat"))

    assert len(found) == 2
    assert all("?q=tutorat" in address for address in found.values())


def test_fiches_without_a_known_address_are_counted_plainly(scene) -> None:
    publish_at(scene, "Rouen", "Ailleurs", "Ailleurs")

    text = page(scene)

    assert "2 fiches sans adresse connue" in text
    assert len(circles(text)) == 1


def test_without_any_known_address_the_map_says_so(scene) -> None:
    publish_at(scene, "Ailleurs")

    text = page(scene)

    assert "Aucune de ces fiches n’a d’adresse connue" in text
    assert "<svg class" not in text.split("<main", 1)[1]


def test_the_list_is_below_the_map(scene) -> None:
    publish_at(scene, "Rouen", title="Tutorat")

    text = page(scene)

    assert text.index("map__drawing") < text.index(">Tutorat</a>")


def test_what_is_not_public_is_on_no_map(scene) -> None:
    scene.establishment.latitude, scene.establishment.longitude = PLACES["Rouen"]
    scene.establishment.save()
    published = make_published(scene)
    make_endorsed(scene)
    amiens = make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    assert list(circles(page(scene))) == ["1 fiche, Rouen\u00a0: voir la liste"]
    review.withdraw(published, by=scene.editor, comment="À revoir.")
    assert circles(page(scene)) == {}
    elsewhere = Client().get(
        f"/{amiens.edition.slug}/actions/?vue=carte", headers={"host": "amiens.localhost"}
    )
    assert circles(elsewhere.content.decode()) == {}


def test_the_map_of_an_edition_behind_a_privacy_setting_is_behind_it(scene) -> None:
    publish_at(scene, "Rouen")
    PageViewRestriction.objects.create(page=scene.edition, restriction_type="login")

    assert Client().get(f"/{scene.edition.slug}/actions/?vue=carte").status_code == 302


@pytest.mark.parametrize(
    "zone", ["", "abc", "1,2,3,4", "nan,nan,nan,nan", "49,1,48,2", "-90,-180,90,180", "%00%FF'"]
)
def test_no_zone_breaks_the_page(scene, zone) -> None:
    publish_at(scene, "Rouen", "Caen")

    assert "Rouen" in page(scene, f"?vue=carte&zone={zone}")


def test_the_name_of_a_commune_is_never_markup(scene) -> None:
    PLACES["<b>Rouen"] = PLACES["Rouen"]
    publish_at(scene, "<b>Rouen")

    assert "<b>Rouen" not in page(scene)


def test_the_number_of_queries_does_not_grow(scene) -> None:
    counts = []
    for _turn in range(2):
        publish_at(scene, *["Rouen", "Caen", "Cherbourg", "Sotteville"] * (1 + 9 * len(counts)))
        page(scene)
        with CaptureQueriesContext(connection) as captured:
            page(scene)
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert counts[1] <= 15


def clusters(scene, query: str = "?zone=48,-3,51,3&zoom=8", client: Client | None = None):
    return (client or Client()).get(f"/{scene.edition.slug}/actions/carte/{query}")


def test_the_script_is_told_what_is_in_sight_gathered_for_its_zoom(scene) -> None:
    publish_at(scene, "Rouen", "Sotteville", "Caen", "Ailleurs")

    far = clusters(scene, "?zone=48,-3,51,3&zoom=6").json()["clusters"]
    near = clusters(scene, "?zone=49.3,1.0,49.5,1.2&zoom=12").json()["clusters"]

    assert sum(one["count"] for one in far) == 3
    assert [one["count"] for one in near] == [1, 1]
    assert {one["query"] for one in near} == {"?q=Rouen", "?q=Sotteville"}
    assert near[0]["latitude"] == pytest.approx(49.4, abs=0.1)


def test_the_script_is_told_the_selection_only(scene) -> None:
    publish_at(scene, "Rouen", title="Tutorat")
    publish_at(scene, "Caen", title="Escalade")

    [one] = clusters(scene, "?q=escalade&zone=48,-3,51,3&zoom=8").json()["clusters"]

    assert one["label"].startswith("1 fiche, Caen")


def test_the_script_is_told_nothing_that_is_not_public(scene) -> None:
    scene.establishment.latitude, scene.establishment.longitude = PLACES["Rouen"]
    scene.establishment.save()
    make_endorsed(scene)

    assert clusters(scene).json()["clusters"] == []
    PageViewRestriction.objects.create(page=scene.edition, restriction_type="login")
    assert clusters(scene).status_code == 302


@pytest.mark.parametrize(
    "query",
    ["", "?zone=1,2,3,4", "?zone=a&zoom=1", "?zone=48,-3,51,3&zoom=nan", "?zone=%00&zoom=%FF"],
)
def test_what_is_no_part_of_the_map_is_refused(scene, query) -> None:
    publish_at(scene, "Rouen")

    assert clusters(scene, query).status_code == 400


def test_no_other_site_is_asked_unless_an_installation_says_so(scene, settings) -> None:
    publish_at(scene, "Rouen")
    assert "data-tiles" not in page(scene)

    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.MAP_TILES_CREDIT = "© <b>IGN</b>"

    shown = page(scene)
    assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"' in shown
    assert "<b>IGN" not in shown


def test_the_background_is_read_once_and_anew_when_a_school_comes_or_goes(scene) -> None:
    located = {"academy": scene.academy, "latitude": 49.4, "longitude": 1.1}
    school = EstablishmentFactory(commune="Rouen", **located)
    edition = CampaignPage.objects.get(pk=scene.edition.pk)
    before = background_of(edition)

    with CaptureQueriesContext(connection) as captured:
        assert background_of(edition) is before
    assert len(captured) == 0
    EstablishmentFactory(commune="Dieppe", **located)
    assert {commune for commune, _x, _y in background_of(edition).communes} == {"Rouen", "Dieppe"}
    school.is_open = False
    school.save()
    assert [commune for commune, _x, _y in background_of(edition).communes] == ["Dieppe"]
