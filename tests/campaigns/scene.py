"""An académie with everybody a fiche meets, and fiches taken along their path by our own verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from campaigns import drafts, review, submission
from campaigns.models import Action, ActionPartner, Audience, CampaignPage
from establishments.models import Academy, Establishment, Network
from tests.factories import (
    EstablishmentFactory,
    NetworkFactory,
    UserFactory,
    make_edition,
    make_editor,
    make_site,
    sign_up,
)

NOW = datetime(2023, 2, 1, 11, tzinfo=UTC)
"""While the call of the factories' edition is open."""

LATE = datetime(2023, 3, 9, 23, 0, 0, tzinfo=UTC)
"""One second after it has closed."""

AFTER = datetime(2023, 4, 14, 8, tzinfo=UTC)
"""A week after the Week."""


@dataclass
class Scene:
    """One académie, one network with its lead, one establishment of it, one edition."""

    academy: Academy
    edition: CampaignPage
    network: Network
    lead: User
    editor: User
    establishment: Establishment
    account: User


def make_scene(academy: Academy | None = None) -> Scene:
    """A scene in `academy`, or in a new one on localhost."""
    academy = academy or make_site()
    lead = UserFactory(first_name="Lou", last_name="Réseau")
    network = NetworkFactory(academy=academy, leads=[lead])
    establishment = EstablishmentFactory(academy=academy, network=network)
    return Scene(
        academy=academy,
        edition=make_edition(academy),
        network=network,
        lead=lead,
        editor=make_editor(academy),
        establishment=establishment,
        account=sign_up(establishment),
    )


def write(scene: Scene, action: Action, **fields: Any) -> Action:
    """Save a new version of the fiche, by its establishment; the fiche read again.

    `associated`, which no version holds, are rows to take the place of those there are.
    """
    if "associated" in fields:
        action.associated.all().delete()
        for row in fields.pop("associated"):
            row.action_id = action.pk
            row.save()
    version = drafts.latest_version(action)
    for name, value in fields.items():
        setattr(version, name, value)
    drafts.save_draft(version, by=scene.account, now=NOW)
    return Action.objects.get(pk=action.pk)


def make_draft(scene: Scene, **fields: Any) -> Action:
    """A draft that could be handed in as it is."""
    complete = {
        "title": "Petits déjeuners de la persévérance",
        "coordinator_name": "Camille Exemple",
        "coordinator_function": "cpe",
        "coordinator_email": "camille@example.org",
        "moment": "year",
        "objectives": "Redonner confiance.",
        "course": "Un petit déjeuner par semaine.",
        "audiences": [Audience.objects.get(code="pupils", academy=None)],
        "partners": [ActionPartner(name="Mission locale")],
    }
    action = drafts.start_draft(scene.establishment, scene.edition, by=scene.account, now=NOW)
    return write(scene, action, **complete | fields)


def make_submitted(scene: Scene, **fields: Any) -> Action:
    """A fiche that waits for the network's visa."""
    return submission.submit(make_draft(scene, **fields), by=scene.account, now=NOW)


def make_endorsed(scene: Scene, **fields: Any) -> Action:
    """A fiche that waits for the académie."""
    return review.give_visa(make_submitted(scene, **fields), by=scene.lead)


def make_returned(scene: Scene, **fields: Any) -> Action:
    """A fiche that the académie has sent back."""
    return review.request_changes(
        make_endorsed(scene, **fields), by=scene.editor, comment="Précisez les dates."
    )


def make_published(scene: Scene, **fields: Any) -> Action:
    """A public fiche."""
    return review.publish(make_endorsed(scene, **fields), by=scene.editor)
