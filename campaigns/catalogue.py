"""What the public reads of an edition's fiches: the list, one fiche, what a search finds.

Every query starts from `Action.objects.published()` or, below an edition, from
`shown_in_editions()`: nothing else may reach a public page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Value

# From the modules, not the package: the page of the catalogue, in the package, imports this one.
from campaigns.models.action import Action
from campaigns.models.campaign import CampaignPage

if TYPE_CHECKING:
    from establishments.models import Academy

VOCABULARIES = ("audiences", "levels", "themes", "action_types", "production_types")
"""The vocabularies that a public fiche shows; never the sources of funding."""

SEARCHED_FIELDS = (
    "title",
    "summary",
    "objectives",
    "course",
    "establishment__name",
    "establishment__commune",
)


@dataclass(frozen=True)
class Terms:
    """The labels of a fiche's vocabularies, each in the order of the forms."""

    audiences: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    action_types: list[str] = field(default_factory=list)
    production_types: list[str] = field(default_factory=list)


def published_in(edition: CampaignPage) -> QuerySet[Action]:
    """The public fiches of `edition`, the newest first; for its own pages only."""
    return Action.objects.shown_in_editions().filter(campaign=edition)


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


def find(academy: Academy, query: str) -> QuerySet[Action]:
    """The public fiches of `academy` that hold every word of `query`, the newest first."""
    found = (
        Action.objects.published()
        .filter(establishment__academy=academy)
        .select_related("establishment")
    )
    for word in query.split():
        found = found.filter(
            reduce(or_, (Q(**{f"{name}__icontains": word}) for name in SEARCHED_FIELDS))
        )
    return found
