"""The policies of the admin, asked directly."""

from __future__ import annotations

import pytest
from wagtail.permissions import policy_registry

from accounts.models import User
from establishments.models import Academy, DirectoryImport, Establishment, Network
from establishments.scoping import AcademyPolicy, rows_to_choose_from
from tests.establishments.territory import Territory

pytestmark = pytest.mark.django_db


def test_a_policy_tells_who_may_change_a_row(
    here: Territory, elsewhere: Territory, administrator: User
) -> None:
    policy = policy_registry.get_by_type(Network)

    people = policy.users_with_permission_for_instance("change", here.network)

    assert set(people) == {here.editor, administrator}


def test_a_policy_answers_for_each_row(here: Territory, elsewhere: Territory) -> None:
    policy = policy_registry.get_by_type(Network)

    assert policy.user_has_permission_for_instance(here.editor, "change", here.network)
    assert not policy.user_has_permission_for_instance(here.editor, "change", elsewhere.network)
    assert policy.user_has_any_permission_for_instance(
        here.editor, ["change", "delete"], here.network
    )
    assert not policy.user_has_any_permission_for_instance(
        here.lead, ["change", "view"], here.network
    )


def test_a_policy_can_reach_the_academy_over_another_model(
    here: Territory, elsewhere: Territory
) -> None:
    policy = AcademyPolicy(Establishment, academy_lookup="department__academy")

    assert list(policy.within(here.editor)) == [here.establishment]


def test_editors_delete_only_what_was_entered_by_hand(here: Territory) -> None:
    policy = policy_registry.get_by_type(Establishment)
    assert policy.user_has_permission_for_instance(here.editor, "delete", here.establishment)

    Establishment.objects.update(source="directory")

    assert not policy.user_has_permission_for_instance(here.editor, "delete", here.establishment)
    assert policy.user_has_permission_for_instance(here.editor, "change", here.establishment)


@pytest.mark.parametrize("model", [Academy, DirectoryImport])
def test_some_things_are_the_administrators_whatever_a_group_holds(
    here: Territory, administrator: User, model: type
) -> None:
    policy = policy_registry.get_by_type(model)

    assert set(policy.users_with_permission("change")) == {administrator}
    assert policy.user_has_permission(administrator, "change")
    assert not policy.user_has_permission(here.editor, "change")


def test_a_model_without_a_scope_is_not_narrowed(here: Territory) -> None:
    assert rows_to_choose_from(here.editor, User) is None
    assert list(rows_to_choose_from(here.editor, Academy) or []) == [here.academy]
