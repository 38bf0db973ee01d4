"""Who acts for which part of the territory; closed unless a row here says otherwise.

Every page of the admin asks several times who its reader is: for the menu, for the permissions of
each model, for the figures. `standing_of` answers from one query for each user object (a request).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, IntegerField, Q, Value

from accounts.models import User

from .models import Academy, Basin, Department, Establishment, Network

if TYPE_CHECKING:
    from django.contrib.auth.models import Group
    from django.db.models import Model, QuerySet

ADMIN_ACCESS = "wagtailadmin.access_admin"

_KEPT: Final = "_standing"
_PERMISSION: Final = "permission"

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
    return standing_of(user).keys(Part.EDITED)


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
        .select_related("academy__site__root_page", "network", "department")
        .first()
    )


class Part(StrEnum):
    """What somebody is to a part of the territory."""

    EDITED = "edited"
    LED = "led"
    OBSERVED = "observed"


@dataclass(frozen=True)
class HeldAcademy:
    """The académie of a part, and where its pages are; an académie without a site has no path."""

    pk: int
    name: str
    home_path: str
    home_depth: int


@dataclass(frozen=True)
class Held:
    """An académie edited, a network led or a department observed."""

    part: Part
    key: int
    name: str
    academy: HeldAcademy


@dataclass(frozen=True)
class Standing:
    """What somebody may do, as "app.codename", and the parts of the territory that are theirs."""

    permissions: frozenset[str] = frozenset()
    held: tuple[Held, ...] = ()

    def keys(self, part: Part) -> frozenset[int]:
        """The keys of the académies, networks or departments held as `part`."""
        return frozenset(one.key for one in self.held if one.part == part)

    def has(self, *parts: Part) -> bool:
        """Whether anything is held as one of `parts`."""
        return any(one.part in parts for one in self.held)


def standing_of(user: User | AnonymousUser) -> Standing:
    """What `user` may do and where; nothing for who is unknown or deactivated."""
    if not user.is_authenticated or not user.is_active:
        return Standing()
    kept: Standing | None = getattr(user, _KEPT, None)
    if kept is None:
        kept = _read(user)
        setattr(user, _KEPT, kept)
    return kept


def _read(user: User) -> Standing:
    parts = [
        _rows(academies_edited_by(user), Part.EDITED, ""),
        _rows(networks_led_by(user), Part.LED, "academy__"),
        _rows(departments_observed_by(user), Part.OBSERVED, "academy__"),
    ]
    if not user.is_superuser:  # who may do everything
        parts += [
            _permissions(Permission.objects.filter(user=user)),
            _permissions(Permission.objects.filter(group__user=user)),
        ]
    permissions, held = set(), []
    for what, key, name, academy, label, path, depth in parts[0].union(*parts[1:], all=True):
        if what == _PERMISSION:
            permissions.add(f"{label}.{name}")
        else:
            home = HeldAcademy(academy, label, path or "", depth or 0)
            held.append(Held(Part(what), key, name, home))
    return Standing(frozenset(permissions), tuple(sorted(held, key=lambda one: one.name)))


def _rows(found: QuerySet[Any], part: Part, academy: str) -> QuerySet[Any]:
    return found.order_by().values_list(
        Value(part.value, output_field=CharField()),
        "pk",
        "name",
        f"{academy}pk",
        f"{academy}name",
        f"{academy}site__root_page__path",
        f"{academy}site__root_page__depth",
    )


def _permissions(found: QuerySet[Permission]) -> QuerySet[Any]:
    return found.order_by().values_list(
        Value(_PERMISSION, output_field=CharField()),
        "pk",
        "codename",
        Value(0, output_field=IntegerField()),
        "content_type__app_label",
        Value("", output_field=CharField()),
        Value(0, output_field=IntegerField()),
    )


class RoleBackend(BaseBackend):
    """Lets network leads and observers into the admin because of their role, not of a group.

    The role is the one source: whoever stops leading a network loses the admin with it. Stands
    before Django's own backend, to which it leaves the permissions that it has read already.
    """

    def get_user(self, user_id: int) -> User | None:
        """Whose session it is, as Django's own backend: a session may name the first backend."""
        user = ModelBackend().get_user(user_id)
        return user if isinstance(user, User) else None

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        """True for the permission to enter the admin, where `user_obj` leads or observes."""
        if not user_obj.is_active or not user_obj.is_authenticated:
            return False
        standing = standing_of(user_obj)
        if not hasattr(user_obj, "_perm_cache"):  # where ModelBackend looks before it asks
            user_obj._perm_cache = set(standing.permissions)  # type: ignore[attr-defined]
        return perm == ADMIN_ACCESS and standing.has(Part.LED, Part.OBSERVED)
