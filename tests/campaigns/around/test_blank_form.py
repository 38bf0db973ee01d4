"""The blank form, opened by readers that had no part in writing it."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from xml.etree import ElementTree as ET  # our own files

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from campaigns.models import Theme
from tests.campaigns.scene import LATE, NOW
from tests.contest.printing import reading
from tests.factories import make_site

pytestmark = pytest.mark.django_db

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def address(edition, kind: str) -> str:
    return f"/fichiers/trames/{edition.pk}/trame.{kind}"


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_the_pdf_says_the_edition_the_deadline_and_the_sections_of_the_paper_form(
    client, scene
) -> None:
    response = client.get(address(scene.edition, "pdf"))

    text = " ".join(reading.texts(response.content))
    assert response["Content-Type"] == "application/pdf"
    assert scene.edition.title in text
    assert "jeudi 9 mars 2023" in text
    for heading in ("Intitulé", "Coordonnateur", "Public cible", "Descriptif", "Objectifs"):
        assert heading in text
    for heading in ("Déroulé", "Partenaires", "Réalisation"):
        assert heading in text
    assert set(reading.sizes(response.content)) == {(210, 297)}


def test_the_pdf_is_tagged_titled_and_in_french(client, scene) -> None:
    content = client.get(address(scene.edition, "pdf")).content

    kinds = {element.kind for element in reading.structure(content)}
    assert {"H1", "H2", "H3", "L", "LI"} <= kinds
    assert scene.edition.title in reading.title(content)
    assert b"pdfuaid" in content
    assert b"/Lang (fr" in content or b"/Lang(fr" in content or b"fr</" in content


def test_the_odt_is_a_package_that_programs_recognise(client, scene) -> None:
    response = client.get(address(scene.edition, "odt"))
    archive = opened(response.content)

    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert response.content[30:38] == b"mimetype"
    assert archive.read("mimetype").decode() == response["Content-Type"]
    listed = {
        entry.get(f"{MANIFEST}full-path")
        for entry in ET.fromstring(archive.read("META-INF/manifest.xml"))
    }
    assert listed == {"/", *(set(archive.namelist()) - {"mimetype", "META-INF/manifest.xml"})}
    assert archive.testzip() is None


def test_the_odt_is_accessible(client, scene) -> None:
    archive = opened(client.get(address(scene.edition, "odt")).content)
    content = ET.fromstring(archive.read("content.xml"))
    meta = ET.fromstring(archive.read("meta.xml"))
    styles = ET.fromstring(archive.read("styles.xml"))

    levels = [int(one.get(f"{TEXT}outline-level", "0")) for one in content.iter(f"{TEXT}h")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not [one for one in content.iter() if one.tag.endswith("}table")]
    assert scene.edition.title in (meta.findtext(f".//{DC}title") or "")
    assert meta.findtext(f".//{DC}language") == "fr-FR"
    assert {one.get(f"{FO}language") for one in styles.iter() if one.get(f"{FO}language")} == {"fr"}


def test_the_odt_uses_only_styles_that_it_defines(client, scene) -> None:
    archive = opened(client.get(address(scene.edition, "odt")).content)
    content = ET.fromstring(archive.read("content.xml"))
    styles = ET.fromstring(archive.read("styles.xml"))

    name = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name"
    known = {one.get(name) for one in styles.iter() if one.get(name)}
    used = {one.get(f"{TEXT}style-name") for one in content.iter()} - {None}
    assert used <= known
    assert content.find(f"{OFFICE}body/{OFFICE}text") is not None


@pytest.mark.parametrize("kind", ["pdf", "odt"])
def test_the_choices_are_those_of_the_academy(client, scene, kind) -> None:
    amiens = make_site("amiens", "amiens.localhost", is_default=False)
    Theme.objects.create(label="Notre thème", code="notre", academy=scene.academy)
    Theme.objects.create(label="Leur thème", code="leur", academy=amiens)

    content = client.get(address(scene.edition, kind)).content
    if kind == "pdf":
        text = " ".join(reading.texts(content))
    else:
        text = opened(content).read("content.xml").decode()

    assert "Notre thème" in text
    assert "Leur thème" not in text


def test_a_title_with_marks_of_xml_spoils_nothing(client, scene) -> None:
    scene.edition.title = "Semaine <2023> & \x0bfriends"
    scene.edition.save()

    archive = opened(client.get(address(scene.edition, "odt")).content)

    assert "Semaine <2023>" in "".join(ET.fromstring(archive.read("content.xml")).itertext())


@pytest.mark.parametrize("kind", ["pdf", "odt"])
def test_the_form_of_an_edition_not_open_to_all_is_not_found(client, scene, kind) -> None:
    PageViewRestriction.objects.create(
        page=scene.edition, restriction_type=PageViewRestriction.LOGIN
    )
    assert client.get(address(scene.edition, kind)).status_code == 404

    PageViewRestriction.objects.all().delete()
    scene.edition.unpublish()
    assert client.get(address(scene.edition, kind)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/fichiers/trames/0/trame.pdf",
        "/fichiers/trames/1/trame.doc",
        "/fichiers/trames/x/trame.odt",
    ],
)
def test_other_addresses_are_not_found(client, scene, path) -> None:
    assert client.get(path).status_code == 404


def test_the_file_is_made_once_for_the_same_text(client, scene) -> None:
    first = client.get(address(scene.edition, "pdf"))
    with CaptureQueriesContext(connection) as captured:
        second = client.get(address(scene.edition, "pdf"))

    assert first.content == second.content
    assert "max-age=600" in second["Cache-Control"]
    assert len(captured) <= 14


def test_the_space_leads_to_it_while_the_call_is_open(at, scene) -> None:
    page = at(NOW).get("/espace/").content.decode()

    assert address(scene.edition, "pdf") in page
    assert address(scene.edition, "odt") in page


def test_the_page_of_the_edition_leads_to_it_while_its_call_is_open(at, scene) -> None:
    assert address(scene.edition, "pdf") in at(NOW).get(scene.edition.url).content.decode()
    assert "trame.pdf" not in at(LATE).get(scene.edition.url).content.decode()
