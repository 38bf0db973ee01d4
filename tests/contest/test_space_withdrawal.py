"""Taking a poster out, from the establishment's space: asked once more, then at once."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from wagtail.models import ModelLogEntry

from contest.enums import PosterStatus
from contest.models import Poster, PosterFile
from contest.storage import private_storage
from tests.contest.deposit_sheet import contest_address, only_poster, page_of
from tests.contest.scene import (
    AFTER_RESULTS,
    NOW,
    Scene,
    make_admitted,
    make_draft,
    make_refused,
    make_returned,
    make_submitted,
    make_withdrawn,
)
from tests.factories import EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _deposit_open():
    with time_machine.travel(NOW, tick=False):
        yield


def address(poster: Poster) -> str:
    return f"{page_of(poster)}retirer/"


def test_nothing_is_withdrawn_by_looking(school: Client, scene: Scene) -> None:
    poster = make_admitted(scene)

    page = school.get(address(poster)).content.decode()

    assert "Vous retirez votre consentement" in page
    assert only_poster().status == PosterStatus.ADMITTED


def test_a_draft_is_deleted_with_its_file(
    school: Client, scene: Scene, django_capture_on_commit_callbacks
) -> None:
    draft = make_draft(scene)
    assert draft.file is not None
    folder = draft.file.folder
    assert "seront perdus" in school.get(address(draft)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = school.post(address(draft), follow=True)

    assert response.redirect_chain == [(contest_address(scene.contest), 302)]
    assert "est supprimé" in response.content.decode()
    assert not Poster.objects.exists()
    assert not PosterFile.objects.exists()
    assert not private_storage().exists(folder)


@pytest.mark.parametrize("make", [make_submitted, make_returned, make_admitted, make_refused])
def test_a_poster_handed_in_leaves_the_contest_with_all_its_pictures(
    school: Client, scene: Scene, make, django_capture_on_commit_callbacks
) -> None:
    poster = make(scene)
    assert poster.file is not None
    folder = poster.file.folder

    with django_capture_on_commit_callbacks(execute=True):
        response = school.post(address(poster), {"reason": "Une famille le demande."}, follow=True)

    row = only_poster()
    assert response.redirect_chain == [(page_of(poster), 302)]
    assert (row.status, row.live, row.file) == (PosterStatus.WITHDRAWN, False, None)
    assert "Une famille le demande." in response.content.decode()
    assert not private_storage().exists(folder)


def test_no_reason_need_be_given(school: Client, scene: Scene) -> None:
    poster = make_admitted(scene)

    school.post(address(poster))

    assert only_poster().status == PosterStatus.WITHDRAWN


def test_consent_may_be_withdrawn_after_the_results(client: Client, scene: Scene) -> None:
    poster = make_admitted(scene)
    with time_machine.travel(AFTER_RESULTS, tick=False):
        client.force_login(scene.account)
        client.post(address(poster))

    assert only_poster().status == PosterStatus.WITHDRAWN


def test_a_reason_too_long_is_said_and_nothing_happens(school: Client, scene: Scene) -> None:
    poster = make_submitted(scene)

    page = school.post(address(poster), {"reason": "x" * 501}).content.decode()

    assert 'id="erreurs"' in page
    assert "x" * 501 in page
    assert only_poster().status == PosterStatus.SUBMITTED


@pytest.mark.parametrize("make", [make_submitted, make_withdrawn])
def test_a_second_click_changes_nothing(school: Client, scene: Scene, make) -> None:
    poster = make(scene)

    answers = [school.post(address(poster)) for _ in range(2)]

    assert [answer.url for answer in answers] == [page_of(poster)] * 2
    assert ModelLogEntry.objects.filter(action="contest.withdraw").count() == 1


def test_a_second_click_on_a_draft_ends_well_too(school: Client, scene: Scene) -> None:
    draft = make_draft(scene)

    answers = [school.post(address(draft)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_a_draft_that_another_establishment_deleted_is_not_told_of(
    school: Client, scene: Scene
) -> None:
    draft = make_draft(scene)
    school.post(address(draft))
    other = Client()
    other.force_login(sign_up(EstablishmentFactory(academy=scene.academy)))

    assert other.post(address(draft)).status_code == 404
