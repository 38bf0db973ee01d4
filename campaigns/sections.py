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
    Section(
        "descriptif",
        _("The action itself"),
        ("objectives", "course", "partners", "production_types", "outcome"),
        _("Leave a blank line between two paragraphs. Start a line with a dash to make a list."),
    ),
    Section("classement", _("To find it again"), ("themes", "action_types")),
    Section(
        "effets",
        _("What you expect of it"),
        ("indicators", "ready_to_reuse", "reuse_tips"),
    ),
    Section(
        "moyens",
        _("Means"),
        ("budget", "funding_sources"),
        _("For the académie only, never published."),
    ),
)
