"""The files of posters, one by one: what is answered, how it may be kept, and under which name."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import PageViewRestriction

from contest.models import Poster, PosterFile
from contest.storage import private_storage
from contest.withdrawal import withdraw
from tests.contest.matrix import sent
from tests.contest.scene import (
    AFTER_RESULTS,
    Scene,
    make_admitted,
    make_draft,
    make_file,
    make_submitted,
)
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_after_the_results")]

PICTURES = [
    "master.jpg",
    *(f"{width}.{end}" for width in (320, 640, 1280) for end in ("jpg", "avif")),
]


@pytest.fixture
def _after_the_results():
    with time_machine.travel(AFTER_RESULTS):
        yield


def address(file: PosterFile | None, name: str) -> str:
    """Where `name` of a file is."""
    assert file is not None
    return reverse("poster_file", args=[file.token, name])


def stored(file: PosterFile | None, name: str) -> bytes:
    """What the storage holds."""
    assert file is not None
    with private_storage().open(f"{file.folder}/{name}") as stream:
        return stream.read()


def test_the_pictures_of_a_public_poster_are_everybodys_and_say_nothing(client, scene) -> None:
    poster = make_admitted(scene)
    for name in PICTURES:
        check_public_picture(client, scene, poster, name)


def check_public_picture(client: Client, scene: Scene, poster: Poster, name: str) -> None:
    """What is answered to anybody who asks for the picture `name`."""
    response = client.get(address(poster.file, name))

    assert response.status_code == 200
    assert response["Content-Type"] == ("image/avif" if name.endswith("avif") else "image/jpeg")
    ending = name.rpartition(".")[2]
    assert response["Content-Disposition"] == f'inline; filename="affiche-{poster.number}.{ending}"'
    assert response["Cache-Control"] == "public, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-site"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "Vary" not in response  # the same for all, whatever their cookies
    assert not re.search(scene.establishment.uai, str(response.headers), re.IGNORECASE)
    assert sent(response) == stored(poster.file, name)


def test_the_original_is_saved_and_never_shown(school: Client, scene: Scene) -> None:
    poster = make_admitted(scene)

    response = school.get(address(poster.file, "original"))

    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'attachment; filename="affiche-1-originale.jpg"'
    assert response["Cache-Control"] == "private, no-cache"
    assert sent(response) == stored(poster.file, "original.jpg")


@pytest.mark.parametrize(
    ("format_", "ending", "kind"),
    [
        ("png", "png", "image/png"),
        ("webp", "webp", "image/webp"),
        ("heic", "heic", "image/heic"),
        ("pdf", "pdf", "application/pdf"),
    ],
)
def test_an_original_is_given_as_what_its_bytes_are(school, scene, format_, ending, kind) -> None:
    file = make_file(scene.establishment, scene.contest, format=format_)
    private_storage().save(file.original_name, ContentFile(b"Bonjour"))

    response = school.get(address(file, "original"))

    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].endswith(f'filename="affiche-originale.{ending}"')
    assert sent(response) == b"Bonjour"


def test_a_file_that_waits_is_its_establishments_alone(client, school, editor, scene) -> None:
    file = make_file(scene.establishment, scene.contest)
    lead, administrator = Client(), Client()
    lead.force_login(scene.lead, backend="django.contrib.auth.backends.ModelBackend")
    administrator.force_login(
        UserFactory(is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )

    for name in ("original", "preview.jpg", "master.jpg"):
        mine = school.get(address(file, name))
        assert mine.status_code == 200
        sent(mine)
        for other in (Client(), editor, lead, administrator):
            assert other.get(address(file, name)).status_code == 404


def test_a_browser_that_has_the_picture_is_told_so_before_the_file_is_opened(client, scene) -> None:
    poster = make_admitted(scene)
    first = client.get(address(poster.file, "320.jpg"))
    version = first["ETag"]
    sent(first)
    private_storage().delete(f"{poster.file.folder}/320.jpg")

    again = client.get(address(poster.file, "320.jpg"), headers={"if-none-match": version})
    other = client.get(address(poster.file, "640.jpg"), headers={"if-none-match": version})

    assert version.startswith('"')  # strong
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == version
    assert again["Cache-Control"] == "public, no-cache"
    assert other.status_code == 200
    sent(other)


def test_a_known_version_does_not_outlive_the_right_to_see_it(client, scene) -> None:
    poster = make_admitted(scene)
    first = client.get(address(poster.file, "320.jpg"))
    sent(first)
    with TestCase.captureOnCommitCallbacks(execute=True):
        withdraw(poster, by=scene.account, now=AFTER_RESULTS)

    again = client.get(address(poster.file, "320.jpg"), headers={"if-none-match": first["ETag"]})

    assert again.status_code == 404
    assert again["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["master.jpg", "640.avif"])
def test_a_head_says_what_a_get_would_without_the_bytes(client, scene, name) -> None:
    poster = make_admitted(scene)

    head = client.head(address(poster.file, name))
    get = client.get(address(poster.file, name))

    assert head.status_code == 200
    assert head.content == b""
    for header in ("Content-Type", "Content-Length", "Content-Disposition", "ETag"):
        assert head[header] == get[header]
    sent(get)


def test_nothing_is_changed_through_a_files_address(client, scene) -> None:
    poster = make_admitted(scene)

    for verb in ("post", "put", "delete", "patch"):
        assert getattr(client, verb)(address(poster.file, "320.jpg")).status_code == 405


def test_a_file_gone_from_the_storage_is_not_found(client, scene) -> None:
    poster = make_admitted(scene)
    private_storage().delete(f"{poster.file.folder}/320.jpg")

    for answer in (
        client.get(address(poster.file, "320.jpg")),
        client.head(address(poster.file, "320.jpg")),
    ):
        assert answer.status_code == 404
        assert answer["Content-Type"].startswith("text/plain")


def test_only_the_names_that_the_row_knows_lead_anywhere(school, scene) -> None:
    poster = make_admitted(scene)

    for name in (
        "original.jpg",
        "999.jpg",
        "320.jpeg",
        "320.JPG",
        "..",
        "%2e%2e%2foriginal.jpg",
        "..%2f..%2fsettings.py",
        "320.jpg%00",
        "320.jpg/",
        "a" * 3000,
        "é.jpg",
    ):
        answer = school.get(f"/fichiers/affiches/{poster.file.token}/{name}", follow=True)
        assert answer.status_code == 404, name


def test_an_unknown_token_is_not_found(client, scene) -> None:
    for token in ("0" * 32, "x" * 32, "0", "%00" * 8, "..", "0" * 5000):
        answer = client.get(f"/fichiers/affiches/{token}/320.jpg", follow=True)
        assert answer.status_code == 404, token


def test_pictures_that_are_not_made_yet_are_not_found(school, scene) -> None:
    poster = make_submitted(scene, prepared=False)

    assert school.get(address(poster.file, "master.jpg")).status_code == 404
    preview = school.get(address(poster.file, "preview.jpg"))
    assert preview.status_code == 200
    assert preview["Content-Disposition"] == 'inline; filename="affiche.jpg"'
    sent(preview)


def test_an_establishment_that_has_closed_reads_nothing_more(school, scene) -> None:
    draft = make_draft(scene)
    scene.establishment.is_open = False
    scene.establishment.save()

    assert school.get(address(draft.file, "original")).status_code == 404


def test_whoever_passes_the_privacy_of_a_gallery_sees_its_pictures(client, scene) -> None:
    poster = make_admitted(scene)
    other = Client()
    PageViewRestriction.objects.create(
        page=scene.edition, restriction_type="password", password="merci"
    )
    restriction = PageViewRestriction.objects.get()
    session = client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()

    let_in = client.get(address(poster.file, "640.jpg"))

    assert client.get(f"{scene.contest.url}galerie/").status_code == 200
    assert let_in.status_code == 200
    assert let_in["Cache-Control"] == "private, no-cache"
    sent(let_in)
    assert client.get(address(poster.file, "original")).status_code == 404
    assert client.get(address(poster.file, "preview.jpg")).status_code == 404
    assert other.get(address(poster.file, "640.jpg")).status_code == 404
    Poster.objects.update(attestation_expires_on="2023-04-06")
    assert client.get(address(poster.file, "640.jpg")).status_code == 404


def test_a_picture_costs_one_query_to_the_public_and_a_few_to_the_signed_in(
    client, school, scene, django_assert_num_queries, settings
) -> None:
    public, submitted = make_admitted(scene), make_submitted(scene)
    stranger = Client()

    with django_assert_num_queries(1):
        sent(stranger.get(address(public.file, "640.avif")))
    with django_assert_num_queries(1):  # nobody is asked who they are
        sent(school.get(address(public.file, "640.avif")))
    # One for the user, and one for the session where that is not in Redis.
    own = 3 if "redis" in settings.CACHES["default"]["BACKEND"].lower() else 4
    with django_assert_num_queries(own):
        sent(school.get(address(submitted.file, "640.avif")))
