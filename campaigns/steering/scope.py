"""Whose fiches and establishments somebody counts: an editor, a network's lead, an observer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageViewRestriction

from campaigns.models import CampaignPage
from campaigns.querysets import SUBMITTED
from establishments.enums import Kind
from establishments.models import Establishment
from establishments.permissions import HeldAcademy, Part, standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User


class Role(StrEnum):
    """What somebody is to an edition, the widest first."""

    EDITOR = "editor"
    LEAD = "lead"
    OBSERVER = "observer"


@dataclass(frozen=True)
class Scope:
    """A part of one académie as one role sees it: all of it, some networks, some departments.

    `names` says which networks or departments, `keys` are theirs; both are empty for an editor.
    """

    role: Role
    academy: HeldAcademy
    keys: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()

    @property
    def may_remind(self) -> bool:
        """Whether the reader may write to the establishments that have not answered."""
        return self.role != Role.OBSERVER

    @property
    def sees_progress(self) -> bool:
        """Whether the reader may know how the review of a fiche goes: observers may not."""
        return self.role != Role.OBSERVER

    def of(self, prefix: str = "") -> Q:
        """The establishments of the scope; `prefix` leads to them, as in "establishment__"."""
        if self.role == Role.LEAD:
            return Q(**{f"{prefix}network__in": sorted(self.keys)})
        if self.role == Role.OBSERVER:
            return Q(**{f"{prefix}department__in": sorted(self.keys)})
        return Q(**{f"{prefix}academy": self.academy.pk})

    @property
    def fiches(self) -> Q:
        """The fiches that count: handed in, of establishments of the scope; never a draft."""
        return SUBMITTED & self.of("establishment__")

    def establishments(self) -> QuerySet[Establishment]:
        """The establishments that the call is for: open, administrative services left out."""
        return Establishment.objects.filter(self.of(), is_open=True).exclude(
            kind=Kind.ADMINISTRATION
        )


@dataclass(frozen=True)
class Reach:
    """What somebody may steer: the scopes of their roles, and the editions of these académies."""

    scopes: tuple[Scope, ...]
    editions: tuple[CampaignPage, ...]

    def scopes_of(self, edition: CampaignPage) -> list[Scope]:
        """The scopes in which the reader sees `edition`, the widest first."""
        found = [scope for scope in self.scopes if _is_below(edition, scope.academy)]
        if edition.is_restricted:
            # What visitors need leave for is no more an observer's than theirs.
            found = [scope for scope in found if scope.role != Role.OBSERVER]
        editors = [scope for scope in found if scope.role == Role.EDITOR]
        return editors or found

    def shown(self) -> list[CampaignPage]:
        """The editions that the reader may steer, the newest first."""
        return [edition for edition in self.editions if self.scopes_of(edition)]

    def previous(self, edition: CampaignPage, scope: Scope) -> CampaignPage | None:
        """The edition of the same académie before `edition`, if there is one."""
        earlier = [
            one
            for one in self.editions
            if one.week_first_day < edition.week_first_day
            and _is_below(one, scope.academy)
            and scope.role in {other.role for other in self.scopes_of(one)}
        ]
        return max(earlier, key=lambda one: one.week_first_day, default=None)


ROLES = {Part.EDITED: Role.EDITOR, Part.LED: Role.LEAD, Part.OBSERVED: Role.OBSERVER}


def steers(user: User | AnonymousUser) -> bool:
    """Whether `user` has anything to steer."""
    return standing_of(user).has(*ROLES)


def reach_of(user: User | AnonymousUser) -> Reach:
    """What `user` may steer, in two queries; nothing for the public and for establishments."""
    held: dict[tuple[Role, HeldAcademy], list[tuple[int, str]]] = {}
    for one in standing_of(user).held:
        held.setdefault((ROLES[one.part], one.academy), []).append((one.key, one.name))
    scopes = [
        Scope(role, academy)
        if role == Role.EDITOR
        else Scope(
            role,
            academy,
            frozenset(key for key, _name in parts),
            tuple(name for _key, name in parts),
        )
        for (role, academy), parts in held.items()
    ]
    scopes.sort(key=lambda scope: list(Role).index(scope.role))
    return Reach(tuple(scopes), tuple(_editions_of(scopes)))


def _editions_of(scopes: list[Scope]) -> QuerySet[CampaignPage]:
    roots = {
        scope.academy.home_path: scope.academy.home_depth
        for scope in scopes
        if scope.academy.home_path
    }
    if not roots:
        return CampaignPage.objects.none()
    below = reduce(
        or_, (Q(path__startswith=path, depth=depth + 1) for path, depth in roots.items())
    )
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(edition_path=path).filter(
        edition_path__startswith=F("page__path")
    )
    return (
        CampaignPage.objects.live()
        .filter(below)
        .defer("body")
        .annotate(is_restricted=Exists(restrictions))
        .order_by("-week_first_day", "pk")
    )


def _is_below(edition: CampaignPage, academy: HeldAcademy) -> bool:
    return bool(academy.home_path) and edition.path.startswith(academy.home_path)
