"""A school deposits a poster on a telephone, with scripts and without, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from contest.enums import PosterStatus
from contest.models import Poster, PosterFile
from contest.storage import private_storage
from tests.browser.scenes.deposit import open_deposit
from tests.browser.visits import NARROW, Visit, follow
from tests.contest.deposit_sheet import new_address, only_poster, page_of, picture
from tests.contest.scene import Scene, make_scene

if TYPE_CHECKING:
    from playwright.sync_api import Page

ALTERNATIVE = "Trois élèves se hissent sur un mur d’escalade ; en haut : Accroche-toi."


@pytest.fixture
def site(live_server: Any) -> Scene:
    """A contest that takes deposits today."""
    scene = make_scene()
    open_deposit(scene)
    return scene


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A poster as it should be."""
    path = tmp_path / "Affiche de la 4e B (version finale).jpg"
    path.write_bytes(picture())
    return path


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """A poster that is too wide."""
    path = tmp_path / "trop-large.jpg"
    path.write_bytes(picture(3600, 4200))
    return path


def fill_in(page: Page) -> None:
    """All that is asked for, but the file and the title."""
    page.locator("[name=statement]").fill("On grimpe mieux à plusieurs.")
    page.locator("[name=alternative]").fill(ALTERNATIVE)
    page.locator("[name=pupils]").fill("24")
    page.locator("[name=technique]").fill("Collage")
    # The design system draws its radios and boxes with their labels.
    page.locator("label[for=id_ai_use_0]").click()
    page.locator("[name=attesting_name]").fill("Camille Exemple")
    page.locator("[name=attesting_function]").fill("principale")
    page.locator("label[for=id_attests]").click()


def button(page: Page, verb: str) -> Any:
    """The visible button that does `verb`."""
    return page.locator(f".fiche-form__end button[value={verb}]")


def slow_down(page: Page, bytes_a_second: int) -> None:
    """Make the browser's line a slow one."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_a_second,
        },
    )


# With scripts


@pytest.fixture
def page(visit: Callable[..., Visit], site: Scene) -> Iterator[Page]:
    """The blank form on a telephone."""
    seen = visit(new_address(site.contest), width=NARROW, user=site.account)
    yield seen.page
    assert seen.complaints == []


def test_a_poster_is_deposited_from_a_telephone_while_its_file_travels(
    page: Page, site: Scene, wide: Path, good: Path
) -> None:
    page.locator("[name=title]").fill("Accroche-toi")
    page.locator("[name=upload]").set_input_files(wide)
    page.get_by_text("n’a pas la forme d’une feuille A3 ou A4").wait_for()
    assert page.locator(".deposit-figure__excess").count() == 2
    assert page.locator("[name=upload]").get_attribute("aria-invalid") == "true"
    assert page.locator("[name=title]").input_value() == "Accroche-toi"

    slow_down(page, 60_000)
    page.locator("[name=upload]").set_input_files(good)
    bar = page.get_by_role("progressbar", name="Envoi du fichier")
    bar.wait_for()
    page.wait_for_function(
        "() => Number(document.querySelector('[data-progress-bar]').value) > 0", timeout=20_000
    )
    assert "envoyés" in page.locator("[data-progress-words]").inner_text()
    fill_in(page)
    page.locator("[data-received]").wait_for(timeout=30_000)
    slow_down(page, -1)
    assert not bar.is_visible()
    assert "Fichier reçu" in page.locator("[data-received]").inner_text()
    assert page.locator("[name=upload]").get_attribute("aria-invalid") is None
    # It is not sent a second time with the form.
    assert page.locator("[name=upload]").evaluate("input => input.files.length") == 0

    button(page, "submit").click()
    page.wait_for_url("**/espace/affiches/*/")

    poster = only_poster()
    assert page.url.endswith(page_of(poster))
    assert poster.status == PosterStatus.SUBMITTED
    assert poster.file is not None
    with private_storage().open(poster.file.original_name) as kept:
        assert kept.read() == good.read_bytes()


def test_the_form_waits_for_its_file_then_leaves_by_itself(
    page: Page, site: Scene, good: Path
) -> None:
    page.locator("[name=title]").fill("Accroche-toi")
    fill_in(page)
    slow_down(page, 40_000)
    page.locator("[name=upload]").set_input_files(good)
    button(page, "submit").click()

    said = page.locator("[data-deposit-waiting]")
    said.filter(has_text="Le formulaire partira dès que le fichier sera arrivé").wait_for()
    assert not Poster.objects.exists()
    page.wait_for_url("**/espace/affiches/*/", timeout=40_000)

    assert only_poster().status == PosterStatus.SUBMITTED
    assert PosterFile.objects.count() == 1


def test_a_sending_can_be_cancelled_and_tried_again(page: Page, site: Scene, good: Path) -> None:
    page.locator("[name=title]").fill("Accroche-toi")
    slow_down(page, 20_000)
    page.locator("[name=upload]").set_input_files(good)
    page.get_by_role("button", name="Annuler l’envoi").click()

    page.locator("[data-progress-told]").filter(has_text="L’envoi est annulé").wait_for()
    assert page.evaluate("() => document.activeElement.id") == "id_upload"
    assert page.locator("[name=title]").input_value() == "Accroche-toi"
    slow_down(page, -1)
    page.get_by_role("button", name="Réessayer").click()
    page.locator("[data-received]").wait_for()


def test_a_file_too_heavy_does_not_even_leave(page: Page, site: Scene, tmp_path: Path) -> None:
    heavy = tmp_path / "lourd.jpg"
    heavy.write_bytes(picture() + bytes(11 * 1024 * 1024))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    page.locator("[name=upload]").set_input_files(heavy)

    told = page.locator("[data-progress-told]")
    told.filter(has_text="le concours accepte 10 Mo au plus").wait_for()
    assert not [url for url in sent if "/fichier/" in url]


def test_what_is_typed_is_counted_and_what_does_not_matter_is_put_away(page: Page) -> None:
    page.locator("[name=alternative]").fill("x" * 601)

    count = page.locator("#id_alternative_count")
    assert count.inner_text() == "601 / 600"
    assert "deposit-count--over" in str(count.get_attribute("class"))
    details = page.locator("[name=third_party_details]")
    assert not details.is_visible()
    page.locator("label[for=id_third_party]").click()
    assert details.is_visible()


def test_when_the_network_fails_the_form_says_so_and_keeps_the_rest(
    visit: Callable[..., Visit], site: Scene, good: Path
) -> None:
    page = visit(new_address(site.contest), width=NARROW, user=site.account).page
    page.locator("[name=title]").fill("Accroche-toi")
    page.context.set_offline(True)
    page.locator("[name=upload]").set_input_files(good)

    page.locator("[data-progress-told]").filter(has_text="Le réseau a fait défaut").wait_for()
    assert page.locator("[name=title]").input_value() == "Accroche-toi"
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    page.locator("[data-received]").wait_for()


def test_when_the_session_has_ended_one_signs_in_elsewhere_and_tries_again(
    visit: Callable[..., Visit], site: Scene, good: Path
) -> None:
    page = visit(new_address(site.contest), width=NARROW, user=site.account).page
    page.locator("[name=title]").fill("Accroche-toi")
    session = page.context.cookies()
    page.context.clear_cookies()
    page.locator("[name=upload]").set_input_files(good)
    page.get_by_text("Votre session est terminée").wait_for()
    assert page.get_by_role(
        "link", name="Connectez-vous à nouveau dans un autre onglet"
    ).is_visible()

    # Signed in again in another tab, with another token.
    page.context.add_cookies([cookie for cookie in session if cookie["name"] == "sessionid"])
    other = page.context.new_page()
    other.goto(page.url)
    other.close()
    page.get_by_role("button", name="Réessayer").click()
    page.locator("[data-received]").wait_for()
    fill_in(page)
    button(page, "submit").click()
    page.wait_for_url("**/espace/affiches/*/")

    assert only_poster().status == PosterStatus.SUBMITTED


# Without scripts


def test_without_scripts_a_file_survives_the_faults_of_the_form(
    visit: Callable[..., Visit], site: Scene, wide: Path, good: Path
) -> None:
    seen = visit(new_address(site.contest), width=NARROW, scripts=False, user=site.account)
    page = seen.page
    page.locator("[name=title]").fill("Accroche-toi")
    page.locator("[name=upload]").set_input_files(wide)
    follow(page.get_by_role("button", name="Envoyer et vérifier le fichier"))
    page.get_by_text("n’a pas la forme d’une feuille A3 ou A4").first.wait_for()
    assert page.locator("[name=title]").input_value() == "Accroche-toi"

    page.locator("[name=upload]").set_input_files(good)
    fill_in(page)
    page.locator("[name=pupils]").fill("beaucoup")
    follow(button(page, "submit"))
    page.locator("#erreurs").wait_for()
    assert page.locator("#erreurs a").all_inner_texts() == ["Nombre d’élèves"]
    assert "Fichier reçu" in page.locator("[data-received]").inner_text()

    page.locator("[name=pupils]").fill("24")
    button(page, "submit").click()
    page.wait_for_url("**/espace/affiches/*/")

    poster = only_poster()
    assert poster.status == PosterStatus.SUBMITTED
    assert poster.submitted_at is not None
    assert (timezone.now() - poster.submitted_at).total_seconds() < 60
    assert poster.file is not None
    with private_storage().open(poster.file.original_name) as kept:
        assert kept.read() == good.read_bytes()
    assert seen.complaints == []


def test_without_scripts_a_file_too_heavy_comes_back_with_a_page(
    visit: Callable[..., Visit], site: Scene, tmp_path: Path
) -> None:
    heavy = tmp_path / "lourd.jpg"
    heavy.write_bytes(picture() + bytes(14 * 1024 * 1024))
    seen = visit(new_address(site.contest), width=NARROW, scripts=False, user=site.account)
    seen.page.locator("[name=title]").fill("Accroche-toi")
    seen.page.locator("[name=upload]").set_input_files(heavy)

    button(seen.page, "submit").click()
    seen.page.locator("#erreurs").wait_for()

    assert "Ce fichier pèse" in seen.page.locator("#id_upload_error").inner_text()
    assert seen.page.locator("[name=title]").input_value() == "Accroche-toi"
    assert not PosterFile.objects.exists()
