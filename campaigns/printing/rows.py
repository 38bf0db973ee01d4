"""The public fiches as they are printed: one, or those of a selection in the order of a recueil."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from campaigns.catalogue import VOCABULARIES, published_in
from campaigns.models import Action, ActionPartner, AssociatedEstablishment
from establishments.folding import fold

if TYPE_CHECKING:
    from campaigns.models import CampaignPage
    from campaigns.selection import Selection

NEVER_PRINTED = ("coordinator_name", "coordinator_email", "budget")


def printed_fiches(edition: CampaignPage) -> QuerySet[Action]:
    """The public fiches of `edition` with all that is printed; eleven queries, however many."""
    return (
        published_in(edition)
        .defer(*NEVER_PRINTED)
        .select_related("establishment__department")
        .prefetch_related(*VOCABULARIES, "sessions", "indicators", "media")
        .prefetch_related(
            Prefetch("partners", ActionPartner.objects.select_related("type")),
            Prefetch("associated", AssociatedEstablishment.objects.select_related("establishment")),
        )
    )


def read_all(
    selection: Selection,
    make: Callable[[Action], dict[str, Any]],
    progress: Callable[[int], None],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The fiches of `selection` by department, and the index of their themes.

    Args:
        make: what a fiche is printed from.
        progress: told how many fiches are read, now and then.
    """
    departments: dict[tuple[str, str], list[tuple[Any, dict[str, Any]]]] = {}
    themes: dict[tuple[int, str], list[tuple[Any, dict[str, Any]]]] = {}
    done = 0
    for chunk in selection.in_chunks(printed_fiches(selection.edition)):
        for action in chunk:
            made = make(action)
            place = action.establishment
            department = (place.department.code, place.department.name)
            order = (fold(place.commune), fold(place.name), fold(action.title), action.pk)
            departments.setdefault(department, []).append((order, made))
            told = {key: made[key] for key in ("number", "title", "establishment")}
            for theme in action.themes.all():
                held = themes.setdefault((theme.order, theme.label), [])
                held.append((fold(action.title), told))
        done += len(chunk)
        progress(done)
    return (
        [
            {"title": f"{name} ({code})", "fiches": _sorted(held)}
            for (code, name), held in sorted(departments.items())
        ],
        [
            {"title": label, "fiches": _sorted(held)}
            for (_order, label), held in sorted(themes.items())
        ],
    )


def _sorted(held: list[tuple[Any, dict[str, Any]]]) -> list[dict[str, Any]]:
    return [told for _order, told in sorted(held, key=itemgetter(0))]
