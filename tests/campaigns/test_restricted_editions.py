"""An edition behind a privacy setting of Wagtail's keeps its fiches behind it too."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import PageViewRestriction

from campaigns.models import Action, ActionMedia
from tests.campaigns.scene import make_published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("level", ["edition", "home page"])
def test_fiches_of_a_restricted_edition_are_not_public(client, scene, level) -> None:
    medium = ActionMedia(kind="document", alternative="Un livret", is_authorised=True)
    medium.file.save("livret.pdf", ContentFile(b"Bonjour"), save=False)
    action = make_published(scene, title="Petits déjeuners", media=[medium])
    file_address = f"/fichiers/fiches/{action.pk}/{medium.file.name.rsplit('/', 1)[-1]}"
    assert b"".join(client.get(file_address).streaming_content) == b"Bonjour"
    page = scene.edition if level == "edition" else scene.edition.get_parent()
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    found = client.get("/recherche/", {"q": "déjeuners"})

    assert client.get(f"/{scene.edition.slug}/actions/").status_code == 302
    assert client.get(file_address).status_code == 404
    assert "Petits déjeuners" not in found.content.decode()
    assert not Action.objects.published().exists()


def test_the_pages_of_a_restricted_edition_show_its_fiches_to_those_let_in(scene) -> None:
    make_published(scene, title="Petits déjeuners")
    PageViewRestriction.objects.create(page=scene.edition, restriction_type="login")
    school = Client()
    school.force_login(scene.account)

    page = school.get(f"/{scene.edition.slug}/actions/").content.decode()

    assert "Petits déjeuners" in page
