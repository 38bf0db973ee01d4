"""The list of establishments: search, filters, cost, and networks in bulk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from establishments.models import Basin, Department, Establishment, Network
from tests.establishments.territory import Territory
from tests.factories import (
    BasinFactory,
    DepartmentFactory,
    EstablishmentFactory,
    NetworkFactory,
)

LIST = "establishment:index"
PUT = reverse("wagtail_bulk_action", args=["establishments", "establishment", "put_in_network"])


@pytest.fixture
def lycee(here: Territory) -> Establishment:
    return EstablishmentFactory(
        academy=here.academy,
        department=here.department,
        name="Lycée Édouard-Branly",
        kind="lycee_gt",
        sector="private",
        commune="Évreux",
        is_open=False,
    )


def listed(client: Client, here: Territory, **params: Any) -> set[str]:
    client.force_login(here.editor)
    response = client.get(reverse(LIST), params)
    assert response.status_code == 200
    return {establishment.name for establishment in response.context["object_list"]}


@pytest.mark.parametrize("query", ["edouard branly", "EVREUX", "branly évreux"])
def test_it_is_searched_without_accents_or_case(
    client: Client, here: Territory, lycee: Establishment, query: str
) -> None:
    assert listed(client, here, q=query) == {lycee.name}


def test_it_is_searched_by_uai(client: Client, here: Territory, lycee: Establishment) -> None:
    assert listed(client, here, q=lycee.uai) == {lycee.name}


@pytest.mark.parametrize(
    "filters",
    [
        {"kind": "lycee_gt"},
        {"sector": "private"},
        {"is_open": "false"},
        {"network": "null"},
        {"source": "manual", "kind": "lycee_gt"},
    ],
)
def test_it_is_filtered(
    client: Client, here: Territory, lycee: Establishment, filters: dict[str, str]
) -> None:
    assert listed(client, here, **filters) == {lycee.name}


def test_it_is_filtered_by_department_and_network(
    client: Client, here: Territory, lycee: Establishment
) -> None:
    other = DepartmentFactory(academy=here.academy)
    Establishment.objects.filter(pk=lycee.pk).update(department=other)

    assert listed(client, here, department=other.pk) == {lycee.name}
    assert listed(client, here, network=here.network.pk) == {here.establishment.name}


def test_the_filters_name_nothing_of_another_academy(
    client: Client, here: Territory, elsewhere: Territory
) -> None:
    client.force_login(here.editor)
    page = client.get(reverse(LIST)).content.decode()

    assert here.network.name in page
    assert elsewhere.network.name not in page
    assert elsewhere.department.name not in page
    assert 'name="academy"' not in page


def test_an_administrator_filters_by_academy(
    client: Client, here: Territory, elsewhere: Territory, administrator: Any
) -> None:
    client.force_login(administrator)
    response = client.get(reverse(LIST), {"academy": elsewhere.academy.pk})

    assert set(response.context["object_list"]) == {elsewhere.establishment}


@pytest.mark.parametrize("model", [Establishment, Department, Basin, Network])
def test_a_list_costs_the_same_for_one_row_and_for_thirty(
    client: Client, here: Territory, model: type, django_assert_max_num_queries: Any
) -> None:
    client.force_login(here.editor)
    url = reverse(f"{model._meta.model_name}:index")  # type: ignore[attr-defined]
    client.get(url)
    with django_assert_max_num_queries(25) as one:
        client.get(url)

    factory: Any = {
        Establishment: EstablishmentFactory,
        Department: DepartmentFactory,
        Basin: BasinFactory,
        Network: NetworkFactory,
    }[model]
    for number in range(29):
        extra = {"department": here.department, "network": here.network}
        factory(
            academy=here.academy,
            name=f"Numéro {number}",
            **(extra if model is Establishment else {}),
        )

    with django_assert_max_num_queries(25) as thirty:
        response = client.get(url)
    assert len(response.context["object_list"]) == 30
    assert len(thirty) == len(one)


def put(client: Client, user: Any, rows: list[Any], network: Network | None, **params: Any) -> Any:
    client.force_login(user)
    query = "&".join(
        [f"id={getattr(row, 'pk', row)}" for row in rows]
        + [f"{name}={value}" for name, value in params.items()]
    )
    return client.post(
        f"{PUT}?{query}&next={reverse(LIST)}", {"network": network.pk if network else "none"}
    )


def test_establishments_are_put_in_a_network_together(
    client: Client, here: Territory, lycee: Establishment
) -> None:
    network = NetworkFactory(academy=here.academy)
    client.force_login(here.editor)
    page = client.get(f"{PUT}?id={lycee.pk}&id={here.establishment.pk}").content.decode()
    assert lycee.name in page
    assert network.name in page

    response = put(client, here.editor, [lycee, here.establishment], network)

    assert response.status_code == 302
    assert set(network.establishments.all()) == {lycee, here.establishment}
    entries = ModelLogEntry.objects.filter(object_id=str(lycee.pk))
    assert [entry.user for entry in entries] == [here.editor]


def test_establishments_are_taken_out_of_their_network(client: Client, here: Territory) -> None:
    assert put(client, here.editor, [here.establishment], None).status_code == 302

    here.establishment.refresh_from_db()
    assert here.establishment.network is None


def test_nothing_is_done_until_a_network_is_chosen(client: Client, here: Territory) -> None:
    client.force_login(here.editor)

    response = client.post(f"{PUT}?id={here.establishment.pk}", {"network": ""})

    assert response.context["form"].errors["network"]
    here.establishment.refresh_from_db()
    assert here.establishment.network == here.network


def test_the_whole_list_means_the_list_as_filtered(
    client: Client, here: Territory, elsewhere: Territory, lycee: Establishment
) -> None:
    network = NetworkFactory(academy=here.academy)

    put(client, here.editor, ["all"], network, kind="lycee_gt")
    assert set(network.establishments.all()) == {lycee}

    put(client, here.editor, ["all"], network, q="college")
    assert set(network.establishments.all()) == {lycee, here.establishment}


def test_an_establishment_of_another_academy_is_as_if_it_did_not_exist(
    client: Client, here: Territory, elsewhere: Territory
) -> None:
    rows = [here.establishment, elsewhere.establishment, "abc", "٣"]
    network = NetworkFactory(academy=here.academy)

    client.force_login(here.editor)
    page = client.get(f"{PUT}?id={elsewhere.establishment.pk}").content.decode()
    assert elsewhere.establishment.name not in page

    put(client, here.editor, rows, network)

    assert set(network.establishments.all()) == {here.establishment}
    elsewhere.establishment.refresh_from_db()
    assert elsewhere.establishment.network == elsewhere.network


def test_a_network_of_another_academy_is_refused(
    client: Client, here: Territory, elsewhere: Territory, administrator: Any
) -> None:
    for user in (here.editor, administrator):
        response = put(client, user, [here.establishment], elsewhere.network)
        assert response.status_code == 200

    here.establishment.refresh_from_db()
    assert here.establishment.network == here.network


@pytest.mark.parametrize("role", ["lead", "observer", "school"])
def test_nobody_else_puts_establishments_in_networks(
    client: Client, here: Territory, role: str
) -> None:
    response = put(client, getattr(here, role), [here.establishment], None)

    assert response.status_code in {302, 403}
    here.establishment.refresh_from_db()
    assert here.establishment.network == here.network
