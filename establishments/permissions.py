"""Who acts for which part of the territory; closed unless a row here says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser

from .models import Academy, Department, Establishment, Network

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from accounts.models import User

ADMIN_ACCESS = "wagtailadmin.access_admin"


def academies_edited_by(user: User | AnonymousUser) -> QuerySet[Academy]:
    """The académies whose content and fiches `user` edits; all of them for an administrator."""
    if not user.is_authenticated or not user.is_active:
        return Academy.objects.none()
    if user.is_superuser:
        return Academy.objects.all()
    return Academy.objects.filter(editor_group__user=user)


def networks_led_by(user: User | AnonymousUser) -> QuerySet[Network]:
    """The networks (réseaux FOQUALE) whose fiches `user` gives the visa to."""
    if not user.is_authenticated or not user.is_active:
        return Network.objects.none()
    return Network.objects.filter(leads=user)


def departments_observed_by(user: User | AnonymousUser) -> QuerySet[Department]:
    """The departments that `user` observes, read-only (IA-DASEN)."""
    if not user.is_authenticated or not user.is_active:
        return Department.objects.none()
    return Department.objects.filter(observers=user)


def establishment_of(user: User | AnonymousUser) -> Establishment | None:
    """The establishment that `user` signs in for, if it is open; else None."""
    if not user.is_authenticated or not user.is_active:
        return None
    return (
        Establishment.objects.filter(account=user, is_open=True)
        .select_related("academy__site", "network", "department")
        .first()
    )


class RoleBackend(BaseBackend):
    """Lets network leads and observers into the admin because of their role, not of a group.

    The role is the one source: whoever stops leading a network loses the admin with it.
    """

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        """True for the permission to enter the admin, where `user_obj` leads or observes."""
        if perm != ADMIN_ACCESS or not user_obj.is_active or not user_obj.is_authenticated:
            return False
        cached: bool | None = getattr(user_obj, "_role_gives_admin", None)
        if cached is None:
            cached = (
                networks_led_by(user_obj).exists() or departments_observed_by(user_obj).exists()
            )
            user_obj._role_gives_admin = cached  # type: ignore[union-attr]
        return cached
