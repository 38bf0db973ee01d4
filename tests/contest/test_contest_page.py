"""The public page of a contest, in every phase."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client

from contest.enums import RegistrationMode, Shape
from contest.models import ContestPage, Criterion, Prize
from home.models import SiteDocument, SiteSettings
from tests.contest.scene import AFTER_RESULTS, Scene, make_admitted, make_draft, make_submitted
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

BEFORE = datetime(2023, 1, 10, 11, tzinfo=UTC)
REGISTERING = datetime(2023, 2, 1, 11, tzinfo=UTC)
DEPOSITING = datetime(2023, 3, 15, 11, tzinfo=UTC)
DEPOSIT_OVER = datetime(2023, 3, 25, 11, tzinfo=UTC)
JURY_MEETS = datetime(2023, 3, 28, 11, tzinfo=UTC)
NEXT_YEAR = datetime(2023, 9, 1, 11, tzinfo=UTC)

SPACE = "/espace/concours/"
GALLERY = "/concours/galerie/"


def page_at(scene: Scene, now: datetime, client: Client | None = None) -> BeautifulSoup:
    with time_machine.travel(now, tick=False):
        response = (client or Client()).get(f"/{scene.edition.slug}/concours/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def text_of(page: Any) -> str:
    """Its words; spaces of all kinds are one."""
    return re.sub(r"\s+", " ", page.get_text(" "))


def button_of(page: Any) -> tuple[str, str] | None:
    """The words and the address of the one large button."""
    buttons = page.select(".fr-btn--lg")
    assert len(buttons) <= 1
    return (buttons[0].get_text(strip=True), buttons[0]["href"]) if buttons else None


def change(scene: Scene, **fields: Any) -> None:
    ContestPage.objects.filter(pk=scene.contest.pk).update(**fields)


TO_REGISTER, TO_DEPOSIT, TO_GALLERY = (
    "Inscrire mon établissement",
    "Déposer une affiche",
    "Voir la galerie",
)

PHASES = [
    (RegistrationMode.OPTIONAL, BEFORE, TO_REGISTER, "avant le jeudi 9 mars 2023 à 23 h 59"),
    (RegistrationMode.REQUIRED, BEFORE, TO_REGISTER, "Seuls les établissements inscrits"),
    (RegistrationMode.OFF, BEFORE, None, "ouvre le mardi 17 janvier 2023 à 9 h"),
    (RegistrationMode.OPTIONAL, REGISTERING, TO_DEPOSIT, "vous inscrire avant le jeudi 9 mars"),
    (RegistrationMode.REQUIRED, REGISTERING, TO_REGISTER, "puis déposez vos affiches"),
    (RegistrationMode.OFF, REGISTERING, TO_DEPOSIT, "avant le lundi 20 mars 2023 à 23 h 59"),
    (RegistrationMode.OPTIONAL, DEPOSITING, TO_DEPOSIT, "avant le lundi 20 mars 2023"),
    (RegistrationMode.REQUIRED, DEPOSITING, TO_DEPOSIT, "Les inscriptions sont closes"),
    (RegistrationMode.OPTIONAL, DEPOSIT_OVER, None, "Le jury se réunit le mardi 28 mars 2023"),
    (RegistrationMode.OPTIONAL, JURY_MEETS, None, "Le jury examine les affiches"),
    (RegistrationMode.OPTIONAL, AFTER_RESULTS, TO_GALLERY, "Les résultats sont connus"),
    (RegistrationMode.OPTIONAL, NEXT_YEAR, None, "leurs autorisations ont pris fin"),
]


@pytest.mark.parametrize(("mode", "now", "button", "words"), PHASES)
def test_it_says_what_can_be_done_now(
    scene: Scene, mode: str, now: datetime, button: str | None, words: str
) -> None:
    change(scene, registration=mode)

    page = page_at(scene, now)

    assert words in text_of(page)
    found = button_of(page)
    assert (found[0] if found else None) == button
    if found:
        leads = GALLERY if button == TO_GALLERY else f"{SPACE}{scene.contest.pk}/"
        assert found[1].endswith(leads)


def test_the_gallery_is_linked_as_soon_as_it_is_open_and_not_before(scene: Scene) -> None:
    for now in (BEFORE, DEPOSITING, DEPOSIT_OVER):
        assert GALLERY not in str(page_at(scene, now))

    change(scene, gallery_before_results=True)

    assert "déjà admises" in text_of(page_at(scene, DEPOSITING))
    assert button_of(page_at(scene, DEPOSIT_OVER))[0] == TO_GALLERY


def test_dates_are_in_order_with_what_is_past(scene: Scene) -> None:
    change(scene, exhibition_first_day=date(2023, 4, 3), exhibition_last_day=date(2023, 4, 7))

    dates = page_at(scene, JURY_MEETS).select("#dates-cles + ol > li")

    assert [one.find("p").get_text(strip=True) for one in dates] == [
        "Ouverture du dépôt",
        "Clôture des inscriptions",
        "Fin du dépôt",
        "Réunion du jury",
        "Exposition",
        "Résultats",
    ]
    told = [text_of(one) for one in dates]
    assert ["Passé" in one for one in told] == [True, True, True, False, False, False]
    assert "En cours" in told[3]
    assert "Du 3 au 7 avril 2023" in told[4]


def test_a_contest_without_registration_has_no_date_for_it(scene: Scene) -> None:
    change(scene, registration=RegistrationMode.OFF)

    assert "Clôture des inscriptions" not in text_of(page_at(scene, BEFORE))


def test_it_says_who_may_enter_and_what_to_hand_in(scene: Scene) -> None:
    words = text_of(page_at(scene, BEFORE))

    for told in (
        "Collège, dispositif relais",
        "Lycée général et technologique",
        "Jusqu’à 3 affiches par établissement",
        "À 2 % près",
        "JPEG (.jpg), PNG, WebP, HEIC (photo d’iPhone), PDF d’une page",
        "10 Mo au plus",
        "Au moins 1 754 × 2 480 pixels",
        "Les autorisations prennent fin le jeudi 31 août 2023",
        "sans aucun usage commercial",
    ):
        assert told in words


def test_it_says_so_where_there_is_less_to_ask(scene: Scene) -> None:
    change(scene, max_posters=1, shape=Shape.FREE, formats=["pdf"], rights_scope="Le site seul.")
    scene.category.__class__.objects.filter(pk=scene.category.pk).update(kinds=[])

    words = text_of(page_at(scene, BEFORE))

    assert "Une affiche par établissement" in words
    assert "PDF d’une page" in words
    assert "près :" not in words
    assert "Tous les établissements" in words
    assert "Le site seul." in words


def test_weights_are_told_where_they_differ(scene: Scene) -> None:
    theme = Criterion.objects.create(contest=scene.contest, label="Respect du thème")
    Criterion.objects.create(contest=scene.contest, label="Originalité")
    assert "noté sur 5, et tous comptent autant" in text_of(page_at(scene, BEFORE))

    theme.weight = 2
    theme.save()

    words = text_of(page_at(scene, BEFORE))
    assert "Noté sur 5, poids 2" in words
    assert "comptent autant" not in words


def test_prizes_rules_debate_and_exhibition_have_their_place(scene: Scene) -> None:
    Prize.objects.create(contest=scene.contest, label="Coup de cœur", kind="favourite")
    contest = ContestPage.objects.get(pk=scene.contest.pk)
    contest.rules = [("text", "<p>Une affiche par classe.</p>")]
    contest.debate = [("text", "<p>Qu’est-ce que tenir bon ?</p>")]
    contest.exhibition_first_day = date(2023, 4, 3)
    contest.exhibition_place = "Hall du rectorat"
    contest.rules_document = SiteDocument.objects.create(
        title="Règlement", file=ContentFile(b"%PDF-1.7", name="reglement.pdf"), file_size=61_440
    )
    contest.save()

    page = page_at(scene, BEFORE)

    assert "Débattre avant de créer" in text_of(page)
    words = text_of(page)
    for told in (
        "Coup de cœur",
        "Une affiche par classe",
        "tenir bon",
        "Hall du rectorat",
        "Le 3 avril 2023",
        "PDF – 60,0 Ko",
    ):
        assert told in words
    anchors = [link["href"][1:] for link in page.select(".contest-contents a")]
    assert len(anchors) == 8
    for anchor in anchors:
        assert page.find(id=anchor).name == "h2"


def test_parts_without_content_are_left_out(scene: Scene) -> None:
    page = page_at(scene, BEFORE)

    anchors = [link["href"] for link in page.select(".contest-contents a")]
    assert anchors == ["#dates-cles", "#participer", "#affiche", "#droits"]
    assert [h2.get("id") for h2 in page.find_all("h2")] == [
        "sommaire",
        *(anchor[1:] for anchor in anchors),
    ]


def test_what_editors_type_is_shown_as_text(scene: Scene) -> None:
    change(scene, theme="<b>Oser</b>", rights_scope="<script>1</script>")

    page = page_at(scene, BEFORE)

    assert "<b>Oser</b>" in page.get_text()
    assert not page.find_all("script")


def test_nothing_of_a_poster_is_on_the_page(scene: Scene) -> None:
    change(scene, gallery_before_results=True)
    for make in (make_draft, make_submitted, make_admitted):
        make(scene, title="Tenir bon ensemble")

    for now in (DEPOSITING, DEPOSIT_OVER, AFTER_RESULTS):
        assert "Tenir bon ensemble" not in str(page_at(scene, now))


def test_a_draft_is_found_by_nobody(scene: Scene) -> None:
    scene.contest.unpublish()

    assert Client().get(f"/{scene.edition.slug}/concours/").status_code == 404
    for address in ("/sitemap.xml", "/plan-du-site/", "/", f"/{scene.edition.slug}/"):
        assert "/concours/" not in Client().get(address).content.decode()


def test_the_contest_is_in_the_site_maps_and_found_by_its_theme(scene: Scene) -> None:
    for address in ("/sitemap.xml", "/plan-du-site/"):
        assert f"/{scene.edition.slug}/concours/" in Client().get(address).content.decode()

    scene.contest.theme = "Persévérance et ricochets"
    scene.contest.save_revision().publish()

    found = Client().get("/recherche/?q=ricochets").content.decode()
    assert f"/{scene.edition.slug}/concours/" in found


@pytest.mark.parametrize("query", ["?page=abc", "?preview=1", "?%00=1", "?q=" + "x" * 2000])
def test_no_query_string_troubles_it(scene: Scene, query: str) -> None:
    assert Client().get(f"/{scene.edition.slug}/concours/{query}").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_whatever_it_holds(
    scene: Scene, number: int, django_assert_num_queries: Any
) -> None:
    for count in range(number):
        Criterion.objects.create(contest=scene.contest, label=f"Critère {count}")
        Prize.objects.create(contest=scene.contest, label=f"Prix {count}")
        make_edition(scene.academy)
    scene.contest.max_posters = 50
    scene.contest.save()
    for _ in range(min(number, 5)):
        make_admitted(scene)
    SiteSettings.for_site(scene.academy.site)
    address = f"/{scene.edition.slug}/concours/"
    Client().get(address)

    # The shell’s five, the categories, the criteria, the prizes, the jury and its rounds.
    with django_assert_num_queries(10):
        Client().get(address)
