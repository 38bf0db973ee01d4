"""What Wagtail's admin lets somebody do with fiches: by role alone, no group permission counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from establishments.permissions import Part, edited_academy_ids, standing_of

from .models import Action
from .querysets import SUBMITTED, ActionQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

EDITING = frozenset({"change", "publish"})


class ActionPolicy(BasePermissionPolicy):
    """Reviewers and observers view; the académie's editors also change and publish.

    Nobody adds a fiche here, since fiches begin with their establishment; only an administrator
    deletes one. Wagtail's locks are not used: the review itself says who writes.
    """

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Whether `user` may do `action` to some fiche at least."""
        if not user.is_authenticated or not user.is_active:
            return False
        if user.is_superuser:
            return action in EDITING | {"view", "delete"}
        if action in EDITING:
            return bool(edited_academy_ids(user))
        return action == "view" and standing_of(user).has(*Part)

    def user_has_permission_for_instance(
        self, user: User | AnonymousUser, action: str, instance: Action
    ) -> bool:
        """Whether `user` may do `action` to `instance`."""
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(
        self, user: User | AnonymousUser, actions: Iterable[str], instance: Action
    ) -> bool:
        """Whether `user` may do one of `actions` to `instance`."""
        fiches = self.instances_user_has_any_permission_for(user, actions)
        return fiches.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Iterable[str]
    ) -> ActionQuerySet:
        """The fiches to which `user` may do one of `actions`."""
        granted = {action for action in actions if self.user_has_permission(user, action)}
        if "view" in granted or (granted and user.is_superuser):
            return Action.objects.reviewable_by(user)
        if granted:
            edited = Q(establishment__academy__in=edited_academy_ids(user))
            return Action.objects.filter(SUBMITTED & edited)
        return Action.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """The active people who may do one of `actions` to some fiche."""
        wanted = set(actions)
        roles = Q(pk=None)
        if wanted & (EDITING | {"view", "delete"}):
            roles |= Q(is_superuser=True)
        if wanted & (EDITING | {"view"}):
            roles |= Q(groups__academy__isnull=False)
        if "view" in wanted:
            roles |= Q(led_networks__isnull=False) | Q(observed_departments__isnull=False)
        return get_user_model().objects.filter(roles, is_active=True).distinct()


def register_policies() -> None:
    """Tell Wagtail the policy of fiches, before anything asks for one."""
    register_permission_policy(Action, ActionPolicy(Action))
