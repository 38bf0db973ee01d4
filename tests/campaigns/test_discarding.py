"""Throwing a draft away."""

from __future__ import annotations

import pytest
from wagtail.models import ModelLogEntry, Revision

from campaigns.discarding import discard_draft
from campaigns.errors import NotAllowed, OutOfTurn
from campaigns.models import Action, AssociatedEstablishment
from tests.campaigns.scene import make_draft, make_scene, make_submitted
from tests.factories import EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db


def test_a_draft_goes_with_its_versions_and_the_log_remembers_it() -> None:
    scene = make_scene()
    action = make_draft(scene)

    discard_draft(action, by=scene.account)

    assert not Action.objects.exists()
    assert not Revision.objects.filter(object_id=str(action.pk)).exists()
    entry = ModelLogEntry.objects.get(action="wagtail.delete")
    assert (entry.user, entry.label) == (scene.account, action.title)


def test_only_the_establishment_that_carries_it_throws_a_draft_away() -> None:
    scene = make_scene()
    partner = EstablishmentFactory(academy=scene.academy)
    action = make_draft(
        scene, associated=[AssociatedEstablishment(establishment=partner, may_edit=True)]
    )

    for other in (sign_up(partner), scene.lead, scene.editor):
        with pytest.raises(NotAllowed):
            discard_draft(action, by=other)


def test_a_fiche_handed_in_is_not_thrown_away() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    with pytest.raises(OutOfTurn):
        discard_draft(action, by=scene.account)
