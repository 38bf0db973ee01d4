"""People in Wagtail's admin: their username is their e-mail address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.forms import PersonCreationForm
from accounts.models import User
from accounts.people import people
from tests.factories import EstablishmentFactory, UserFactory, sign_up

pytestmark = pytest.mark.django_db

PASSWORD = "un-long-mot-de-passe"


@pytest.fixture
def administrator(client: Client) -> User:
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "email": "Lou.Martin@Example.org",
        "first_name": "Lou",
        "last_name": "Martin",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def test_an_administrator_adds_a_person_who_signs_in_by_e_mail_in_any_case(
    client: Client, administrator: User
) -> None:
    page = client.get("/admin/users/new/").content.decode()
    assert 'name="email"' in page
    assert 'name="username"' not in page

    client.post("/admin/users/new/", fields(is_superuser="on"))

    person = User.objects.get(email="lou.martin@example.org")
    assert person.username == person.email
    other = Client()
    response = other.post(
        "/admin/login/", {"username": "LOU.Martin@example.org", "password": PASSWORD}
    )
    assert response.status_code == 302
    assert other.get("/admin/").status_code == 200


def test_changing_the_e_mail_changes_the_username(client: Client, administrator: User) -> None:
    person = UserFactory(email="old@example.org", username="old@example.org")

    client.post(
        f"/admin/users/edit/{person.pk}/",
        fields(email="new@example.org", password1="", password2="", is_active="on"),
    )

    person.refresh_from_db()
    assert person.username == person.email == "new@example.org"
    assert person.check_password("secret")


def test_two_people_cannot_have_one_address() -> None:
    UserFactory(username="lou.martin@example.org")

    form = PersonCreationForm(fields())

    assert not form.is_valid()
    assert list(form.errors) == ["email"]


def test_without_an_address_the_form_asks_for_it() -> None:
    form = PersonCreationForm(fields(email=""))

    assert not form.is_valid()
    assert "email" in form.errors


def test_establishments_are_neither_listed_nor_edited_nor_deleted_among_people(
    client: Client, administrator: User
) -> None:
    account = sign_up(EstablishmentFactory())
    command_line = UserFactory(username="admin", email="", is_superuser=True)

    assert account not in people()
    assert command_line in people()
    assert account.username not in client.get("/admin/users/").content.decode()
    assert client.get(f"/admin/users/edit/{account.pk}/").status_code == 404
    assert client.get(f"/admin/users/delete/{account.pk}/").status_code == 404


def test_a_person_cannot_change_their_own_address(client: Client, administrator: User) -> None:
    assert 'name="name_email-email"' not in client.get("/admin/account/").content.decode()


def test_an_establishment_cannot_enter_the_admin(client: Client) -> None:
    client.force_login(sign_up(EstablishmentFactory()))

    assert client.get("/admin/").status_code == 302


def test_an_establishment_gets_no_mail_to_set_a_password(client: Client, mailoutbox: Any) -> None:
    account = sign_up(EstablishmentFactory())

    client.post("/admin/password_reset/", {"email": account.email})

    assert mailoutbox == []
