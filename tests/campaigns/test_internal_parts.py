"""What the space keeps from an establishment that takes part in a fiche without writing it."""

from __future__ import annotations

import pytest

from campaigns.models import AssociatedEstablishment
from tests.campaigns.scene import make_published, make_returned, make_submitted
from tests.factories import EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("may_edit", "is_told"), [(False, False), (True, True)])
@pytest.mark.parametrize("make", [make_submitted, make_returned, make_published])
def test_internal_parts_are_told_to_an_associated_establishment_only_if_it_writes(
    client, scene, make, may_edit, is_told
) -> None:
    partner = EstablishmentFactory(academy=scene.academy)
    action = make(
        scene,
        budget=4321,
        associated=[AssociatedEstablishment(establishment=partner, may_edit=may_edit)],
    )
    client.force_login(sign_up(partner))

    page = client.get(f"/espace/fiches/{action.pk}/").content.decode()

    assert "Redonner confiance." in page
    assert ("camille@example.org" in page) is is_told
    assert ("321,00" in page) is is_told


@pytest.mark.parametrize("may_edit", [True, False])
def test_reviewers_comment_is_told_to_an_associated_establishment_only_if_it_writes(
    client, scene, may_edit
) -> None:
    partner = EstablishmentFactory(academy=scene.academy)
    action = make_returned(
        scene, associated=[AssociatedEstablishment(establishment=partner, may_edit=may_edit)]
    )
    client.force_login(sign_up(partner))

    for address in (f"/espace/fiches/{action.pk}/", "/espace/"):
        assert ("Précisez les dates." in client.get(address).content.decode()) is may_edit
