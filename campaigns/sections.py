"""The parts of the form, as an establishment thinks of its action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """One part: its id on the page, its title, what it holds in order (fields and rows)."""

    slug: str
    title: str | Promise
    holds: tuple[str, ...]
    hint: str | Promise = ""


PROSE_HINT: Final = _(
    "Leave a blank line between two paragraphs. Start a line with a dash to make a list."
)

SECTIONS: Final = (
    Section("essentiel", _("The action in a few words"), ("title", "summary")),
    Section(
        "coordonnateur",
        _("Who coordinates"),
        ("coordinator_name", "coordinator_function", "coordinator_email"),
        _("The name and the function are published, never the e-mail address."),
    ),
    Section(
        "publics",
        _("For whom"),
        ("audiences", "levels", "pupils_planned", "adults_planned"),
    ),
    Section("objectifs", _("Why"), ("objectives",), PROSE_HINT),
    Section("deroule", _("The action itself"), ("course", "partners"), PROSE_HINT),
    Section(
        "quand",
        _("When and where"),
        (
            "moment",
            "novelty",
            "starts_on",
            "ends_on",
            "place",
            "openness",
            "registration",
            "sessions",
        ),
    ),
    Section("production", _("What comes of it"), ("production_types", "outcome")),
    Section(
        "effets",
        _("What you expect of it"),
        ("indicators", "ready_to_reuse", "reuse_tips"),
    ),
    Section("classement", _("To find it again"), ("themes", "action_types")),
    Section(
        "moyens",
        _("Means"),
        ("budget", "funding_sources"),
        _("For the académie only, never published."),
    ),
    Section(
        "fichiers",
        _("Pictures and documents"),
        ("media",),
        _(
            "Pictures (JPEG, PNG, WebP, HEIC) and PDF, ODT or DOCX documents of 10 MB at most; "
            "ten files in all. Nobody outside sees them before the fiche is published."
        ),
    ),
)
"""What the text of a fiche is made of, in the order of its form."""

FOLLOW_UP: Final = Section(
    "bilan",
    _("After the Week"),
    (
        "pupils_actual",
        "adults_actual",
        "satisfaction",
        "continued",
        "strengths",
        "improvements",
        "advice",
    ),
)
"""What came of the action; it has a form of its own (`campaigns.follow_up`)."""

FOLLOW_UP_PARTS: Final = (
    "pupils_actual",
    "adults_actual",
    "outcome",
    "indicators",
    "media",
    "satisfaction",
    "continued",
    "strengths",
    "improvements",
    "advice",
)
"""All that a follow-up may change, in the order of its form: of indicators, the results."""

SECTIONS_TO_READ: Final = (*SECTIONS, FOLLOW_UP)
"""All that a version may say, in the order in which it is read."""


@dataclass(frozen=True)
class Step:
    """One page of the form: its place in the address, its title, its sections."""

    slug: str
    title: str | Promise
    sections: tuple[Section, ...]

    @property
    def holds(self) -> tuple[str, ...]:
        """The fields and rows of the step, in order."""
        return tuple(name for section in self.sections for name in section.holds)

    @property
    def number(self) -> int:
        """Its place among the steps, from 1."""
        return STEPS.index(self) + 1


def _steps(*described: tuple[str, str | Promise, tuple[str, ...]]) -> tuple[Step, ...]:
    by_slug = {section.slug: section for section in SECTIONS}
    return tuple(
        Step(slug, title, tuple(by_slug[one] for one in slugs)) for slug, title, slugs in described
    )


STEPS: Final = _steps(
    ("qui", _("Who carries the action"), ("essentiel", "coordonnateur")),
    ("pour-qui", _("For whom and why"), ("publics", "objectifs")),
    ("comment", _("How and with whom"), ("deroule", "quand")),
    (
        "resultat",
        _("Outcome and publication"),
        ("production", "effets", "classement", "moyens", "fichiers"),
    ),
)
"""The pages of the form, in order."""


def step_named(slug: str) -> Step | None:
    """The step of that address, if there is one."""
    return next((step for step in STEPS if step.slug == slug), None)


def step_of(part: str) -> Step:
    """The step that holds a field or rows; the last for what none holds."""
    return next((step for step in STEPS if part in step.holds), STEPS[-1])


def next_step(step: Step) -> Step | None:
    """The step after `step`, unless it is the last."""
    return STEPS[step.number] if step.number < len(STEPS) else None


def previous_step(step: Step) -> Step | None:
    """The step before `step`, unless it is the first."""
    return STEPS[step.number - 2] if step.number > 1 else None
