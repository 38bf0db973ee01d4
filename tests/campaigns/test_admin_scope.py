"""Wagtail's choosers and admin API show nobody the files or the drafts of another académie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from accounts.models import User
from campaigns.provisioning import open_site
from establishments.models import Academy
from home.models import HomePage
from tests.campaigns.admin_browser import signed_in
from tests.factories import (
    AcademyFactory,
    ContentPageFactory,
    DepartmentFactory,
    NetworkFactory,
    UserFactory,
    make_editor,
)

pytestmark = pytest.mark.django_db

FILES = "/admin/api/main/{}/"
PAGES = "/admin/choose-page/"


@dataclass
class Place:
    """An académie with a file of each kind, a published page and a draft."""

    academy: Academy
    home: HomePage
    draft: Page
    public: Page
    files: dict[str, Any]

    def editor(self) -> User:
        return make_editor(self.academy)


def place(slug: str) -> Place:
    academy: Academy = AcademyFactory(slug=slug, name=f"Académie {slug}")
    home = open_site(academy, hostname=f"{slug}.localhost")
    academy.refresh_from_db()
    collection = academy.editor_group.collection_permissions.first().collection
    image = get_image_model().objects.create(
        title=f"Image {slug}", file=get_test_image_file(), collection=collection
    )
    document = get_document_model().objects.create(
        title=f"Document {slug}", file=ContentFile(b"texte", f"{slug}.txt"), collection=collection
    )
    return Place(
        academy,
        home,
        draft=ContentPageFactory(parent=home, title=f"Brouillon {slug}", live=False),
        public=ContentPageFactory(parent=home, title=f"Publique {slug}"),
        files={"images": image, "documents": document},
    )


@pytest.fixture
def here() -> Place:
    return place("normandie")


@pytest.fixture
def elsewhere() -> Place:
    return place("amiens")


def observer(place: Place) -> User:
    user: User = UserFactory()
    DepartmentFactory(academy=place.academy).observers.add(user)
    return user


def lead(place: Place) -> User:
    user: User = UserFactory()
    NetworkFactory(academy=place.academy, leads=[user])
    return user


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_an_editor_lists_the_files_of_their_academy_only(
    here: Place, elsewhere: Place, kind: str
) -> None:
    browser = signed_in(here.editor())

    listed = browser.get(FILES.format(kind)).json()["items"]

    assert [file["id"] for file in listed] == [here.files[kind].pk]
    theirs = f"{FILES.format(kind)}{elsewhere.files[kind].pk}/"
    assert browser.get(theirs).status_code == 404
    assert browser.get(f"{FILES.format(kind)}{here.files[kind].pk}/").status_code == 200


@pytest.mark.parametrize("kind", ["images", "documents"])
@pytest.mark.parametrize("role", [observer, lead])
def test_who_only_reads_fiches_lists_no_file(here: Place, role: Any, kind: str) -> None:
    browser = signed_in(role(here))

    assert browser.get(FILES.format(kind)).json()["items"] == []
    assert browser.get(f"{FILES.format(kind)}{here.files[kind].pk}/").status_code == 404


def shown(browser: Any, address: str, **query: Any) -> str:
    response = browser.get(address, query, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 200
    return str(response.content.decode("unicode_escape"))


def test_an_editor_chooses_among_their_drafts_and_what_others_published(
    here: Place, elsewhere: Place
) -> None:
    browser = signed_in(here.editor())

    ours = shown(browser, f"{PAGES}{here.home.pk}/")
    theirs = shown(browser, f"{PAGES}{elsewhere.home.pk}/")

    assert "Brouillon normandie" in ours
    assert "Publique amiens" in theirs
    assert "Brouillon amiens" not in theirs


def test_searching_pages_to_choose_finds_no_draft_of_others(here: Place, elsewhere: Place) -> None:
    found = shown(signed_in(here.editor()), f"{PAGES}search/", q="brouillon")

    assert "Brouillon normandie" in found
    assert "Brouillon amiens" not in found


def test_the_draft_of_others_shows_neither_its_title_nor_what_lies_below(
    here: Place, elsewhere: Place
) -> None:
    browser = signed_in(here.editor())

    assert browser.get(f"{PAGES}{elsewhere.draft.pk}/").status_code == 404
    chosen = shown(
        browser,
        f"{PAGES}chosen-multiple/",
        id=[here.draft.pk, elsewhere.public.pk, elsewhere.draft.pk, "x"],
    )
    assert "Brouillon normandie" in chosen
    assert "Publique amiens" in chosen
    assert "Brouillon amiens" not in chosen


@pytest.mark.parametrize("role", [observer, lead])
def test_who_writes_no_page_opens_no_page_chooser(here: Place, role: Any) -> None:
    browser = signed_in(role(here))

    for address in ("", "search/?q=brouillon", f"chosen-multiple/?id={here.draft.pk}"):
        response = browser.get(f"{PAGES}{address}", headers={"x-requested-with": "XMLHttpRequest"})
        assert response.status_code == 403
        assert "Brouillon" not in response.content.decode()
