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
from establishments.permissions import (
    academies_edited_by,
    departments_observed_by,
    edited_academy_ids,
    networks_led_by,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User
    from establishments.models import Academy


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
    academy: Academy
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


def steers(user: User | AnonymousUser) -> bool:
    """Whether `user` has anything to steer; no more than two queries beside the known ones."""
    return (
        bool(edited_academy_ids(user))
        or networks_led_by(user).exists()
        or departments_observed_by(user).exists()
    )


def reach_of(user: User | AnonymousUser) -> Reach:
    """What `user` may steer, in four queries; nothing for the public and for establishments."""
    scopes = [
        Scope(Role.EDITOR, academy)
        for academy in academies_edited_by(user).select_related("site__root_page")
    ]
    led, observed = networks_led_by(user), departments_observed_by(user)
    for role, rows in ((Role.LEAD, led), (Role.OBSERVER, observed)):
        held: dict[int, list[tuple[Academy, int, str]]] = {}
        for row in rows.select_related("academy__site__root_page"):
            held.setdefault(row.academy_id, []).append((row.academy, row.pk, row.name))
        scopes += [
            Scope(
                role,
                parts[0][0],
                frozenset(key for _academy, key, _name in parts),
                tuple(name for _academy, _key, name in parts),
            )
            for parts in held.values()
        ]
    return Reach(tuple(scopes), tuple(_editions_of(scopes)))


def _editions_of(scopes: list[Scope]) -> QuerySet[CampaignPage]:
    roots = {
        scope.academy.site.root_page.path: scope.academy.site.root_page.depth
        for scope in scopes
        if scope.academy.site
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


def _is_below(edition: CampaignPage, academy: Academy) -> bool:
    return academy.site is not None and edition.path.startswith(academy.site.root_page.path)
