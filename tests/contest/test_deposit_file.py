"""The file of a poster without JavaScript: received first, kept through what else goes wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from contest.enums import PosterStatus
from contest.models import ContestPage, Poster, PosterFile
from contest.receiving import receive
from contest.storage import private_storage
from tests.contest.deposit_sheet import (
    edit_address,
    new_address,
    only_poster,
    page_of,
    picture,
    received,
    sent,
    token_in,
    typed,
)
from tests.contest.scene import (
    NOW,
    Scene,
    make_contest,
    make_draft,
    make_file,
    make_scene,
    make_submitted,
)
from tests.factories import EstablishmentFactory, make_site, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _deposit_open():
    with time_machine.travel(NOW, tick=False):
        yield


# Kept through a failed validation


def test_a_file_received_survives_the_faults_of_the_form(school: Client, scene: Scene) -> None:
    address = new_address(scene.contest)
    refused = school.post(address, typed(scene.contest, pupils="zéro", upload=sent()))

    page = refused.content.decode()
    token = token_in(page)
    assert "Fichier reçu" in page
    assert "1 754 × 2 480 pixels" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert f"/fichiers/affiches/{token}/preview.jpg" in page
    school.post(address, typed(scene.contest, file=token))

    assert only_poster().status == PosterStatus.SUBMITTED
    assert only_poster().file.token == token


def test_the_picture_of_a_file_received_is_its_establishments_alone(
    school: Client, scene: Scene
) -> None:
    file = received(school, scene.contest)
    address = f"/fichiers/affiches/{file.token}/preview.jpg"
    other = Client()
    other.force_login(sign_up(EstablishmentFactory(academy=scene.academy)))

    answer = school.get(address)
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert other.get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_the_file_can_be_checked_before_anything_is_saved(school: Client, scene: Scene) -> None:
    sheet = typed(scene.contest, title="", statement="Déjà écrit.", upload=sent(), do="check")

    page = school.post(new_address(scene.contest), sheet).content.decode()

    assert token_in(page)
    assert "Déjà écrit." in page
    assert 'id="erreurs"' not in page
    assert not Poster.objects.exists()


# What is wrong with a file


def test_a_file_of_the_wrong_shape_is_refused_on_the_picture(school: Client, scene: Scene) -> None:
    page = school.post(
        new_address(scene.contest), typed(scene.contest, upload=sent(picture(3600, 4200)))
    ).content.decode()

    assert "n’a pas la forme d’une feuille A3 ou A4" in page
    assert "#id_upload" in page
    excess = re.findall(r'<rect class="deposit-figure__excess" x="(\d+)"[^>]*width="(\d+)"', page)
    assert excess == [("0", "315"), ("3285", "315")]
    # The text is kept as a draft, without that file.
    assert (only_poster().status, only_poster().file) == (PosterStatus.DRAFT, None)
    assert token_in(page) == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"GIF89a" + bytes(50), "GIF"),
        (b"quelques mots", "ni une image ni un PDF"),
        (picture()[:30_000], "s’arrête avant la fin"),
        (picture(400, 566), "400 × 566 pixels"),
    ],
)
def test_each_fault_of_a_file_is_said_beside_it_and_nothing_typed_is_lost(
    school: Client, scene: Scene, content: bytes, said: str
) -> None:
    page = school.post(
        new_address(scene.contest), typed(scene.contest, upload=sent(content))
    ).content.decode()

    beside = page.partition('id="id_upload_error"')[2].partition("</div>")[0]
    assert said in beside.replace("\xa0", " ").replace("\u202f", " ")
    assert 'value="Accroche-toi"' in page
    assert Poster.objects.filter(status=PosterStatus.SUBMITTED).count() == 0


def test_a_refused_file_never_replaces_the_one_that_fits(school: Client, scene: Scene) -> None:
    poster = make_submitted(scene)
    before = poster.file

    page = school.post(
        edit_address(poster),
        typed(scene.contest, poster, technique="Gouache", upload=sent(b"non"), do="save"),
    ).content.decode()

    assert "sauf le fichier" in page
    assert only_poster().file == before
    assert only_poster().technique == "Gouache"


def test_nothing_is_handed_in_with_another_file_than_the_one_chosen_last(
    school: Client, scene: Scene
) -> None:
    draft = make_draft(scene)

    school.post(edit_address(draft), typed(scene.contest, draft, upload=sent(b"non")))

    assert only_poster().status == PosterStatus.DRAFT


# Replacing


def test_a_file_that_replaces_another_is_shown_beside_it(school: Client, scene: Scene) -> None:
    draft = make_draft(scene)
    former = draft.file
    assert former is not None
    sheet = typed(scene.contest, draft, pupils="zéro", upload=sent())

    page = school.post(edit_address(draft), sheet).content.decode()

    assert "Fichier actuel" in page
    assert "Il remplacera le fichier actuel" in page
    assert {former.token, token_in(page)} <= set(re.findall(r"affiches/([0-9a-f]{32})/", page))


def test_the_file_replaced_is_deleted(
    school: Client, scene: Scene, django_capture_on_commit_callbacks
) -> None:
    draft = make_draft(scene)
    former = draft.file
    assert former is not None
    with django_capture_on_commit_callbacks(execute=True):
        school.post(edit_address(draft), typed(scene.contest, draft, upload=sent(), do="save"))

    assert PosterFile.objects.count() == 1
    assert not private_storage().exists(former.original_name)


# Tokens that are not what they should be


def other_files(scene: Scene) -> dict[str, PosterFile]:
    """Files of which the scene's establishment may make nothing in the scene's contest."""
    neighbour = EstablishmentFactory(academy=scene.academy)
    sign_up(neighbour)
    elsewhere = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    from tests.factories import make_edition

    old = make_contest(make_edition(scene.academy, title="Semaine 2022"))
    return {
        "another establishment": make_file(neighbour, scene.contest),
        "another académie": make_file(elsewhere.establishment, elsewhere.contest),
        "another contest": make_file(scene.establishment, old),
    }


@pytest.mark.parametrize("whose", ["another establishment", "another académie", "another contest"])
def test_a_token_from_elsewhere_is_ignored_and_said(
    school: Client, scene: Scene, whose: str
) -> None:
    file = other_files(scene)[whose]

    page = school.post(
        new_address(scene.contest), typed(scene.contest, file=file.token)
    ).content.decode()

    assert "n’est plus conservé" in page
    assert (only_poster().status, only_poster().file) == (PosterStatus.DRAFT, None)
    assert not Poster.objects.filter(file=file).exists()
    assert f"{file.token}/preview" not in page


@pytest.mark.parametrize("token", ["x", "0" * 32, "é" * 40, "' OR 1=1"])
def test_a_token_that_never_was_is_ignored(school: Client, scene: Scene, token: str) -> None:
    page = school.post(new_address(scene.contest), typed(scene.contest, file=token))

    assert "n’est plus conservé" in page.content.decode()


def test_the_file_of_another_poster_stays_with_it(school: Client, scene: Scene) -> None:
    first, second = make_draft(scene), make_draft(scene, title="Autre")
    assert first.file is not None

    page = school.post(
        edit_address(second), typed(scene.contest, second, file=first.file.token, do="save")
    ).content.decode()

    assert "celui d’une autre de vos affiches" in page
    assert Poster.objects.get(pk=first.pk).file == first.file
    assert Poster.objects.get(pk=second.pk).file == second.file


def test_a_file_that_waited_too_long_is_asked_for_again(school: Client, scene: Scene) -> None:
    file = received(school, scene.contest)
    file.delete()

    page = school.post(
        new_address(scene.contest), typed(scene.contest, file=file.token)
    ).content.decode()

    assert "choisissez-le de nouveau" in page
    assert 'value="Accroche-toi"' in page


# The contest's own limits


def test_the_form_says_what_the_contest_takes(school: Client, scene: Scene) -> None:
    ContestPage.objects.update(formats=["png", "pdf"], max_megabytes=4, min_short_side=1000)

    page = school.get(new_address(scene.contest)).content.decode()

    assert "PNG ou PDF, 4 Mo au plus." in page
    assert 'accept="image/png,application/pdf"' in page
    assert 'data-most="4194304"' in page


def test_limits_that_became_stricter_are_told_at_the_deposit(school: Client, scene: Scene) -> None:
    file = receive(
        sent(picture(1800, 2545)),
        establishment=scene.establishment,
        contest=scene.contest,
        by=scene.account,
        now=datetime(2023, 2, 1, tzinfo=UTC),
    )
    ContestPage.objects.update(min_short_side=2000, min_long_side=2800)

    page = school.post(
        new_address(scene.contest), typed(scene.contest, file=file.token)
    ).content.decode()

    assert only_poster().status == PosterStatus.DRAFT
    assert "Choisissez un fichier conforme au règlement" in page


def test_a_pdf_of_one_page_is_taken(school: Client, scene: Scene) -> None:
    content = picture(1754, 2480, "PDF")

    page = school.post(
        new_address(scene.contest), typed(scene.contest, upload=sent(content)), follow=True
    )

    assert only_poster().status == PosterStatus.SUBMITTED
    assert page.redirect_chain == [(page_of(only_poster()), 302)]
