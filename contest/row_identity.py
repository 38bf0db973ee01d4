"""The rows of a contest keep their identity: posters and registrations refer to them.

Wagtail's revisions hold copies of the rows. One that was published from a draft still says that
its new rows have no key (wagtail issue 13701): published again, it would replace them by others,
and refuse where posters stand in the way. So a revision is brought in step with the database
before anybody edits or publishes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from .models import ContestPage

RELATIONS = {"categories": "name", "criteria": "label", "prizes": "label"}
"""The rows of a contest, and by what one is known again."""


@dataclass(frozen=True)
class Uses:
    """How many posters, and registrations that count, refer to a category."""

    posters: int
    registrations: int

    def in_words(self) -> str:
        """As "3 affiches et 2 inscriptions en relèvent"."""
        parts = []
        if self.posters:
            parts.append(
                ngettext("%(count)s poster is in it", "%(count)s posters are in it", self.posters)
                % {"count": self.posters}
            )
        if self.registrations:
            parts.append(
                ngettext(
                    "%(count)s establishment has registered for it",
                    "%(count)s establishments have registered for it",
                    self.registrations,
                )
                % {"count": self.registrations}
            )
        return ", ".join(parts)


def uses_of_categories(keys: Iterable[int]) -> dict[int, Uses]:
    """Of the categories `keys`, those that something refers to, in one query."""
    from .models import Category

    wanted = list(keys)
    if not wanted:
        return {}
    counted = Category.objects.filter(pk__in=wanted).annotate(
        poster_count=Count("posters", distinct=True),
        registration_count=Count(
            "registration",
            filter=Q(registration__cancelled_at=None),
            distinct=True,
        ),
    )
    return {
        row.pk: Uses(row.poster_count, row.registration_count)
        for row in counted
        if row.poster_count or row.registration_count
    }


def keep_rows(version: ContestPage) -> None:
    """Give the rows of `version`, a revision in memory, the keys that they have in the database.

    Categories that something refers to and that it leaves out come back, at the end.
    """
    for relation, name in RELATIONS.items():
        _adopt_keys(version, relation, name)
    known = {row.pk for row in version.categories.all()}
    stored = {row.pk: row for row in _stored(version, "categories") if row.pk not in known}
    for pk in uses_of_categories(stored):
        version.categories.add(stored[pk])


def _adopt_keys(version: ContestPage, relation: str, name: str) -> None:
    rows = list(getattr(version, relation).all())
    if all(row.pk is not None for row in rows):
        return
    taken = {row.pk for row in rows}
    free = [row for row in _stored(version, relation) if row.pk not in taken]
    for row in rows:
        if row.pk is not None:
            continue
        same = next((one for one in free if getattr(one, name) == getattr(row, name)), None)
        if same is not None:
            free.remove(same)
            row.pk = same.pk
    setattr(version, relation, rows)


def _stored(version: ContestPage, relation: str) -> list:
    model = getattr(type(version), relation).rel.related_model
    return list(model.objects.filter(contest=version.pk))
