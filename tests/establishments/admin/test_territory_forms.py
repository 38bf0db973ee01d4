"""Forms of the territory, as they are posted."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import User
from establishments.enums import Source
from establishments.models import Basin, Department, Establishment, Network
from tests.establishments.territory import Territory
from tests.factories import UserFactory, make_uai


def post(
    client: Client, user: User, model: type[Model], data: dict[str, Any], row: Any = None
) -> Any:
    client.force_login(user)
    name = f"{model._meta.model_name}:{'edit' if row else 'add'}"
    return client.post(reverse(name, args=[row.pk] if row else []), data)


def establishment_data(here: Territory, **changes: Any) -> dict[str, Any]:
    return {
        "uai": make_uai(),
        "name": "CFA des Docks",
        "kind": "cfa",
        "sector": "public",
        "department": here.department.pk,
        "is_open": "on",
        **changes,
    }


def test_an_editor_records_an_establishment_by_hand(client: Client, here: Territory) -> None:
    data = establishment_data(here, uai=" 760372s ", network=here.network.pk)

    assert post(client, here.editor, Establishment, data).status_code == 302

    establishment = Establishment.objects.get(uai="0760372S")
    assert establishment.source == Source.MANUAL
    assert establishment.academy == here.academy
    assert establishment.network == here.network


@pytest.mark.parametrize("field", ["department", "network", "basin"])
def test_a_form_takes_nothing_of_another_academy(
    client: Client, here: Territory, elsewhere: Territory, field: str
) -> None:
    data = establishment_data(here, **{field: getattr(elsewhere, field).pk})

    response = post(client, here.editor, Establishment, data)

    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_what_the_directory_says_cannot_be_typed_over(client: Client, here: Territory) -> None:
    Establishment.objects.update(source=Source.DIRECTORY)
    data = establishment_data(
        here, name="Autre nom", mailbox_override="direction@example.org", network=""
    )

    response = post(client, here.editor, Establishment, data, here.establishment)

    assert response.status_code == 302
    before, here.establishment = here.establishment, Establishment.objects.get()
    assert here.establishment.name == before.name
    assert here.establishment.uai == before.uai
    assert here.establishment.is_open
    assert here.establishment.mailbox_override == "direction@example.org"
    assert here.establishment.network is None


def test_a_wrong_uai_is_explained(client: Client, here: Territory) -> None:
    response = post(client, here.editor, Establishment, establishment_data(here, uai="0760372A"))

    assert "0760372A" in str(response.context["form"].errors["uai"])


@pytest.mark.parametrize("model", [Basin, Network])
def test_an_editor_adds_rows_to_their_academy_and_to_no_other(
    client: Client, here: Territory, elsewhere: Territory, model: type[Model]
) -> None:
    ours = {"name": "Nouveau", "academy": here.academy.pk}
    theirs = {"name": "Intrus", "academy": elsewhere.academy.pk}

    assert post(client, here.editor, model, ours).status_code == 302
    assert post(client, here.editor, model, theirs).status_code == 200

    assert model._default_manager.filter(name="Nouveau").exists()
    assert not model._default_manager.filter(name="Intrus").exists()


@pytest.mark.parametrize("model", [Basin, Network])
def test_a_row_never_changes_academy(
    client: Client, here: Territory, elsewhere: Territory, administrator: User, model: type[Model]
) -> None:
    row = here.row(model)

    response = post(
        client, administrator, model, {"name": "Renommé", "academy": elsewhere.academy.pk}, row
    )

    assert response.status_code == 302
    row.refresh_from_db()
    assert row.name == "Renommé"  # type: ignore[attr-defined]
    assert row.academy == here.academy  # type: ignore[attr-defined]


def test_an_administrator_mixes_no_academies(
    client: Client, here: Territory, elsewhere: Territory, administrator: User
) -> None:
    basin = {"name": "B", "academy": here.academy.pk, "department": elsewhere.department.pk}
    network = {"name": "R", "academy": here.academy.pk, "basins": [elsewhere.basin.pk]}

    assert post(client, administrator, Basin, basin).status_code == 200
    assert post(client, administrator, Network, network).status_code == 200


def test_an_editor_names_the_leads_of_a_network(
    client: Client, here: Territory, elsewhere: Territory
) -> None:
    newcomer = UserFactory()
    data = {"name": here.network.name, "leads": [newcomer.pk]}

    assert post(client, here.editor, Network, data, here.network).status_code == 302
    assert list(here.network.leads.all()) == [newcomer]

    stranger = {"name": here.network.name, "leads": [elsewhere.lead.pk]}
    assert post(client, here.editor, Network, stranger, here.network).status_code == 200
    assert list(here.network.leads.all()) == [newcomer]


def test_people_of_other_academies_and_establishments_are_not_listed(
    client: Client, here: Territory, elsewhere: Territory
) -> None:
    client.force_login(here.editor)

    page = client.get(reverse("network:edit", args=[here.network.pk])).content.decode()

    for person in (here.editor, here.lead, here.observer):
        assert str(person) in page
    for person in (elsewhere.editor, elsewhere.lead, elsewhere.observer):
        assert str(person) not in page
    assert here.school.username not in page


def test_a_lead_named_by_an_administrator_stays_named(
    client: Client, here: Territory, elsewhere: Territory
) -> None:
    here.network.leads.add(elsewhere.lead)
    kept = [here.lead.pk, elsewhere.lead.pk]

    response = post(client, here.editor, Network, {"name": "Renommé", "leads": kept}, here.network)

    assert response.status_code == 302
    assert set(here.network.leads.values_list("pk", flat=True)) == set(kept)


def test_an_editor_names_observers_and_changes_no_department(
    client: Client, here: Territory
) -> None:
    newcomer = UserFactory()
    data = {"name": "Renommé", "code": "99", "observers": [newcomer.pk]}

    assert post(client, here.editor, Department, data, here.department).status_code == 302

    department = Department.objects.get(pk=here.department.pk)
    assert (department.code, department.name) == (here.department.code, here.department.name)
    assert list(department.observers.all()) == [newcomer]


def test_each_change_is_in_the_history_with_its_author(client: Client, here: Territory) -> None:
    data = {"name": "Renommé", "leads": []}
    post(client, here.editor, Network, data, here.network)

    page = client.get(reverse("network:history", args=[here.network.pk])).content.decode()

    assert str(here.editor) in page
