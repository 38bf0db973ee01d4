"""The public palmarès and its archives: what they show, to whom, from when on."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from contest import withdrawal
from contest.models import ContestPage, Poster
from contest.retention import archive_expired
from tests.contest.jury.published_scene import (
    DECIDED,
    INSTANT,
    LATER,
    OUT,
    give,
    make_counted,
    publish,
    streamed,
)
from tests.contest.jury.scene import JuryScene
from tests.contest.scene import make_admitted

pytestmark = pytest.mark.django_db

MOST_QUERIES = 14
PATHS = ("resultats/", "resultats/1/", "resultats.zip", "resultats-1.zip")


def get(scene: JuryScene, path: str = "resultats/", at: datetime = OUT, **options):
    with time_machine.travel(at, tick=False):
        answer = Client().get(f"{scene.contest_scene.contest.url}{path}", **options)
    if answer.streaming:
        answer.archive = streamed(answer)
    return answer


def read(scene: JuryScene, path: str = "resultats/", at: datetime = OUT) -> str:
    answer = get(scene, path, at)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_instant_nothing_is_told_and_no_archive_is_given() -> None:
    scene = make_counted()
    give(scene, 3, "Pour son humour")
    publish(scene, at=INSTANT)
    before = INSTANT - timedelta(seconds=1)

    page = read(scene, at=before)

    assert "n’est pas publié" in page
    assert 'content="noindex"' in page
    for secret in ("Premier prix", "Accroche-toi", "humour", "affiches/"):
        assert secret not in page
    for path in PATHS[1:]:
        assert get(scene, path, before).status_code == 404
    for path in PATHS:
        assert get(scene, path, INSTANT).status_code == 200, path


def test_without_any_publication_the_page_says_so_even_after_the_announced_date() -> None:
    scene = make_counted()

    page = read(scene, at=LATER)

    assert "n’est pas publié" in page
    assert "pas encore connue" in page


def test_prizes_are_shown_with_their_posters_and_whose_they_are() -> None:
    scene = make_counted()
    give(scene, 3, "Pour son humour.")
    publish(scene)
    winner = scene.posters[0]

    page = read(scene)

    places = [page.index(words) for words in ("Premier prix", "Deuxième prix", "Coup de cœur")]
    assert places == sorted(places)
    for words in (
        winner.establishment.name,
        winner.establishment.commune,
        "4e B",
        "24 élèves",
        "Pour son humour.",
        f"galerie/{winner.number}/",
    ):
        assert words in page
    assert page.count("<h1") == 1


def test_no_rank_of_those_without_a_prize_nor_any_juror_is_named() -> None:
    scene = make_counted()
    publish(scene)

    page = read(scene)

    assert scene.posters[3].establishment.name not in page
    for juror in scene.jurors:
        assert juror.name not in page
        assert juror.email not in page


def test_the_page_says_how_the_jury_decided_and_how_to_check_it() -> None:
    scene = make_counted()
    result = publish(scene)

    page = read(scene)

    assert "Jugement majoritaire" in page
    assert "4 affiches" in page
    assert "5 jurés" in page
    assert "20 bulletins" in page
    assert scene.round.commitment in page
    assert result.fingerprint in page
    assert "python3 verify.py" in page
    assert f'href="{scene.contest_scene.contest.url}resultats.zip"' in page


def test_the_archive_is_the_one_kept_with_headers_that_make_caches_ask() -> None:
    scene = make_counted()
    result = publish(scene)

    answer = get(scene, "resultats.zip")

    content = answer.archive
    with result.public.open("rb") as stream:
        assert content == stream.read()
    assert "verify.py" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert answer["Content-Type"] == "application/zip"
    slug = scene.contest_scene.edition.slug
    assert answer["Content-Disposition"] == (
        f'attachment; filename="palmares-{slug}-version-1.zip"'
    )
    assert answer["ETag"] == f'"{result.fingerprint}"'
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    known = get(scene, "resultats.zip", headers={"if-none-match": answer["ETag"]})
    assert (known.status_code, known["ETag"]) == (304, answer["ETag"])
    with time_machine.travel(OUT):
        head = Client().head(f"{scene.contest_scene.contest.url}resultats.zip")
    assert int(head["Content-Length"]) == len(content)


def test_a_correction_takes_the_place_and_the_version_before_stays_readable() -> None:
    scene = make_counted()
    first = publish(scene)
    give(scene, 4, "Oublié.")
    second = publish(scene, now=LATER, note="Le coup de cœur avait été oublié.")

    page = read(scene, at=LATER)
    earlier = read(scene, "resultats/1/", at=LATER)

    assert "Le coup de cœur avait été oublié." in page
    assert second.fingerprint in page
    assert "resultats/1/" in page
    assert "Coup de cœur" not in earlier.split("Le coup de cœur")[0].split("<main")[1]
    assert "a été corrigé" in earlier
    assert 'content="noindex"' in earlier
    assert first.fingerprint in earlier
    assert "resultats-1.zip" in earlier
    assert get(scene, "resultats-1.zip", LATER)["ETag"] == f'"{first.fingerprint}"'
    assert get(scene, "resultats.zip", LATER)["ETag"] == f'"{second.fingerprint}"'
    assert get(scene, "resultats/3/", LATER).status_code == 404


def test_a_withdrawn_laureate_leaves_every_version_at_once() -> None:
    scene = make_counted()
    publish(scene)
    winner = scene.posters[0]
    Poster.objects.filter(pk=winner.pk).update(title="Titre retiré")
    withdrawal.withdraw(winner, by=winner.establishment.account, now=OUT)

    for path in PATHS[:2]:
        page = read(scene, path)
        assert "Titre retiré" not in page
        assert winner.establishment.name not in page
        assert "Deuxième prix" in page


def test_once_authorisations_have_ended_the_palmares_stays_without_the_works() -> None:
    scene = make_counted()
    publish(scene)
    winner = scene.posters[0]
    over = datetime(2023, 9, 15, 9, tzinfo=UTC)
    pages = [read(scene, at=over)]
    archive_expired(over.date())
    pages.append(read(scene, at=over))

    for page in pages:
        assert "Premier prix" in page
        assert winner.establishment.name in page
        for gone in ("fichiers/affiches", "galerie/1/", "4e B", "24 élèves"):
            assert gone not in page


def test_nothing_of_an_unpublished_edition_or_contest_is_shown() -> None:
    scene = make_counted()
    publish(scene)
    scene.contest_scene.edition.unpublish()
    for path in PATHS:
        assert get(scene, path).status_code == 404


def test_behind_a_privacy_setting_nothing_is_given() -> None:
    scene = make_counted()
    publish(scene)
    PageViewRestriction.objects.create(page=scene.contest_scene.edition, restriction_type="login")
    for path in PATHS:
        assert get(scene, path).status_code == 302


@pytest.mark.parametrize(
    "path",
    ["resultats/0/", "resultats/01/", "resultats/99999/", "resultats-0.zip", "resultats-x.zip"],
)
def test_odd_versions_are_not_found(path: str) -> None:
    scene = make_counted()
    publish(scene)
    assert get(scene, path).status_code == 404


def test_the_page_costs_the_same_with_few_laureates_and_with_many() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(scene, at=LATER)
        return len(queries)

    scene = make_counted(posters=8)
    publish(scene)
    cost()
    few = cost()
    for number in range(1, 9):
        give(scene, number, f"Raison {number}")
    publish(scene, now=OUT, note="Des coups de cœur.")
    cost()

    assert cost() == few <= MOST_QUERIES


def test_the_site_map_lists_it_once_it_is_public() -> None:
    scene = make_counted()
    publish(scene, at=INSTANT)
    address = f"<loc>http://localhost{scene.contest_scene.contest.url}resultats/</loc>"

    def sitemap(at: datetime) -> str:
        with time_machine.travel(at):
            return Client().get("/sitemap.xml").content.decode()

    assert address not in sitemap(DECIDED)
    assert address in sitemap(OUT)


def test_a_contest_without_a_jury_has_no_palmares(client, scene) -> None:
    make_admitted(scene)
    with time_machine.travel(LATER):
        page = client.get(f"{scene.contest.url}resultats/")
        assert client.get(f"{scene.contest.url}resultats.zip").status_code == 404
    assert "n’est pas publié" in page.content.decode()


def test_the_contest_its_edition_and_the_search_lead_to_it_once_it_is_public() -> None:
    scene = make_counted()
    publish(scene, at=INSTANT)
    room = scene.contest_scene
    link = f'href="{room.contest.url}resultats/"'

    def page(path: str, at: datetime) -> str:
        with time_machine.travel(at, tick=False):
            return Client().get(path).content.decode()

    for path in (room.contest.url, room.edition.url):
        assert link not in page(path, DECIDED)
        assert link in page(path, OUT)
    assert "Premier prix ·" in page("/recherche/?q=accroche", OUT)
    ContestPage.objects.update(gallery_before_results=True)
    assert "Premier prix" not in page("/recherche/?q=accroche", DECIDED)


def test_a_date_announced_that_the_jury_has_not_kept_is_not_shown_as_one_to_come() -> None:
    scene = make_counted()

    with time_machine.travel(LATER, tick=False):
        pages = [
            Client().get(f"{scene.contest_scene.contest.url}{path}").content.decode()
            for path in ("galerie/", "resultats/")
        ]
        contest = Client().get(scene.contest_scene.contest.url).content.decode()

    for page in pages:
        assert "6 avril 2023" not in page
    assert "Les résultats sont publiés le jeudi 6 avril" not in contest
