"""What a selection is narrowed to, in words for people and in keys for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from campaigns.criteria import Criteria, Facet
from campaigns.facets import SWITCHES, TITLES, in_order, label_of

if TYPE_CHECKING:
    from campaigns.selection import Selection


def criteria_as_mapping(criteria: Criteria) -> dict[str, list[str]]:
    """The keys chosen, by the parameter of the address; the words under `q`."""
    held = {
        facet.value: list(criteria.chosen[facet]) for facet in Facet if facet in criteria.chosen
    }
    return {"q": [criteria.words], **held} if criteria.words else held


def chosen_in_words(selection: Selection) -> list[tuple[str, str]]:
    """Each thing chosen, with its label, in the order of the catalogue."""
    criteria, labels = selection.criteria, selection.catalogue.labels
    told = [(_("Words"), criteria.words)] if criteria.words else []
    for facet, title in TITLES.items():
        keys = in_order(facet, criteria.chosen.get(facet, ()), labels)
        if not keys:
            continue
        if facet in SWITCHES:
            told.append((str(title), _("Yes")))
        else:
            told.append((str(title), ", ".join(label_of(facet, key, labels) for key in keys)))
    return told
