"""The fiches of a reviewer's or an observer's list as a file, with what their role may see.

To the public columns are added, for those who review, the state of the review and whom to write
to; the budget for editors only. Whoever reviews some fiches and merely observes others gets the
added columns empty for the latter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.addresses import catalogues_of
from campaigns.catalogue import VOCABULARIES
from campaigns.models import Action, ActionPartner, AssociatedEstablishment
from establishments.permissions import Part, standing_of
from home.spreadsheets import Kind

from .columns import COLUMNS, Value

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

CHUNK: Final = 500
"""Fiches read at once."""


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

    def edits(self, action: Action) -> bool:
        """Whether they edit the fiche's académie."""
        return action.establishment.academy_id in self.academies

    def reviews_fiche(self, action: Action) -> bool:
        """Whether the fiche is theirs to review."""
        return self.edits(action) or action.establishment.network_id in self.networks


def reach_of(user: User | AnonymousUser) -> Reach:
    """What `user` reviews; one query at most."""
    standing = standing_of(user)
    return Reach(standing.keys(Part.EDITED), standing.keys(Part.LED))


@dataclass(frozen=True)
class InternalColumn:
    """A column that not everybody may see. `is_told` says of which fiches it is told to whom."""

    key: str
    label: str | Promise
    read: Callable[[Action], Value]
    is_told: Callable[[Reach, Action], bool]
    for_editors: bool = False
    kind: Kind = Kind.TEXT
    width: float = 24


def _instant(name: str) -> Callable[[Action], Value]:
    def read(action: Action) -> Value:
        instant = getattr(action, name)
        return timezone.localtime(instant) if instant else None

    return read


def _for_reviewers(key: str, label: Any, read: Any, **more: Any) -> InternalColumn:
    return InternalColumn(key, label, read, Reach.reviews_fiche, **more)


INTERNAL: Final[Sequence[InternalColumn]] = (
    _for_reviewers("edition", _("Edition"), lambda action: action.campaign.title),
    _for_reviewers("statut", _("Status"), lambda action: str(action.get_status_display())),
    _for_reviewers("statut_depuis", _("Since"), _instant("status_changed_at"), kind=Kind.DATE_TIME),
    _for_reviewers("remise_le", _("Handed in at"), _instant("submitted_at"), kind=Kind.DATE_TIME),
    _for_reviewers("coordonnateur", _("Coordinator"), lambda action: action.coordinator_name),
    _for_reviewers(
        "courriel_coordonnateur",
        _("Coordinator’s e-mail"),
        lambda action: action.coordinator_email,
        width=30,
    ),
    _for_reviewers(
        "courriel_etablissement",
        _("Establishment’s mailbox"),
        lambda action: action.establishment.mailbox,
        width=30,
    ),
    _for_reviewers("inscription", _("How to register"), lambda action: action.registration),
    InternalColumn(
        "budget_euros",
        _("Budget (euros)"),
        lambda action: action.budget,
        Reach.edits,
        for_editors=True,
        kind=Kind.DECIMAL,
        width=12,
    ),
    InternalColumn(
        "sources_financement",
        _("Sources of funding"),
        lambda action: [source.label for source in action.funding_sources.all()],
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

    `fiches` are already those that the reader's list may hold. Some hundred are in memory at once.
    """
    added = columns_for(reach)
    editions = fiches.order_by().values_list("campaign", flat=True).distinct()
    bases = {pk: page.full_url for pk, page in catalogues_of(editions).items()}
    for action in _whole(fiches).iterator(chunk_size=CHUNK):
        base = bases.get(action.campaign_id) if action.live else None
        action.url = f"{base}{action.pk}-{action.slug}/" if base else ""
        yield [column.read(action) for column in COLUMNS] + [
            column.read(action) if column.is_told(reach, action) else None for column in added
        ]


def _whole(fiches: QuerySet[Action]) -> QuerySet[Action]:
    return fiches.select_related(
        "campaign", "establishment__department", "establishment__basin", "establishment__network"
    ).prefetch_related(
        *VOCABULARIES,
        "funding_sources",
        "sessions",
        "indicators",
        Prefetch("partners", ActionPartner.objects.select_related("type")),
        Prefetch("associated", AssociatedEstablishment.objects.select_related("establishment")),
    )
