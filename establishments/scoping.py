"""Which rows of the admin a person reaches: those of the académies they edit, and no other.

Wagtail asks a model's permission policy what somebody may do, but its generic views then list and
open every row. Here are both halves: `AcademyPolicy`, for any model that belongs to an académie,
and the mixins that make Wagtail's views ask it for each row. Anything not granted is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from .enums import Source
from .models import Academy, Basin, Department, DirectoryImport, Establishment, Network
from .permissions import edited_academy_ids

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

EVERY_ACTION = ("add", "change", "delete", "view")


class AcademyPolicy(ModelPermissionPolicy):
    """A model's permissions, on the rows of the académies that a person edits.

    Args:
        model: the model whose rows belong to an académie.
        academy_lookup: the way from a row to its académie, as in `establishment__academy`.

    Administrators reach every row. Somebody with the permission who edits no académie reaches
    none: the permission alone says what, not where.
    """

    def __init__(self, model: type[Model] | str, academy_lookup: str = "academy") -> None:
        super().__init__(model)
        self.academy_lookup = academy_lookup

    def within(self, user: User | AnonymousUser) -> QuerySet[Any]:
        """The rows of the académies that `user` edits, whatever they may do there."""
        rows = self.model._default_manager.all()
        if user.is_active and user.is_superuser:
            return rows
        return rows.filter(**{f"{self.academy_lookup}__in": edited_academy_ids(user)})

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Whether `user` may do `action` to any row at all."""
        if not super().user_has_permission(user, action):
            return False
        return bool(user.is_superuser or edited_academy_ids(user))

    def user_has_permission_for_instance(
        self, user: User | AnonymousUser, action: str, instance: Model
    ) -> bool:
        """Whether `user` may do `action` to `instance`."""
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(
        self, user: User | AnonymousUser, actions: Iterable[str], instance: Model
    ) -> bool:
        """Whether `user` may do one of `actions` to `instance`."""
        rows = self.instances_user_has_any_permission_for(user, actions)
        return rows.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """The rows to which `user` may do one of `actions`."""
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return self.within(user)

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Model
    ) -> QuerySet[User]:
        """The active people who may do one of `actions` to `instance`."""
        academies = self.model._default_manager.filter(pk=instance.pk).values(self.academy_lookup)
        return self.users_with_any_permission(actions).filter(
            Q(is_superuser=True) | Q(groups__academy__in=academies)
        )


class EstablishmentPolicy(AcademyPolicy):
    """Editors delete only what was entered by hand: the directory would bring the rest back."""

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """The establishments to which `user` may do one of `actions`."""
        actions = set(actions)
        rows = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser or not self.user_has_permission(user, "delete"):
            return rows
        if self.user_has_any_permission(user, actions - {"delete"}):
            return rows
        return rows.filter(source=Source.MANUAL)


class AdministratorPolicy(ModelPermissionPolicy):
    """For administrators only, whatever permission a group holds."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Whether `user` is an active administrator."""
        return bool(user.is_active and user.is_superuser)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """The active administrators."""
        return get_user_model().objects.filter(is_active=True, is_superuser=True)


def register_policies() -> None:
    """Tell Wagtail the policy of each of our models, before anything asks for one."""
    register_permission_policy(Academy, AdministratorPolicy(Academy))
    register_permission_policy(DirectoryImport, AdministratorPolicy(DirectoryImport))
    register_permission_policy(Establishment, EstablishmentPolicy(Establishment))
    for model in (Department, Basin, Network):
        register_permission_policy(model, AcademyPolicy(model))


def rows_to_choose_from(user: User | AnonymousUser, model: type[Model]) -> QuerySet[Any] | None:
    """The rows of `model` that `user` may point a form at; None where the model has no scope."""
    if model is Academy:
        academies = Academy.objects.all()
        return academies if user.is_superuser else academies.filter(pk__in=edited_academy_ids(user))
    policy = policy_registry.get_by_type(model, fallback=False)
    return policy.within(user) if isinstance(policy, AcademyPolicy) else None


class ScopedView:
    """Base of the mixins below: the rows within reach of whoever asks."""

    request: HttpRequest
    model: type[Model]
    scoped_actions: tuple[str, ...] = EVERY_ACTION

    def rows_within_reach(self) -> QuerySet[Any]:
        """The rows that this view may show to whoever asks."""
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(self.request.user, self.scoped_actions)


class ScopedListing(ScopedView):
    """For a list of Wagtail's: shows only the rows within reach."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """The rows listed, before search and filters."""
        return self.rows_within_reach()


class ScopedObject(ScopedView):
    """For a view of one object: a row out of reach does not exist (404)."""

    def get_queryset(self) -> QuerySet[Any]:
        """Where Django's object views look for theirs (edit, delete)."""
        return self.rows_within_reach()


class ScopedHistory(ScopedView):
    """For Wagtail's history and usage of one object: a row out of reach does not exist (404)."""

    scoped_actions = ("change",)

    def get_base_object_queryset(self) -> QuerySet[Any]:
        """Where Wagtail's views look for the object they tell about."""
        return self.rows_within_reach()


class ScopedChooser(ScopedView):
    """For a chooser of Wagtail's: closed to whoever may do nothing to any row."""

    model_class: type[Model]

    def rows_within_reach(self) -> QuerySet[Any]:
        """The rows that may be chosen."""
        policy = policy_registry.get_by_type(self.model_class)
        return policy.instances_user_has_any_permission_for(self.request.user, EVERY_ACTION)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those without any permission, then answer."""
        policy = policy_registry.get_by_type(self.model_class)
        if not policy.user_has_any_permission(request.user, EVERY_ACTION):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def get_object_list(self) -> QuerySet[Any]:
        """The rows offered."""
        return self.rows_within_reach()

    def get_object(self, pk: Any) -> Model:
        """The row chosen."""
        chosen: Model = self.rows_within_reach().get(pk=pk)
        return chosen

    def get_objects(self, pks: Any) -> QuerySet[Any]:
        """The rows chosen, where several are."""
        return self.rows_within_reach().filter(pk__in=pks)
