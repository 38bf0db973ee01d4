"""What an establishment's browser sends from the form of a fiche."""

from __future__ import annotations

from typing import Any

from django.test import Client

from campaigns.models import Action, Audience
from tests.campaigns.scene import Scene

NEW = "/espace/fiches/nouvelle/"


WHO, FOR_WHOM, HOW, OUTCOME = "qui", "pour-qui", "comment", "resultat"
"""The steps of the form, as their addresses name them."""


def edit_address(action: Action, step: str = HOW) -> str:
    """Where a step of the form of `action` is."""
    return f"/espace/fiches/{action.pk}/modifier/{step}/"


def typed(
    action: Action | None = None, *, do: str = "save", step: str = HOW, **fields: Any
) -> dict[str, Any]:
    """A step that lacks nothing, with one blank row of each kind it has, and `fields` changed.

    `action` is the fiche as the writer has it before their eyes; without one, it is the first
    step of a blank form.
    """
    if action is None:
        step = WHO
    data: dict[str, Any] = {
        "revision": str(action.latest_revision_id) if action else "",
        "do": do,
        **CONTENTS[step],
    }
    if step == FOR_WHOM:
        data["audiences"] = [str(Audience.objects.get(code="pupils", academy=None).pk)]
    return data | fields


CONTENTS: dict[str, dict[str, str]] = {
    WHO: {
        "title": "Petits déjeuners de la persévérance",
        "summary": "Un petit déjeuner par semaine.",
        "coordinator_name": "Camille Exemple",
        "coordinator_function": "cpe",
    },
    FOR_WHOM: {"objectives": "Redonner confiance."},
    HOW: {
        "course": "Le lundi, de 7 h 30 à 8 h.",
        "moment": "year",
        "partners-0-row": "",
        "sessions-0-row": "",
    },
    OUTCOME: {"outcome": "Un carnet de douze pages.", "indicators-0-row": ""},
}


def write_through(school: Client, *, do: str = "save", **steps: dict[str, Any]) -> Action:
    """A fiche written step by step, each saved in turn; `steps` changes what is typed in one.

    The steps are named by their Python names: who, for_whom, how, outcome. `do` is the button
    pressed on the last one.
    """
    school.post(NEW, typed(**steps.get("who", {})))
    action = Action.objects.latest("pk")
    names = {"for_whom": FOR_WHOM, "how": HOW, "outcome": OUTCOME}
    for name, step in names.items():
        action.refresh_from_db()
        verb = do if step == OUTCOME else "next"
        sent = typed(action, do=verb, step=step, **steps.get(name, {}))
        school.post(edit_address(action, step), sent)
    return Action.objects.get(pk=action.pk)


def only_fiche(scene: Scene) -> Action:
    """The one fiche of the scene's establishment."""
    return Action.objects.get(establishment=scene.establishment)
