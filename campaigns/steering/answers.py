"""Who answered the call of an edition and who did not, establishment by establishment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import Action
from campaigns.models.action_rows import AssociatedEstablishment
from campaigns.querysets import SUBMITTED
from establishments.enums import Kind
from establishments.folding import search_words
from home.keys import key_in

from .counting import answered, is_public

if TYPE_CHECKING:
    from datetime import datetime

    from campaigns.models import CampaignPage
    from establishments.models import Establishment

    from .scope import Scope

MOST_WORDS = 8
LONGEST_TEXT = 200


class Answer(StrEnum):
    """What an establishment has done about an edition's call."""

    ALL = "all"
    ANSWERED = "answered"
    SILENT = "silent"


ANSWER_LABELS: dict[Answer, Promise] = {
    Answer.ALL: _("All the establishments concerned"),
    Answer.ANSWERED: _("Have answered"),
    Answer.SILENT: _("Have not answered"),
}
OBSERVED_LABELS: dict[Answer, Promise] = {
    Answer.ALL: _("All the establishments concerned"),
    Answer.ANSWERED: _("With a public fiche"),
    Answer.SILENT: _("Without a public fiche"),
}
"""For observers, who learn of no fiche before it is public."""


@dataclass(frozen=True)
class Narrowing:
    """Which establishments somebody asked for: a code of department, a key of network, a kind."""

    answer: Answer = Answer.SILENT
    department: str = ""
    network: int | None = None
    kind: str = ""
    text: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> Self:
        """What an address asks for; whatever means nothing is left out."""
        answer = typed.get("answer", "")
        kind = typed.get("kind", "")
        department = typed.get("department", "")
        return cls(
            Answer(answer) if answer in list(Answer) else Answer.SILENT,
            department if department.isascii() and department.isalnum() else "",
            key_in(typed.get("network", "")),
            kind if kind in Kind.values else "",
            " ".join(typed.get("q", "")[:LONGEST_TEXT].replace("\0", " ").split()),
        )

    @property
    def query(self) -> str:
        """The same as the end of an address; empty where nothing is asked."""
        values = {
            "answer": "" if self.answer == Answer.SILENT else self.answer.value,
            "department": self.department,
            "network": str(self.network or ""),
            "kind": self.kind,
            "q": self.text,
        }
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def is_narrowing(self) -> bool:
        """Whether some establishments of the scope are left out, whatever they have done."""
        return bool(self.department or self.network or self.kind or self.text)


def listed(
    scope: Scope, edition: CampaignPage, asked: Narrowing, now: datetime
) -> QuerySet[Establishment]:
    """The establishments of `scope` that `asked` keeps, by commune."""
    rows = scope.establishments().select_related("department", "network")
    if asked.answer != Answer.ALL:
        known = has_answered(scope, edition, now)
        rows = rows.filter(known) if asked.answer == Answer.ANSWERED else rows.exclude(known)
    if asked.department:
        rows = rows.filter(department__code=asked.department.upper())
    if asked.network is not None:
        rows = rows.filter(network=asked.network)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    for word in search_words(asked.text)[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=f" {word}")
    return rows.order_by("commune", "name", "uai")


def has_answered(scope: Scope, edition: CampaignPage, now: datetime) -> Q:
    """The establishments that answered, as far as the readers of `scope` may know by name."""
    if scope.sees_progress:
        return answered(edition)
    public = Action.objects.filter(is_public(now), campaign=edition.pk).order_by()
    takes_part = AssociatedEstablishment.objects.filter(action__in=public.values("pk")).order_by()
    return Q(pk__in=public.values("establishment")) | Q(pk__in=takes_part.values("establishment"))


@dataclass(frozen=True)
class Line:
    """An establishment with its fiches: those it carries, and those of others it takes part in."""

    establishment: Establishment
    carried: int
    public: int
    takes_part: int

    @property
    def has_answered(self) -> bool:
        """Whether there is any fiche at all."""
        return bool(self.carried or self.takes_part)


def with_fiches(
    scope: Scope, edition: CampaignPage, rows: Iterable[Establishment], now: datetime
) -> Iterator[Line]:
    """The lines of `rows`; two queries, however many there are.

    For observers, only public fiches are counted.
    """
    schools = list(rows)
    keys = [school.pk for school in schools]
    fiches = Action.objects.filter(
        SUBMITTED if scope.sees_progress else is_public(now), campaign=edition.pk
    )
    carried = {
        key: (number, public)
        for key, number, public in fiches.filter(establishment__in=keys)
        .order_by()
        .values("establishment")
        .annotate(number=Count("pk"), public=Count("pk", filter=is_public(now)))
        .values_list("establishment", "number", "public")
    }
    takes_part = dict(
        AssociatedEstablishment.objects.filter(
            establishment__in=keys, action__in=fiches.order_by().values("pk")
        )
        .order_by()
        .values("establishment")
        .annotate(number=Count("action", distinct=True))
        .values_list("establishment", "number")
    )
    for school in schools:
        number, public = carried.get(school.pk, (0, 0))
        yield Line(school, number, public, takes_part.get(school.pk, 0))
