"""The wall of posters before an editor: whose contest, which posters, narrowed down, ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.editions import foremost
from campaigns.models import CampaignPage
from establishments.folding import search_words
from establishments.permissions import academies_edited_by
from home.keys import key_in

from .enums import PosterStatus
from .models import ContestPage, Poster

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from accounts.models import User

    from .querysets import PosterQuerySet

WAITING: Final = PosterStatus.SUBMITTED
"""The posters that wait for a decision."""

EVERY_STATUS: Final = "all"

LISTED_STATUSES: Final = (
    PosterStatus.SUBMITTED,
    PosterStatus.RETURNED,
    PosterStatus.ADMITTED,
    PosterStatus.REFUSED,
    PosterStatus.WITHDRAWN,
    PosterStatus.ARCHIVED,
)
"""What an editor sees of a poster's life: never the draft."""

OLDEST_FIRST: Final = "oldest"
ORDERS: Final[dict[str, tuple[Promise, tuple[str | OrderBy, ...]]]] = {
    OLDEST_FIRST: (_("Handed in, oldest first"), ("submitted_at", "pk")),
    "newest": (_("Handed in, newest first"), ("-submitted_at", "-pk")),
    "number": (_("Number"), (F("number").asc(nulls_last=True), "pk")),
    "establishment": (
        _("Establishment"),
        ("establishment__name", "establishment__commune", "title", "pk"),
    ),
    "title": (_("Title"), ("title", "pk")),
}
"""The orders of a wall, each with its label and its columns."""

_LABELS: Final[dict[PosterStatus | None, Promise]] = {
    PosterStatus.SUBMITTED: _("To examine"),
    PosterStatus.RETURNED: _("To be corrected"),
    PosterStatus.ADMITTED: pgettext_lazy("posters", "Admitted"),
    PosterStatus.REFUSED: pgettext_lazy("posters", "Refused"),
    PosterStatus.WITHDRAWN: pgettext_lazy("posters", "Withdrawn"),
    PosterStatus.ARCHIVED: pgettext_lazy("posters", "Archived"),
    None: pgettext_lazy("posters", "All"),
}

LONGEST_TEXT = 100

_NUMBERED = re.compile(r"\bn\s*[°º]\s*(\d{1,9})\b", re.IGNORECASE | re.ASCII)
"""A number that says that it is one: "n° 12"."""


@dataclass(frozen=True)
class Narrowing:
    """What an editor asked to see of a contest's posters: at first, those that wait.

    `status` is None for all of them; `category` and `department` are keys.
    """

    status: PosterStatus | None = WAITING
    category: int | None = None
    department: int | None = None
    text: str = ""
    order: str = OLDEST_FIRST

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """What an address asks for; whatever it says that means nothing is left out."""
        asked = query.get("status", "")
        status: PosterStatus | None = WAITING
        if asked == EVERY_STATUS:
            status = None
        elif asked in LISTED_STATUSES:
            status = PosterStatus(asked)
        order = query.get("order", "")
        return cls(
            status=status,
            category=key_in(query.get("category", "")),
            department=key_in(query.get("department", "")),
            text=_printable(query.get("q", "")),
            order=order if order in ORDERS else OLDEST_FIRST,
        )

    @property
    def values(self) -> dict[str, str]:
        """What an address says to ask for this; nothing for what is asked at first."""
        values = {}
        if self.status != WAITING:
            values["status"] = self.status.value if self.status else EVERY_STATUS
        if self.category is not None:
            values["category"] = str(self.category)
        if self.department is not None:
            values["department"] = str(self.department)
        if self.text:
            values["q"] = self.text
        if self.order != OLDEST_FIRST:
            values["order"] = self.order
        return values

    @property
    def query(self) -> str:
        """The end of an address that asks for this, with its question mark; may be empty."""
        return self.query_with()

    def query_with(self, **more: str) -> str:
        """The same, with parameters of other things."""
        values = self.values | more
        return f"?{urlencode(values)}" if values else ""

    @property
    def is_filtering(self) -> bool:
        """Whether more than a status is asked for."""
        return bool(self.category or self.department or self.text)

    def with_status(self, status: PosterStatus | None) -> Self:
        """The same, of another status."""
        return replace(self, status=status)


def _printable(typed: str) -> str:
    kept = "".join(one if one.isprintable() else " " for one in typed[:LONGEST_TEXT])
    return kept.strip()


def label_of(status: PosterStatus | None) -> Promise:
    """What the posters of `status` are called on the wall; None is all of them."""
    return _LABELS[status]


def contests_run_by(user: User | AnonymousUser) -> list[ContestPage]:
    """The contests of the académies that `user` edits, of the latest edition first.

    Each knows its edition already: three queries in all.
    """
    homes = academies_edited_by(user).values_list("site__root_page__path", flat=True)
    below = [Q(path__startswith=path) for path in homes if path]
    if not below:
        return []
    contests = list(ContestPage.objects.filter(reduce(or_, below)).defer("body", "rules", "debate"))
    parents = {contest.path[: -contest.steplen] for contest in contests}
    editions = {page.path: page for page in CampaignPage.objects.filter(path__in=parents)}
    contests = [one for one in contests if one.path[: -one.steplen] in editions]
    for contest in contests:
        contest.edition = editions[contest.path[: -contest.steplen]]
    return sorted(contests, key=lambda one: (one.edition.week_first_day, one.pk), reverse=True)


def foremost_contest(contests: Iterable[ContestPage], now: datetime) -> ContestPage | None:
    """Of `contests`, that of the edition to show first at `now`; None where there is none."""
    by_edition = {contest.edition.pk: contest for contest in contests}
    edition = foremost([contest.edition for contest in by_edition.values()], now)
    return by_edition[edition.pk] if edition else None


def posters_for(user: User | AnonymousUser, contest: ContestPage) -> PosterQuerySet:
    """The posters handed in for `contest` that `user` decides about."""
    return Poster.objects.administered_by(user).filter(contest=contest)


def narrowed(posters: PosterQuerySet, narrowing: Narrowing) -> PosterQuerySet:
    """Those of `posters` that are asked for, in the order asked for."""
    if narrowing.status is not None:
        posters = posters.filter(status=narrowing.status)
    return _narrowed_without_status(posters, narrowing).order_by(*ORDERS[narrowing.order][1])


def counts_by_status(posters: PosterQuerySet, narrowing: Narrowing) -> dict[str, int]:
    """How many of `posters` are of each status, all else of `narrowing` being kept."""
    kept = _narrowed_without_status(posters, narrowing)
    rows = kept.order_by().values_list("status").annotate(Count("pk"))
    return dict(rows)


def _narrowed_without_status(posters: PosterQuerySet, narrowing: Narrowing) -> PosterQuerySet:
    if narrowing.category is not None:
        posters = posters.filter(category=narrowing.category)
    if narrowing.department is not None:
        posters = posters.filter(establishment__department=narrowing.department)
    return _named(posters, narrowing.text) if narrowing.text else posters


def _named(posters: PosterQuerySet, text: str) -> PosterQuerySet:
    """Those that `text` names by title, establishment, commune, UAI or number.

    Each word must begin a word, or be the number; accents and case do not count, for which a
    database of ours has no index: a contest has a few thousand posters at most.
    """
    numbers = _NUMBERED.findall(text)
    if numbers:
        posters = posters.filter(number__in=numbers)
    words = search_words(_NUMBERED.sub(" ", text))
    if not words:
        return posters if numbers else posters.none()
    rows = posters.order_by().values_list("pk", "title", "number", "establishment__search_text")
    found = []
    for key, title, number, establishment in rows:
        said = f" {' '.join(search_words(title))} {establishment}"
        if all(f" {word}" in said or word == str(number) for word in words):
            found.append(key)
    return posters.filter(pk__in=found)


@dataclass(frozen=True)
class Place:
    """Where a poster stands among those of a wall, counted from 1, and the keys beside it."""

    position: int
    total: int
    previous: int | None
    following: int | None


def place_of(poster: Poster, posters: PosterQuerySet) -> Place | None:
    """The place of `poster` among `posters`, in their order; None where it is not one of them."""
    keys = list(posters.values_list("pk", flat=True))
    if poster.pk not in keys:
        return None
    at = keys.index(poster.pk)
    return Place(
        position=at + 1,
        total=len(keys),
        previous=keys[at - 1] if at else None,
        following=keys[at + 1] if at + 1 < len(keys) else None,
    )


def next_waiting(poster: Poster, posters: PosterQuerySet, narrowing: Narrowing) -> int | None:
    """The key of the poster to decide about after `poster`: the next, else the first that waits."""
    waiting = narrowed(posters, narrowing.with_status(WAITING))
    keys = list(waiting.values_list("pk", flat=True))
    at = keys.index(poster.pk) if poster.pk in keys else -1
    others = keys[at + 1 :] + keys[: max(at, 0)]
    return others[0] if others else None
