from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.permissions import policy_registry

from accounts.models import User
from campaigns.models import Theme
from campaigns.provisioning import open_site
from campaigns.term_permissions import VOCABULARIES
from establishments.models import Academy
from tests.factories import AcademyFactory, UserFactory, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def normandie() -> Academy:
    academy = AcademyFactory(code="70", name="Normandie", slug="normandie")
    open_site(academy, hostname="localhost", is_default=True)
    return academy


@pytest.fixture
def amiens() -> Academy:
    academy = AcademyFactory(code="20", name="Amiens", slug="amiens")
    open_site(academy, hostname="amiens.localhost")
    return academy


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(view: str, *args: Any) -> str:
    return reverse(Theme.snippet_viewset.get_url_name(view), args=args)


def test_an_editor_sees_the_core_and_their_own_terms_only(
    normandie: Academy, amiens: Academy
) -> None:
    Theme.objects.create(academy=normandie, label="La mer")
    Theme.objects.create(academy=amiens, label="Les hortillonnages")

    html = client_of(make_editor(normandie)).get(address("list")).content.decode()

    assert "Estime de soi et confiance" in html
    assert "La mer" in html
    assert "Les hortillonnages" not in html


def test_an_editor_adds_a_term_to_their_own_academy(normandie: Academy) -> None:
    response = client_of(make_editor(normandie)).post(
        address("add"),
        {"label": "La mer", "academy": normandie.pk, "order": "1000", "is_active": "on"},
    )

    assert response.status_code == 302
    term = Theme.objects.get(label="La mer")
    assert (term.academy, term.code) == (normandie, "la-mer")


@pytest.mark.parametrize("where", ["core", "other"])
def test_an_editor_adds_nothing_to_the_core_nor_to_another_academy(
    normandie: Academy, amiens: Academy, where: str
) -> None:
    academy = "" if where == "core" else amiens.pk

    response = client_of(make_editor(normandie)).post(
        address("add"), {"label": "La mer", "academy": academy, "order": "1", "is_active": "on"}
    )

    assert "academy" in response.context["form"].errors
    assert not Theme.objects.filter(label="La mer").exists()


def test_an_editor_changes_their_own_term_and_keeps_its_code(normandie: Academy) -> None:
    term = Theme.objects.create(academy=normandie, label="La mer")

    client_of(make_editor(normandie)).post(
        address("edit", term.pk),
        {"label": "Le littoral", "academy": normandie.pk, "order": "5"},
    )

    term.refresh_from_db()
    assert (term.label, term.code, term.is_active) == ("Le littoral", "la-mer", False)


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_an_editor_reaches_neither_the_core_nor_another_academys_term(
    normandie: Academy, amiens: Academy, view: str
) -> None:
    core = Theme.objects.filter(academy=None).first()
    theirs = Theme.objects.create(academy=amiens, label="Les hortillonnages")
    client = client_of(make_editor(normandie))

    for term in (core, theirs):
        before = term.label
        assert client.get(address(view, term.pk)).status_code in {302, 403, 404}
        assert client.post(address(view, term.pk), {"label": "Pris"}).status_code in {
            302, 403, 404, 405,
        }  # fmt: skip
        term.refresh_from_db()
        assert term.label == before


def test_an_editor_deletes_no_term_a_fiche_may_use(normandie: Academy) -> None:
    term = Theme.objects.create(academy=normandie, label="La mer")

    response = client_of(make_editor(normandie)).post(address("delete", term.pk))

    assert response.status_code in {302, 403, 404}
    assert Theme.objects.filter(pk=term.pk).exists()


def test_the_chooser_offers_what_is_within_reach(normandie: Academy, amiens: Academy) -> None:
    Theme.objects.create(academy=amiens, label="Les hortillonnages")
    chooser = reverse(Theme.snippet_viewset.chooser_viewset.get_url_name("choose_results"))

    html = client_of(make_editor(normandie)).get(chooser).content.decode()
    assert "Assiduité" in html
    assert "hortillonnages" not in html


def test_an_administrator_changes_the_core(normandie: Academy) -> None:
    admin = UserFactory(is_superuser=True)
    term = Theme.objects.get(code="digital", academy=None)

    response = client_of(admin).post(
        address("edit", term.pk),
        {"label": "Culture numérique", "academy": "", "order": "130", "is_active": "on"},
    )

    assert response.status_code == 302, list(get_messages(response.wsgi_request))
    term.refresh_from_db()
    assert (term.label, term.academy) == ("Culture numérique", None)


def test_somebody_without_an_academy_sees_no_vocabulary() -> None:
    nobody = UserFactory()
    for model in VOCABULARIES:
        policy = policy_registry.get_by_type(model)
        for action in ("view", "add", "change", "delete"):
            assert not policy.user_has_permission(nobody, action)
            assert not policy.instances_user_has_permission_for(nobody, action).exists()


def test_two_terms_of_one_name_get_two_codes_and_none_passes_for_the_core(
    normandie: Academy,
) -> None:
    first = Theme.objects.create(academy=normandie, label="La mer")
    second = Theme.objects.create(academy=normandie, label="La Mer !")
    core = Theme.objects.get(code="motivation", academy=None)
    third = Theme.objects.create(academy=normandie, label="Motivation")

    assert (first.code, second.code) == ("la-mer", "la-mer-2")
    assert core.code == "motivation"
    assert third.code == "motivation-2"


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_whatever_its_length(
    normandie: Academy, django_assert_max_num_queries: Any, number: int
) -> None:
    client = client_of(make_editor(normandie))
    for rank in range(number):
        Theme.objects.create(academy=normandie, label=f"Thème {rank}")
    client.get(address("list"))

    with django_assert_max_num_queries(25):
        client.get(address("list"))
