"""Numbers that no honest browser sends are answered, never an error of the server."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import time_machine

from campaigns.models import AssociatedEstablishment
from tests.campaigns.admin_browser import form_data, signed_in, url
from tests.campaigns.scene import NOW, make_draft, make_endorsed
from tests.campaigns.sheet import edit_address, typed
from tests.factories import EstablishmentFactory

pytestmark = pytest.mark.django_db

HUGE = ["9" * 25, "9" * 5000]


@pytest.mark.parametrize("number", HUGE)
def test_no_edition_has_a_huge_number(scene, number) -> None:
    browser = signed_in(scene.editor)

    assert browser.get(url("list"), {"campaign": number}).status_code == 200
    assert browser.get(f"/admin/editions/{number}/next/").status_code == 404


def test_the_list_is_still_narrowed_down_to_an_edition(scene) -> None:
    make_endorsed(scene, title="Petits déjeuners")

    page = signed_in(scene.editor).get(url("list"), {"campaign": scene.edition.pk})

    assert "Petits déjeuners" in page.content.decode()


@pytest.mark.parametrize("number", ["²", *HUGE])
def test_no_row_of_the_form_has_a_huge_number(client, scene, number) -> None:
    draft = make_draft(scene)
    client.force_login(scene.account)
    with time_machine.travel(NOW, tick=False):
        sent = typed(draft, do=f"remove:partners:{number}")
        assert client.post(edit_address(draft), sent).status_code in (200, 302)
        sent = typed(draft, do="remove:partners:0", **{f"partners-{number}-name": "CIO"})
        # Not as parts, whose names may not be that long.
        response = client.post(
            edit_address(draft),
            urlencode(sent, doseq=True),
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 200


@pytest.mark.parametrize("number", ["²", *HUGE])
def test_an_editors_correction_of_a_huge_revision_is_refused(scene, number) -> None:
    action = make_endorsed(scene)
    browser = signed_in(scene.editor)
    address = url("edit", action.pk)
    sent = form_data(browser, address) | {"loaded_revision_id": number, "title": "Autre"}

    browser.post(address, sent)

    action.refresh_from_db()
    assert action.get_latest_revision_as_object().title != "Autre"


@pytest.mark.parametrize("number", ["²", "1_0", *HUGE, "key"])
def test_a_number_is_no_associated_establishment(scene, number) -> None:
    stranger = EstablishmentFactory(academy=scene.academy)
    partner = EstablishmentFactory(academy=scene.academy)
    action = make_endorsed(scene, associated=[AssociatedEstablishment(establishment=partner)])
    browser = signed_in(scene.editor)
    address = url("edit", action.pk)
    typed_there = str(stranger.pk) if number == "key" else number
    sent = form_data(browser, address) | {"associated-0-establishment": typed_there}

    response = browser.post(address, sent)

    assert response.status_code == 200
    version = action.get_latest_revision_as_object()
    assert [row.establishment for row in version.associated.all()] == [partner]
