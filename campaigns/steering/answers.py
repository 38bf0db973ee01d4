"""Who answered the call of an edition and who did not, establishment by establishment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import Action
from campaigns.models.action_rows import AssociatedEstablishment
from campaigns.querysets import SUBMITTED
from establishments.enums import Kind
from establishments.folding import search_words
from establishments.models import Establishment
from home.keys import key_in

from .counting import is_public

if TYPE_CHECKING:
    from datetime import datetime

    from campaigns.models import CampaignPage

    from .scope import Scope

MOST_WORDS = 8
LONGEST_TEXT = 200
BY_COMMUNE = ("commune", "name", "uai")


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
    """Which establishments are asked for: by code of department, keys of basin, network; kind."""

    answer: Answer = Answer.SILENT
    department: str = ""
    network: int | None = None
    kind: str = ""
    text: str = ""
    basin: int | None = None

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
            key_in(typed.get("basin", "")),
        )

    @property
    def query(self) -> str:
        """The same as the end of an address; empty where nothing is asked."""
        values = {
            "answer": "" if self.answer == Answer.SILENT else self.answer.value,
            "department": self.department,
            "basin": str(self.basin or ""),
            "network": str(self.network or ""),
            "kind": self.kind,
            "q": self.text,
        }
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def is_narrowing(self) -> bool:
        """Whether some establishments of the scope are left out, whatever they have done."""
        return bool(self.department or self.basin or self.network or self.kind or self.text)


@dataclass(frozen=True)
class Given:
    """What an establishment has handed in: fiches of its own, those public, those it takes part in.

    For observers, who learn of no fiche before it is public, all three are of public fiches.
    """

    carried: int = 0
    public: int = 0
    takes_part: int = 0


def answers_given(scope: Scope, edition: CampaignPage, now: datetime) -> dict[int, Given]:
    """What each establishment that answered has given, as far as the readers of `scope` may know.

    One query, whose size is that of the establishments. Some may be outside `scope`: one outside
    may carry what one inside takes part in.
    """
    fiches = Action.objects.filter(
        SUBMITTED if scope.sees_progress else is_public(now), campaign=edition.pk
    ).order_by()
    takes_part = AssociatedEstablishment.objects.filter(action__in=fiches.values("pk")).order_by()
    none = Value(0, output_field=IntegerField())
    rows = (
        fiches.values("establishment")
        .annotate(carried=Count("pk"), public=Count("pk", filter=is_public(now)))
        .values_list("establishment", "carried", "public", none)
        .union(
            takes_part.values("establishment")
            .annotate(number=Count("action", distinct=True))
            .values_list("establishment", none, none, "number"),
            all=True,
        )
    )
    found: dict[int, Given] = {}
    for key, *numbers in rows:
        before = found.get(key, Given())
        found[key] = Given(
            before.carried + numbers[0], before.public + numbers[1], before.takes_part + numbers[2]
        )
    return found


def matching(asked: Narrowing) -> Q:
    """The establishments that `asked` keeps, whether or not they have answered."""
    kept = Q()
    if asked.department:
        kept &= Q(department__code=asked.department.upper())
    if asked.basin is not None:
        kept &= Q(basin=asked.basin)
    if asked.network is not None:
        kept &= Q(network=asked.network)
    if asked.kind:
        kept &= Q(kind=asked.kind)
    for word in search_words(asked.text)[:MOST_WORDS]:
        kept &= Q(search_text__contains=f" {word}")
    return kept


def listed(scope: Scope, asked: Narrowing, answers: Mapping[int, Given]) -> QuerySet[Establishment]:
    """The establishments of `scope` that `asked` keeps, by commune."""
    rows = scope.establishments().select_related("department", "network").filter(matching(asked))
    if asked.answer != Answer.ALL:
        known = Q(pk__in=sorted(answers))
        rows = rows.filter(known if asked.answer == Answer.ANSWERED else ~known)
    return rows.order_by(*BY_COMMUNE)


@dataclass(frozen=True)
class Territory:
    """The keys of the establishments that a list keeps, in its order; what to narrow it by."""

    keys: list[int]
    departments: list[tuple[str, str]]
    basins: list[tuple[int, str]]
    networks: list[tuple[int, str]]


def territory(scope: Scope, asked: Narrowing, answers: Mapping[int, Given]) -> Territory:
    """The keys that `listed` would give, and the departments, basins and networks of `scope`.

    One query, which reads all the establishments: who answered is told apart here, since a list of
    thousands of keys takes the database longer to read than the rows.
    """
    kept = matching(asked)
    rows = (
        scope.establishments()
        .annotate(is_kept=Case(When(kept, then=True), default=False) if kept else Value(True))
        .order_by(*BY_COMMUNE)
        .values_list(
            "pk",
            "is_kept",
            "department__code",
            "department__name",
            "basin",
            "basin__name",
            "network",
            "network__name",
        )
    )
    keys: list[int] = []
    departments: dict[str, str] = {}
    basins: dict[int, str] = {}
    networks: dict[int, str] = {}
    for key, is_kept, code, department, basin, basin_name, network, network_name in rows:
        if is_kept and _is_asked(asked.answer, has_answered=key in answers):
            keys.append(key)
        departments[code] = department
        if basin is not None:
            basins[basin] = basin_name
        if network is not None:
            networks[network] = network_name
    return Territory(keys, sorted(departments.items()), _by_name(basins), _by_name(networks))


def schools_of(keys: Sequence[int]) -> list[Establishment]:
    """The establishments of one page of `Territory.keys`, in that order; one query."""
    found = Establishment.objects.select_related("department", "network").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _is_asked(answer: Answer, *, has_answered: bool) -> bool:
    return answer == Answer.ALL or has_answered == (answer == Answer.ANSWERED)


def _by_name(names: dict[int, str]) -> list[tuple[int, str]]:
    return sorted(names.items(), key=lambda pair: pair[1])
