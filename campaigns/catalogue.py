"""What the public reads of an edition's fiches: the list, one fiche.

Every query starts from `shown_in_editions()`: nothing else may reach a public page.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet, Value

# From the modules, not the package: the page of the catalogue, in the package, imports this one.
from campaigns.models.action import Action
from campaigns.models.campaign import CampaignPage

VOCABULARIES = ("audiences", "levels", "themes", "action_types", "production_types")
"""The vocabularies that a public fiche shows; never the sources of funding."""


@dataclass(frozen=True)
class Terms:
    """The labels of a fiche's vocabularies, each in the order of the forms."""

    audiences: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    action_types: list[str] = field(default_factory=list)
    production_types: list[str] = field(default_factory=list)


def published_in(edition: CampaignPage) -> QuerySet[Action]:
    """The public fiches of `edition`, the newest first; for its own pages only.

    Each knows its edition without asking for it.
    """
    return edition.actions.shown_in_editions()


def cards_of(edition: CampaignPage) -> QuerySet[Action]:
    """The public fiches of `edition` with what a card of the catalogue shows."""
    return (
        published_in(edition)
        .select_related("establishment")
        .prefetch_related("themes", "action_types")
    )


def terms_of(action: Action) -> Terms:
    """The labels of the vocabularies that describe the stored `action`, in one query."""
    rows = [
        Action._meta.get_field(name)
        .related_model._default_manager.order_by()
        .filter(action=action)
        .values_list(Value(name), "order", "label")
        for name in VOCABULARIES
    ]
    terms = Terms()
    for name, _order, label in sorted(rows[0].union(*rows[1:], all=True)):
        getattr(terms, name).append(label)
    return terms
