"""Who acts for which part of the territory."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from wagtail.permissions import policy_registry

from accounts.models import User
from establishments.models import Academy
from establishments.permissions import (
    HeldAcademy,
    Part,
    Standing,
    academies_edited_by,
    departments_observed_by,
    edited_academy_ids,
    establishment_of,
    grant_territory_permissions,
    networks_led_by,
    people_within_reach_of,
    standing_of,
)
from tests.establishments.territory import Territory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_each_role_acts_where_it_is_named_and_nowhere_else(
    here: Territory, elsewhere: Territory
) -> None:
    assert list(academies_edited_by(here.editor)) == [here.academy]
    assert list(networks_led_by(here.lead)) == [here.network]
    assert list(departments_observed_by(here.observer)) == [here.department]
    assert establishment_of(here.school) == here.establishment


@pytest.mark.parametrize("role", ["editor", "lead", "observer", "school"])
def test_a_role_gives_nothing_of_another(here: Territory, role: str) -> None:
    user = getattr(here, role)

    given = {
        "editor": academies_edited_by(user).exists(),
        "lead": networks_led_by(user).exists(),
        "observer": departments_observed_by(user).exists(),
        "school": establishment_of(user) is not None,
    }

    assert [name for name, has in given.items() if has] == [role]


@pytest.mark.parametrize("role", ["editor", "lead", "observer", "school"])
def test_somebody_deactivated_or_unknown_acts_for_nothing(here: Territory, role: str) -> None:
    gone = getattr(here, role)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    for user in (User.objects.get(pk=gone.pk), AnonymousUser()):
        assert not academies_edited_by(user).exists()
        assert not networks_led_by(user).exists()
        assert not departments_observed_by(user).exists()
        assert establishment_of(user) is None
        assert not people_within_reach_of(user).exists()
        assert not user.has_perm("wagtailadmin.access_admin")


def test_a_closed_establishment_acts_for_nothing(here: Territory) -> None:
    here.establishment.is_open = False
    here.establishment.save()

    assert establishment_of(here.school) is None


def test_an_administrator_edits_every_academy(
    here: Territory, elsewhere: Territory, administrator: User
) -> None:
    assert edited_academy_ids(administrator) == {here.academy.pk, elsewhere.academy.pk}


def test_whoever_stops_leading_loses_the_admin_with_it(here: Territory) -> None:
    assert here.lead.has_perm("wagtailadmin.access_admin")

    here.network.leads.clear()

    assert not User.objects.get(pk=here.lead.pk).has_perm("wagtailadmin.access_admin")


def test_granting_the_territory_twice_is_granting_it_once(db: None) -> None:
    group = Group.objects.create(name="Éditeurs")

    grant_territory_permissions(group)
    grant_territory_permissions(group)

    assert set(group.permissions.values_list("codename", flat=True)) == {
        "view_department",
        "change_department",
        *(
            f"{action}_{model}"
            for action in ("view", "add", "change", "delete")
            for model in ("basin", "network", "establishment")
        ),
    }


def test_the_permission_without_an_academy_reaches_nothing(here: Territory) -> None:
    group = Group.objects.create(name="Sans académie")
    grant_territory_permissions(group)
    user = UserFactory()
    user.groups.add(group)
    policy = policy_registry.get_by_type(type(here.establishment))

    assert not policy.user_has_permission(user, "change")
    assert not policy.instances_user_has_permission_for(user, "change").exists()
    assert not Academy.objects.filter(pk__in=edited_academy_ids(user)).exists()


def test_an_editor_names_people_of_their_academy_or_without_a_role(
    here: Territory, elsewhere: Territory, administrator: User
) -> None:
    newcomer = UserFactory()

    assert set(people_within_reach_of(here.editor)) == {
        here.editor,
        here.lead,
        here.observer,
        newcomer,
    }
    assert not people_within_reach_of(here.lead).exists()
    everybody = set(people_within_reach_of(administrator))
    assert {elsewhere.lead, administrator, newcomer} <= everybody
    assert here.school not in everybody


def test_permissions_and_roles_are_asked_once_for_a_request(
    here: Territory, django_assert_num_queries: Any
) -> None:
    user = User.objects.get(pk=here.editor.pk)
    with django_assert_num_queries(1):
        assert user.has_perm("establishments.change_network")
        assert not user.has_perm("establishments.delete_department")
        assert edited_academy_ids(user) == {here.academy.pk}
        assert standing_of(user).has(Part.EDITED)
        assert not standing_of(user).has(Part.LED, Part.OBSERVED)


def test_what_is_known_of_a_person_is_what_django_itself_grants(here: Territory) -> None:
    for person in (here.editor, here.lead, here.observer, here.school):
        ours = standing_of(User.objects.get(pk=person.pk)).permissions
        assert ours == ModelBackend().get_all_permissions(User.objects.get(pk=person.pk))


def test_a_network_held_says_its_academy_and_where_its_pages_are(here: Territory) -> None:
    (held,) = standing_of(here.lead).held
    root = here.academy.site.root_page
    assert (held.part, held.key, held.name) == (Part.LED, here.network.pk, here.network.name)
    assert held.academy == HeldAcademy(here.academy.pk, here.academy.name, root.path, root.depth)


@pytest.mark.parametrize("user", [AnonymousUser(), User(is_active=False)])
def test_the_unknown_and_the_deactivated_stand_nowhere(user: Any) -> None:
    assert standing_of(user) == Standing()


def test_a_session_is_its_persons_whichever_backend_it_names_until_they_are_deactivated(
    client: Client, settings: Any
) -> None:
    person = UserFactory()

    for backend in settings.AUTHENTICATION_BACKENDS:
        client.force_login(person, backend=backend)
        assert get_user(client) == person
    User.objects.filter(pk=person.pk).update(is_active=False)
    client.force_login(person)
    assert get_user(client).is_anonymous
