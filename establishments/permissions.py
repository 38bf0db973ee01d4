"""Who acts for which part of the territory; closed unless a row here says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from accounts.models import User

from .models import Academy, Basin, Department, Establishment, Network

if TYPE_CHECKING:
    from django.contrib.auth.models import Group
    from django.db.models import Model, QuerySet

ADMIN_ACCESS = "wagtailadmin.access_admin"

# Departments are the State's: an editor names their observers and no more. Establishments of the
# directory stay, open or closed; `scoping` lets an editor delete only those entered by hand.
TERRITORY_ACTIONS: dict[type[Model], tuple[str, ...]] = {
    Department: ("view", "change"),
    Basin: ("view", "add", "change", "delete"),
    Network: ("view", "add", "change", "delete"),
    Establishment: ("view", "add", "change", "delete"),
}


def academies_edited_by(user: User | AnonymousUser) -> QuerySet[Academy]:
    """The académies whose content and fiches `user` edits; all of them for an administrator."""
    if not user.is_authenticated or not user.is_active:
        return Academy.objects.none()
    if user.is_superuser:
        return Academy.objects.all()
    return Academy.objects.filter(editor_group__user=user)


def edited_academy_ids(user: User | AnonymousUser) -> frozenset[int]:
    """The keys of `academies_edited_by(user)`, asked once for one user object (one request)."""
    cached: frozenset[int] | None = getattr(user, "_edited_academy_ids", None)
    if cached is None:
        cached = frozenset(academies_edited_by(user).values_list("pk", flat=True))
        user._edited_academy_ids = cached  # type: ignore[union-attr]
    return cached


def grant_territory_permissions(group: Group) -> None:
    """Let an académie's group of editors keep its territory; safe to call again.

    The permissions say what may be done; `scoping` says on which rows: those of the académie.
    """
    codenames = Q()
    for model, actions in TERRITORY_ACTIONS.items():
        codenames |= Q(
            content_type=ContentType.objects.get_for_model(model),
            codename__in=[f"{action}_{model._meta.model_name}" for action in actions],
        )
    group.permissions.add(*Permission.objects.filter(codenames))


def people_within_reach_of(user: User | AnonymousUser) -> QuerySet[User]:
    """The people whom `user` may name as network lead or observer.

    Everybody for an administrator. For an editor, those with a role in an académie of theirs and
    those with no role yet: the people of other académies are not theirs to list. Accounts of
    establishments are no people.
    """
    people = User.objects.filter(is_active=True, establishment=None).order_by(
        "last_name", "first_name", "username"
    )
    if user.is_authenticated and user.is_active and user.is_superuser:
        return people
    academies = edited_academy_ids(user)
    if not academies:
        return people.none()
    ours = (
        Q(groups__academy__in=academies)
        | Q(led_networks__academy__in=academies)
        | Q(observed_departments__academy__in=academies)
    )
    without_role = Q(is_superuser=False, groups=None, led_networks=None, observed_departments=None)
    return people.filter(pk__in=User.objects.filter(ours | without_role).values("pk"))


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
            user_obj._role_gives_admin = cached  # type: ignore[attr-defined]
        return cached
