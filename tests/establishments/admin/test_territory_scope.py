"""Each address of the territory's admin, for each role: an académie is its editors' own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import User
from establishments.models import Academy, Basin, Department, Establishment, Network
from tests.establishments.territory import Territory

MODELS: list[type[Model]] = [Department, Basin, Network, Establishment]
LISTS = ["index", "index_results"]
OBJECT_VIEWS = ["edit", "history", "history_results", "usage"]


def address(model: type[Model], view: str, *args: Any) -> str:
    return reverse(f"{model._meta.model_name}:{view}", args=args)


def status(client: Client, user: User | None, url: str, **params: Any) -> int:
    if user is None:
        client.logout()
    else:
        client.force_login(user)
    return client.get(url, params).status_code


@pytest.fixture
def body(client: Client) -> Callable[[User, str], str]:
    def get(user: User, url: str) -> str:
        client.force_login(user)
        response = client.get(url)
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.mark.parametrize("view", LISTS)
@pytest.mark.parametrize("model", MODELS)
def test_a_list_shows_an_editor_their_rows_only(
    body: Callable[[User, str], str],
    here: Territory,
    elsewhere: Territory,
    model: type[Model],
    view: str,
) -> None:
    page = body(here.editor, address(model, view))

    assert str(here.row(model)).split(",")[0].split(" (")[0] in page
    assert str(elsewhere.row(model)).split(",")[0].split(" (")[0] not in page


@pytest.mark.parametrize("view", OBJECT_VIEWS)
@pytest.mark.parametrize("model", MODELS)
def test_a_row_is_open_to_its_editor_and_unknown_to_the_next(
    client: Client, here: Territory, elsewhere: Territory, model: type[Model], view: str
) -> None:
    url = address(model, view, here.row(model).pk)

    assert status(client, here.editor, url) == 200
    assert status(client, elsewhere.editor, url) == 404


@pytest.mark.parametrize("model", [Basin, Network, Establishment])
def test_a_row_is_deleted_by_its_editor_and_by_no_other(
    client: Client, here: Territory, elsewhere: Territory, model: type[Model]
) -> None:
    url = address(model, "delete", here.row(model).pk)
    here.network.establishments.clear()

    client.force_login(elsewhere.editor)
    assert client.post(url).status_code == 404
    client.force_login(here.editor)
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302

    assert not model._default_manager.filter(pk=here.row(model).pk).exists()


@pytest.mark.parametrize("model", [*MODELS, Academy])
@pytest.mark.parametrize("role", ["lead", "observer"])
def test_leads_and_observers_see_none_of_it(
    client: Client, here: Territory, model: type[Model], role: str
) -> None:
    user, row = getattr(here, role), here.row(model)
    refused = {302, 403, 404}

    for view in [*LISTS, "add"]:
        assert status(client, user, address(model, view)) in refused, view
    for view in [*OBJECT_VIEWS, "delete"]:
        assert status(client, user, address(model, view, row.pk)) in refused, view


@pytest.mark.parametrize("model", [*MODELS, Academy])
def test_an_establishment_and_a_stranger_are_kept_out_of_the_admin(
    client: Client, here: Territory, model: type[Model]
) -> None:
    urls = [address(model, view) for view in [*LISTS, "add"]]
    urls += [address(model, view, here.row(model).pk) for view in [*OBJECT_VIEWS, "delete"]]

    for user in (here.school, None):
        for url in urls:
            assert status(client, user, url) in {302, 403}, url


@pytest.mark.parametrize("view", [*LISTS, "add"])
def test_the_list_of_academies_is_the_administrators(
    client: Client, here: Territory, administrator: User, view: str
) -> None:
    url = address(Academy, view)

    assert status(client, here.editor, url) in {302, 403}
    assert status(client, administrator, url) == 200


@pytest.mark.parametrize("view", [*OBJECT_VIEWS, "delete"])
def test_an_academy_is_the_administrators(
    client: Client, here: Territory, administrator: User, view: str
) -> None:
    url = address(Academy, view, here.academy.pk)

    assert status(client, here.editor, url) in {302, 403, 404}
    assert status(client, administrator, url) == 200


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_reaches_every_row(
    client: Client, here: Territory, elsewhere: Territory, administrator: User, model: type[Model]
) -> None:
    for row in (here.row(model), elsewhere.row(model)):
        for view in OBJECT_VIEWS:
            assert status(client, administrator, address(model, view, row.pk)) == 200


def test_editors_add_and_delete_no_department(client: Client, here: Territory) -> None:
    url = address(Department, "delete", here.department.pk)

    assert status(client, here.editor, address(Department, "add")) in {302, 403}
    assert status(client, here.editor, url) in {302, 403, 404}


def test_editors_do_not_delete_what_the_directory_brought(client: Client, here: Territory) -> None:
    Establishment.objects.update(source="directory")
    url = address(Establishment, "delete", here.establishment.pk)

    client.force_login(here.editor)
    assert client.post(url).status_code == 404

    listed = client.get(address(Establishment, "index")).content.decode()
    assert url not in listed
    assert Establishment.objects.filter(pk=here.establishment.pk).exists()


def test_what_others_depend_on_is_not_deleted(client: Client, here: Territory) -> None:
    here.basin.department = here.department
    here.basin.save()
    client.force_login(User.objects.create(username="root", is_superuser=True))

    response = client.post(address(Department, "delete", here.department.pk), follow=True)

    assert response.status_code == 200
    assert Department.objects.filter(pk=here.department.pk).exists()


CHOOSER = ["choose", "choose_results", "chosen_multiple"]


@pytest.mark.parametrize("view", CHOOSER)
def test_the_chooser_offers_an_editor_their_establishments_only(
    body: Callable[[User, str], str], here: Territory, elsewhere: Territory, view: str
) -> None:
    keys = f"?id={here.establishment.pk}&id={elsewhere.establishment.pk}"
    page = body(here.editor, reverse(f"establishment_chooser:{view}") + keys)

    assert here.establishment.name.split()[-1] in page
    assert elsewhere.establishment.name.split()[-1] not in page.replace("amiens.localhost", "")


def test_the_chooser_answers_for_no_establishment_of_others(
    client: Client, here: Territory, elsewhere: Territory
) -> None:
    def chosen(row: Establishment) -> str:
        return reverse("establishment_chooser:chosen", args=[row.pk])

    assert status(client, here.editor, chosen(here.establishment)) == 200
    assert status(client, here.editor, chosen(elsewhere.establishment)) == 404


@pytest.mark.parametrize("view", CHOOSER)
@pytest.mark.parametrize("role", ["lead", "observer", "school", None])
def test_the_chooser_is_closed_to_everybody_else(
    client: Client, here: Territory, view: str, role: str | None
) -> None:
    user = getattr(here, role) if role else None

    assert status(client, user, reverse(f"establishment_chooser:{view}")) in {302, 403}


def test_the_chooser_searches_as_people_write(
    body: Callable[[User, str], str], here: Territory
) -> None:
    url = reverse("establishment_chooser:choose_results")

    assert here.establishment.uai in body(here.editor, f"{url}?q=COLLEGE+normandie")
    assert here.establishment.uai not in body(here.editor, f"{url}?q=lycee")


@pytest.mark.parametrize("role", ["editor", "lead", "observer"])
def test_the_menu_shows_the_territory_to_editors_only(
    client: Client, here: Territory, role: str
) -> None:
    client.force_login(getattr(here, role))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert (address(Establishment, "index") in page) is (role == "editor")
    assert address(Academy, "index") not in page
    assert reverse("directory_import:index") not in page


@pytest.mark.parametrize("report", ["site_history", "workflow", "workflow_tasks"])
def test_reports_that_mix_academies_are_the_administrators(
    client: Client, here: Territory, administrator: User, report: str
) -> None:
    for name in (report, f"{report}_results"):
        url = reverse(f"wagtailadmin_reports:{name}")
        for user in (here.editor, here.lead, here.school, None):
            assert status(client, user, url) in {302, 403}
        assert status(client, administrator, url) == 200


def test_reports_that_mix_academies_are_not_in_an_editors_menu(
    client: Client, here: Territory
) -> None:
    client.force_login(here.editor)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("wagtailadmin_reports:site_history") not in page


@pytest.mark.parametrize("model", [*MODELS, Academy])
@pytest.mark.parametrize(
    "query", ["q=a'%00", "p=abc", "p=-1", "ordering=x", "department=abc", "kind=z"]
)
def test_no_query_string_breaks_a_list(
    client: Client, here: Territory, administrator: User, model: type[Model], query: str
) -> None:
    client.force_login(administrator)

    assert client.get(f"{address(model, 'index')}?{query}").status_code == 200
