"""What an establishment's browser sends from the form of a fiche."""

from __future__ import annotations

from typing import Any

from campaigns.models import Action, Audience
from tests.campaigns.scene import Scene

NEW = "/espace/fiches/nouvelle/"


def edit_address(action: Action) -> str:
    """Where the form of `action` is."""
    return f"/espace/fiches/{action.pk}/modifier/"


def typed(action: Action | None = None, *, do: str = "save", **fields: Any) -> dict[str, Any]:
    """A form that could be handed in, with one blank row of each kind, and `fields` changed.

    `action` is the fiche as the writer has it before their eyes.
    """
    data = {
        "revision": str(action.latest_revision_id) if action else "",
        "title": "Petits déjeuners de la persévérance",
        "summary": "Un petit déjeuner par semaine.",
        "coordinator_name": "Camille Exemple",
        "coordinator_function": "cpe",
        "audiences": [str(Audience.objects.get(code="pupils", academy=None).pk)],
        "moment": "year",
        "objectives": "Redonner confiance.",
        "course": "Le lundi, de 7 h 30 à 8 h.",
        "partners-0-row": "",
        "sessions-0-row": "",
        "indicators-0-row": "",
        "do": do,
    }
    return data | fields


def only_fiche(scene: Scene) -> Action:
    """The one fiche of the scene's establishment."""
    return Action.objects.get(establishment=scene.establishment)
