"""What Wagtail lets somebody do with posters: by role alone, no group permission counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from establishments.permissions import edited_academy_ids

from .models import Poster
from .querysets import PosterQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

GRANTED = frozenset({"view", "change", "publish"})


class PosterPolicy(BasePermissionPolicy):
    """The académie's editors, on the posters handed in; nobody adds or deletes one in the admin."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Whether `user` may do `action` to some poster at least."""
        if not user.is_authenticated or not user.is_active or action not in GRANTED:
            return False
        return bool(user.is_superuser or edited_academy_ids(user))

    def user_has_permission_for_instance(
        self, user: User | AnonymousUser, action: str, instance: Poster
    ) -> bool:
        """Whether `user` may do `action` to `instance`."""
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(
        self, user: User | AnonymousUser, actions: Iterable[str], instance: Poster
    ) -> bool:
        """Whether `user` may do one of `actions` to `instance`."""
        posters = self.instances_user_has_any_permission_for(user, actions)
        return posters.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Iterable[str]
    ) -> PosterQuerySet:
        """The posters to which `user` may do one of `actions`."""
        if any(self.user_has_permission(user, action) for action in actions):
            return Poster.objects.administered_by(user)
        return Poster.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """The active people who may do one of `actions` to some poster."""
        roles = Q(pk=None)
        if GRANTED & set(actions):
            roles = Q(is_superuser=True) | Q(groups__academy__isnull=False)
        return get_user_model().objects.filter(roles, is_active=True).distinct()


def register_policies() -> None:
    """Tell Wagtail the policy of posters, before anything asks for one."""
    register_permission_policy(Poster, PosterPolicy(Poster))
