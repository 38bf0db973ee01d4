"""The public fiches of a selection, as the rows that files are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Max

from campaigns.catalogue import published_in
from campaigns.models.action import slug_of

from .about import About
from .chosen import chosen_in_words, criteria_as_mapping
from .columns import ADDRESS, COLUMNS, LOOKUPS, Value
from .feed import MOST_ENTRIES, FeedEntry
from .fetching import records
from .publisher import name_of

if TYPE_CHECKING:
    from campaigns.models import ActionIndexPage
    from campaigns.selection import Selection
    from establishments.models import Academy

NEVER_READ = ("coordinator_name", "coordinator_email", "registration", "budget")
"""What a feed need not even fetch."""


def rows_of(selection: Selection, catalogue: ActionIndexPage) -> Iterator[list[Value]]:
    """A row for each fiche, with a value for each of `COLUMNS`; some hundred are held at once."""
    base = catalogue.full_url
    for fiche in records(published_in(selection.edition), selection.ids, LOOKUPS):
        fiche[ADDRESS] = f"{base}{fiche['pk']}-{slug_of(fiche['title'])}/"
        yield [column.read(fiche) for column in COLUMNS]


def entries_of(selection: Selection, catalogue: ActionIndexPage) -> list[FeedEntry]:
    """The entries of a feed: the fiches published last."""
    newest = selection.catalogue.index.ids_of(selection.found)[:MOST_ENTRIES]
    fiches = (
        published_in(selection.edition)
        .defer(*NEVER_READ)
        .select_related("establishment")
        .prefetch_related("themes")
    )
    base = catalogue.full_url
    return [
        FeedEntry(
            number=fiche.pk,
            title=fiche.title,
            address=f"{base}{fiche.pk}-{fiche.slug}/",
            summary=fiche.summary or fiche.objectives[:300],
            establishment=str(fiche.establishment),
            published_at=fiche.first_published_at,
            updated_at=fiche.last_published_at or fiche.first_published_at,
            labels=tuple(theme.label for theme in fiche.themes.all()),
        )
        for fiche in selection.fiches(newest, fiches)
    ]


def about(
    selection: Selection, catalogue: ActionIndexPage, academy: Academy | None, title: str
) -> About:
    """What a file of `selection` says of itself."""
    edition = selection.edition
    last = published_in(edition).order_by().aggregate(last=Max("last_published_at"))["last"]
    return About(
        title=title,
        edition=edition.title,
        theme=edition.theme,
        school_year=edition.school_year,
        academy=name_of(academy) if academy else "",
        service=academy.service_name if academy else "",
        contact=academy.contact_email if academy else "",
        address=f"{catalogue.full_url}{selection.criteria.query}",
        criteria=criteria_as_mapping(selection.criteria),
        chosen=chosen_in_words(selection),
        total=selection.total,
        updated_at=last,
    )
