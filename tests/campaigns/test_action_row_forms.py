"""The rows of the editors' form are held to what a school's are: files, establishments."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from campaigns.drafts import latest_version
from campaigns.models import Action
from tests.campaigns.admin_browser import form_data, signed_in, url
from tests.campaigns.scene import Scene, make_endorsed, make_published
from tests.campaigns.writing.test_files import picture
from tests.factories import EstablishmentFactory

pytestmark = pytest.mark.django_db


def send(scene: Scene, action: Action, content: bytes, name: str, kind: str = "image") -> Any:
    """Add a file in the editors' form."""
    browser = signed_in(scene.editor)
    address = url("edit", action.pk)
    row = {
        "media-TOTAL_FORMS": "1",
        "media-0-kind": kind,
        "media-0-file": SimpleUploadedFile(name, content),
        "media-0-alternative": "Une cour",
        "media-0-is_authorised": "on",
        "media-0-ORDER": "1",
    }
    return browser.post(address, form_data(browser, address) | row)


def contents(action: Action) -> list[bytes]:
    found = []
    for medium in latest_version(action).media.all():
        with medium.file.open("rb") as stream:
            found.append(stream.read())
    return found


@pytest.mark.parametrize("make", [make_endorsed, make_published])
def test_a_picture_of_an_editor_loses_its_metadata_too(scene, make) -> None:
    action = make(scene)
    exif = Image.Exif()
    exif[0x010F] = "Appareil"

    send(scene, action, picture(exif=exif), "photo.jpg")

    [kept] = contents(action)
    assert kept.startswith(b"\xff\xd8\xff")
    assert b"Appareil" not in kept


def test_the_bytes_of_an_editors_file_say_its_kind_and_its_ending(scene) -> None:
    action = make_endorsed(scene)

    send(scene, action, b"%PDF-1.7", "photo.jpg", kind="image")

    [medium] = latest_version(action).media.all()
    assert (medium.kind, medium.file.name[-4:]) == ("document", ".pdf")


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"<html><script>alert(1)</script>", "a.html"), (b"<svg onload='alert(1)'/>", "a.svg")],
)
def test_an_editor_sends_no_file_that_a_school_may_not(scene, content, name) -> None:
    action = make_endorsed(scene)

    response = send(scene, action, content, name)

    assert response.status_code == 200
    assert contents(action) == []


def associate(scene: Scene, action: Action, uai: str) -> Any:
    browser = signed_in(scene.editor)
    address = url("edit", action.pk)
    row = {
        "associated-TOTAL_FORMS": "1",
        "associated-0-establishment": uai,
        "associated-0-may_edit": "on",
        "associated-0-ORDER": "1",
    }
    return browser.post(address, form_data(browser, address) | row)


def test_an_editor_lets_no_establishment_of_another_academy_write(scene) -> None:
    action = make_endorsed(scene)

    response = associate(scene, action, EstablishmentFactory().uai)

    assert response.status_code == 200
    assert not action.associated.exists()


def test_the_carrier_is_not_associated_with_its_own_fiche(scene) -> None:
    action = make_endorsed(scene)

    response = associate(scene, action, scene.establishment.uai)

    assert response.status_code == 200
    assert not action.associated.exists()


def test_an_establishment_of_the_academy_is_associated(scene) -> None:
    action = make_endorsed(scene)
    partner = EstablishmentFactory(academy=scene.academy)

    associate(scene, action, partner.uai)

    [row] = action.associated.all()
    assert (row.establishment, row.may_edit) == (partner, True)
