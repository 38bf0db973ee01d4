"""Sending a file on its own, as the page's script does, and how much of it gets in."""

from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from contest import receiving
from contest.models import ContestPage, PosterFile
from contest.upload_handling import (
    MARGIN,
    MOST_READ,
    bound_upload,
    is_cut_short,
    is_past_reading,
)
from tests.contest.deposit_sheet import (
    new_address,
    picture,
    sent,
    token_in,
    typed,
    upload_address,
)
from tests.contest.scene import LATE, NOW, Scene, make_draft, make_scene
from tests.factories import EstablishmentFactory, UserFactory, make_site, sign_up

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _deposit_open():
    with time_machine.travel(NOW, tick=False):
        yield


# The answer


def test_a_file_that_fits_comes_back_as_a_part_of_the_page(school: Client, scene: Scene) -> None:
    answer = school.post(upload_address(scene.contest), {"upload": sent()})

    part = answer.content.decode()
    assert answer.status_code == 200
    assert part.lstrip().startswith('<div id="fichier-etat">')
    assert token_in(part) == PosterFile.objects.get().token
    assert "<html" not in part


def test_a_file_that_does_not_fit_comes_back_with_why(school: Client, scene: Scene) -> None:
    part = school.post(
        upload_address(scene.contest), {"upload": sent(picture(3600, 4200))}
    ).content.decode()

    assert "data-refused" in part
    assert "deposit-figure__excess" in part
    assert token_in(part) == ""


def test_the_answer_shows_the_file_that_would_be_replaced(school: Client, scene: Scene) -> None:
    draft = make_draft(scene)

    part = school.post(
        f"{upload_address(scene.contest)}?affiche={draft.pk}", {"upload": sent()}
    ).content.decode()

    assert "Fichier actuel" in part
    assert "Il remplacera le fichier actuel" in part


def test_the_address_only_takes_files(school: Client, scene: Scene) -> None:
    assert school.get(upload_address(scene.contest)).status_code == 405
    assert school.post(upload_address(scene.contest), {}).status_code == 200
    assert not PosterFile.objects.exists()


# Who may


def test_a_session_that_ended_is_said_and_nothing_is_kept(client: Client, scene: Scene) -> None:
    answer = client.post(upload_address(scene.contest), {"upload": sent()})

    assert answer.status_code == 401
    assert "data-keep-file" in answer.content.decode()
    assert "/espace/connexion/" in answer.content.decode()
    assert not PosterFile.objects.exists()


def test_a_file_sent_by_another_site_is_not_received(scene: Scene) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.account)

    answer = browser.post(upload_address(scene.contest), {"upload": sent()})

    assert answer.status_code == 403
    assert not PosterFile.objects.exists()


def test_the_token_may_come_in_a_header(scene: Scene) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.account)
    browser.get(new_address(scene.contest))
    token = browser.cookies["csrftoken"].value

    answer = browser.post(
        upload_address(scene.contest), {"upload": sent()}, headers={"X-CSRFToken": token}
    )

    assert answer.status_code == 200


def test_nobody_sends_a_file_for_a_contest_or_a_poster_that_is_not_theirs(scene: Scene) -> None:
    draft = make_draft(scene)
    elsewhere = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    neighbour = EstablishmentFactory(academy=scene.academy)
    school = Client()
    school.force_login(sign_up(neighbour))

    for address in (
        upload_address(elsewhere.contest),
        f"{upload_address(scene.contest)}?affiche={draft.pk}",
        "/espace/concours/999999999999999999999/fichier/",
    ):
        assert school.post(address, {"upload": sent()}).status_code == 404
    for person in (scene.editor, scene.lead, UserFactory()):
        school.force_login(person)
        assert school.post(upload_address(scene.contest), {"upload": sent()}).status_code == 401
    assert PosterFile.objects.count() == 1


@pytest.mark.parametrize("which", ["²", "", "-1", "9" * 60])
def test_an_odd_poster_in_the_address_brings_nothing_down(
    school: Client, scene: Scene, which: str
) -> None:
    address = f"{upload_address(scene.contest)}?affiche={which}"

    assert school.post(address, {"upload": sent()}).status_code in {200, 404}


def test_after_the_jury_has_met_no_file_is_kept(client: Client, scene: Scene) -> None:
    with time_machine.travel(LATE.replace(month=4), tick=False):
        client.force_login(scene.account)
        part = client.post(upload_address(scene.contest), {"upload": sent()}).content.decode()

    assert "Le dépôt est clos" in part
    assert not PosterFile.objects.exists()


# How much


def temporary_files(folder: Path) -> list[int]:
    """The sizes of the uploads on the disk."""
    return [path.stat().st_size for path in folder.glob("*.upload*")]


def request_with(size: int, **fields: str):
    file = SimpleUploadedFile("affiche.jpg", bytes(size), "image/jpeg")
    return RequestFactory().post("/", {**fields, "upload": file})


def test_a_file_within_the_limit_is_kept_whole(settings, tmp_path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request = request_with(MEGABYTE)
    handler = bound_upload(request, MEGABYTE)

    assert request.FILES["upload"].size == MEGABYTE
    assert not handler.is_too_heavy
    assert not is_cut_short(request)
    request.close()
    assert temporary_files(tmp_path) == []


def test_beyond_the_limit_nothing_stays_on_the_disk_and_the_text_arrives(
    settings, tmp_path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request = request_with(MEGABYTE + MARGIN + 1, title="Avant", zone="Après")
    handler = bound_upload(request, MEGABYTE)

    assert not request.FILES
    assert request.POST.dict() == {"title": "Avant", "zone": "Après"}
    assert (handler.is_too_heavy, handler.received) == (True, MEGABYTE + MARGIN + 1)
    assert temporary_files(tmp_path) == []


def test_only_one_file_is_kept_of_several(settings, tmp_path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    files = [SimpleUploadedFile(f"{n}.jpg", bytes(1000), "image/jpeg") for n in range(50)]
    request = RequestFactory().post("/", {"upload": files, "autre": files[0]})
    bound_upload(request, MEGABYTE)

    assert [file.name for file in request.FILES.getlist("upload")] == ["0.jpg"]
    assert "autre" not in request.FILES
    assert len(temporary_files(tmp_path)) == 1
    request.close()


def test_nothing_is_kept_of_whoever_is_not_signed_in(settings, tmp_path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request = request_with(1000, title="Gardé")
    handler = bound_upload(request, 0)

    assert request.POST["title"] == "Gardé"
    assert (handler.was_sent, handler.is_too_heavy) == (True, False)
    assert not request.FILES
    assert temporary_files(tmp_path) == []


def test_a_request_cut_short_is_known_for_it() -> None:
    whole = request_with(100_000, title="Coupé")
    body = whole.read()
    cut = RequestFactory().post(
        "/", data=b"", content_type=whole.content_type + "; boundary=BoUnDaRyStRiNg"
    )
    cut.environ["CONTENT_LENGTH"] = str(len(body))
    from django.core.handlers.wsgi import WSGIRequest

    environ = {**cut.environ, "wsgi.input": io.BytesIO(body[:50_000])}
    half = WSGIRequest(environ)
    bound_upload(half, MEGABYTE)

    assert is_cut_short(half)
    assert not half.FILES


def test_too_heavy_a_file_is_told_with_its_weight_and_the_rest_kept(
    school: Client, scene: Scene
) -> None:
    ContestPage.objects.update(max_megabytes=1)
    heavy = picture() + bytes(3 * MEGABYTE)
    sheet = typed(scene.contest, pupils="zéro", upload=sent(heavy))

    for answer in (
        school.post(new_address(scene.contest), sheet),
        school.post(upload_address(scene.contest), {"upload": sent(heavy)}),
    ):
        page = answer.content.decode().replace("\xa0", " ")
        assert "Ce fichier pèse 3,1 Mo" in page
        assert "1,0 Mo" in page
    assert not PosterFile.objects.exists()


def test_just_too_heavy_a_file_is_looked_at_all_the_same(school: Client, scene: Scene) -> None:
    ContestPage.objects.update(max_megabytes=1)
    heavy = picture() + bytes(MEGABYTE)

    part = school.post(upload_address(scene.contest), {"upload": sent(heavy)}).content.decode()

    assert "data-refused" in part
    assert "pèse" in part


@pytest.mark.parametrize("announced", [MOST_READ + 1, "beaucoup"])
def test_what_nobody_sends_by_mistake_is_not_even_read(
    school: Client, scene: Scene, announced
) -> None:
    for address in (upload_address(scene.contest), new_address(scene.contest)):
        body = io.BytesIO(b"x")
        answer = school.generic(
            "POST",
            address,
            b"",
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(announced),
            **{"wsgi.input": body},
        )
        assert answer.status_code == 413
        assert "beaucoup trop lourd" in answer.content.decode()
        assert body.tell() == 0


def test_few_files_are_examined_at_once_whatever_arrives(monkeypatch) -> None:
    under_way: list[int] = []
    seen: list[int] = []

    def examine(*args):
        under_way.append(1)
        seen.append(len(under_way))
        time.sleep(0.02)
        under_way.pop()

    monkeypatch.setattr(receiving, "examine", examine)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: receiving.examine_in_turn(None, None, None), range(16)))

    assert len(seen) == 16
    assert max(seen) == receiving.EXAMINED_AT_ONCE


def test_the_web_server_has_threads_to_spare_for_slow_uploads() -> None:
    """An upload holds its thread as long as its line takes; `make bench` measures the rest."""
    web = (Path(__file__).parents[2] / "Procfile").read_text().splitlines()[0].split()

    assert int(web[web.index("--blocking-threads") + 1]) >= 16


def test_a_length_that_can_be_read_is_read() -> None:
    assert not is_past_reading(RequestFactory().post("/", {"a": "b"}))


def test_a_malformed_request_is_a_bad_request(school: Client, scene: Scene) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=é", "text/plain"):
        answer = school.generic("POST", new_address(scene.contest), b"--x\r\n\r\n", kind)
        assert answer.status_code == 400
