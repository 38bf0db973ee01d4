"""Who reads and who changes the entries of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wagtail.permissions import register_permission_policy

from campaigns.models import (
    ActionType,
    Audience,
    FundingSource,
    Level,
    PartnerType,
    ProductionType,
    Theme,
)
from campaigns.models.terms import Term
from establishments.permissions import edited_academy_ids
from establishments.scoping import AcademyPolicy

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User

VOCABULARIES: tuple[type[Term], ...] = (
    Audience,
    Level,
    Theme,
    ActionType,
    PartnerType,
    ProductionType,
    FundingSource,
)
"""In the order of a fiche's form."""


class TermPolicy(AcademyPolicy):
    """Editors add and change their académie's own entries, and see the shared core beside them.

    Only administrators change the core, and only they delete: a fiche that uses an entry would lose
    it. An entry that should no longer be used is no longer offered.
    """

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """The entries to which `user` may do one of `actions`."""
        actions = set(actions)
        rows = super().instances_user_has_any_permission_for(user, actions)
        if "view" in actions and self.user_has_permission(user, "view"):
            rows = rows | self.model._default_manager.filter(academy=None)
        return rows

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Whether `user` may do `action` to any entry at all."""
        if action == "delete" and not user.is_superuser:
            return False
        return super().user_has_permission(user, action)


def is_own(term: Term, user: User | AnonymousUser) -> bool:
    """Whether `user` may change `term`, as far as its académie decides."""
    return bool(user.is_superuser or term.academy_id in edited_academy_ids(user))


def register_policies() -> None:
    """Tell Wagtail the policy of each vocabulary, before anything asks for one."""
    for model in VOCABULARIES:
        register_permission_policy(model, TermPolicy(model))
