"""Where the writing of a fiche stands, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from campaigns.commenting import label_of_part
from campaigns.sections import STEPS, Step, step_of
from campaigns.submission import missing_parts

from .parts import address_of_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from campaigns.models import Action, FieldComment


@dataclass(frozen=True)
class Place:
    """A part of the fiche, and the address that leads to it."""

    label: str
    address: str
    text: str = ""


@dataclass(frozen=True)
class StepLine:
    """One line of the list of steps; its address is empty while no fiche is kept."""

    step: Step
    address: str
    missing: tuple[Place, ...] = ()
    comments: int = 0


def steps_of(version: Action | None, comments: Iterable[FieldComment] = ()) -> tuple[StepLine, ...]:
    """The steps, each with what `version` still lacks there to be handed in."""
    if version is None:
        return tuple(StepLine(step, "") for step in STEPS)
    missing = [
        (step_of(name), Place(label_of_part(name), address_of_part(version, name)))
        for name in missing_parts(version)
    ]
    commented = [step_of(comment.part) for comment in comments]
    return tuple(
        StepLine(
            step,
            reverse("space:edit_step", args=[version.pk, step.slug]),
            tuple(place for held_by, place in missing if held_by == step),
            commented.count(step),
        )
        for step in STEPS
    )


def places_of(version: Action, comments: Iterable[FieldComment]) -> list[Place]:
    """What reviewers ask to correct, each with the address of the part."""
    return [
        Place(label_of_part(comment.part), address_of_part(version, comment.part), comment.text)
        for comment in comments
    ]


def first_to_write(version: Action, comments: Iterable[FieldComment]) -> Step:
    """The step to open first: what reviewers ask about, then what is missing, then the first."""
    wanted = [step_of(comment.part) for comment in comments]
    wanted = wanted or [step_of(name) for name in missing_parts(version)]
    return min(wanted, key=lambda step: step.number, default=STEPS[0])
