"""The fiches of a reviewer's or an observer's list as a file, with what their role may see.

To the public columns are added, for those who review, the state of the review and whom to write
to; the budget for editors only. Whoever reviews some fiches and merely observes others gets the
added columns empty for the latter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.addresses import catalogues_of
from campaigns.models import Action
from campaigns.models.action import slug_of
from establishments.permissions import Part, standing_of
from home.spreadsheets import Kind

from .columns import ADDRESS, COLUMNS, LOOKUPS, Value
from .fetching import Record, records

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

OF_ROWS: Final = ("campaign", "live", "establishment__academy", "establishment__network")
"""What decides who is told what, and whether the fiche has a public address."""


@dataclass(frozen=True)
class Reach:
    """Of whom somebody reviews fiches: keys of the académies they edit, of the networks they lead.

    An administrator edits every académie.
    """

    academies: frozenset[int]
    networks: frozenset[int]

    @property
    def reviews(self) -> bool:
        """Whether they review at all."""
        return bool(self.academies or self.networks)

    def edits(self, fiche: Record) -> bool:
        """Whether they edit the fiche's académie."""
        return fiche["establishment__academy"] in self.academies

    def reviews_fiche(self, fiche: Record) -> bool:
        """Whether the fiche is theirs to review."""
        return self.edits(fiche) or fiche["establishment__network"] in self.networks


def reach_of(user: User | AnonymousUser) -> Reach:
    """What `user` reviews; one query at most."""
    standing = standing_of(user)
    return Reach(standing.keys(Part.EDITED), standing.keys(Part.LED))


@dataclass(frozen=True)
class InternalColumn:
    """A column that not everybody may see. `is_told` says of which fiches it is told to whom.

    `lookups` are the ways from the fiche to its value (`campaigns.outputs.fetching`): the first
    that holds something says it.
    """

    key: str
    label: str | Promise
    lookups: tuple[str, ...]
    is_told: Callable[[Reach, Record], bool]
    for_editors: bool = False
    kind: Kind = Kind.TEXT
    width: float = 24

    def read(self, fiche: Record) -> Value:
        """The value, whoever asks."""
        value = next((fiche[one] for one in self.lookups if fiche[one]), fiche[self.lookups[-1]])
        return timezone.localtime(value) if isinstance(value, datetime) else value


def _for_reviewers(key: str, label: Any, *lookups: str, **more: Any) -> InternalColumn:
    return InternalColumn(key, label, lookups, Reach.reviews_fiche, **more)


INTERNAL: Final[Sequence[InternalColumn]] = (
    _for_reviewers("edition", _("Edition"), "campaign__title"),
    _for_reviewers("statut", _("Status"), "status"),
    _for_reviewers("statut_depuis", _("Since"), "status_changed_at", kind=Kind.DATE_TIME),
    _for_reviewers("remise_le", _("Handed in at"), "submitted_at", kind=Kind.DATE_TIME),
    _for_reviewers("coordonnateur", _("Coordinator"), "coordinator_name"),
    _for_reviewers(
        "courriel_coordonnateur", _("Coordinator’s e-mail"), "coordinator_email", width=30
    ),
    _for_reviewers(  # as `Establishment.mailbox` says it
        "courriel_etablissement",
        _("Establishment’s mailbox"),
        "establishment__mailbox_override",
        "establishment__email",
        width=30,
    ),
    _for_reviewers("inscription", _("How to register"), "registration"),
    InternalColumn(
        "budget_euros",
        _("Budget (euros)"),
        ("budget",),
        Reach.edits,
        for_editors=True,
        kind=Kind.DECIMAL,
        width=12,
    ),
    InternalColumn(
        "sources_financement",
        _("Sources of funding"),
        ("funding_sources",),
        Reach.edits,
        for_editors=True,
    ),
)


def columns_for(reach: Reach) -> list[InternalColumn]:
    """The columns added to the public ones for somebody of that reach."""
    if not reach.reviews:
        return []
    return [column for column in INTERNAL if reach.academies or not column.for_editors]


def rows_for(fiches: QuerySet[Action], reach: Reach) -> Iterator[list[Value]]:
    """A row for each of `fiches`: the public columns, then `columns_for(reach)`.

    `fiches` are already those that the reader's list may hold. Some hundred are in memory at once,
    and what the reader may not see is not even read.
    """
    added = columns_for(reach)
    editions = fiches.order_by().values_list("campaign", flat=True).distinct()
    bases = {pk: page.full_url for pk, page in catalogues_of(editions).items()}
    numbers = list(fiches.values_list("pk", flat=True))
    for fiche in records(fiches, numbers, [*LOOKUPS, *OF_ROWS, *_lookups(added)]):
        base = bases.get(fiche["campaign"]) if fiche["live"] else None
        fiche[ADDRESS] = f"{base}{fiche['pk']}-{slug_of(fiche['title'])}/" if base else ""
        yield [column.read(fiche) for column in COLUMNS] + [
            column.read(fiche) if column.is_told(reach, fiche) else None for column in added
        ]


def _lookups(columns: Sequence[InternalColumn]) -> Iterator[str]:
    for column in columns:
        yield from column.lookups
