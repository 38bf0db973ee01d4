"""Who gets into the space of establishments."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from establishments.access import EstablishmentRequest, academy_of, establishment_required
from establishments.models import Academy, Establishment
from establishments.sign_in import account_of
from tests.factories import EstablishmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@establishment_required
def space(request: EstablishmentRequest) -> HttpResponse:
    return HttpResponse(request.establishment.uai)


def ask(user: Any, method: str = "get") -> HttpResponse:
    request = getattr(RequestFactory(), method)("/espace/fiches/3/?onglet=2")
    request.user = user
    request.session = {}
    return space(request)


def test_an_establishment_enters_with_itself(academy: Academy) -> None:
    school = EstablishmentFactory(academy=academy)

    assert ask(account_of(school)).content.decode() == school.uai


def test_a_stranger_is_asked_to_sign_in_and_will_come_back(academy: Academy) -> None:
    assert ask(AnonymousUser())["Location"] == (
        "/espace/connexion/?next=/espace/fiches/3/%3Fonglet%3D2"
    )
    assert ask(AnonymousUser(), "post")["Location"] == "/espace/connexion/?next=/espace/"


def test_a_person_is_told_that_this_is_not_for_them(academy: Academy) -> None:
    person = UserFactory(first_name="Lou", last_name="Martin")

    response = ask(person)

    assert response.status_code == 403
    assert "Lou Martin" in response.content.decode()


def test_an_establishment_closed_since_is_told_whom_to_ask(academy: Academy) -> None:
    account = account_of(EstablishmentFactory(academy=academy))
    Establishment.objects.update(is_open=False)

    response = ask(account)

    assert response.status_code == 403
    assert re.search(r"mailto:contact@normandie\.example", response.content.decode())


def test_the_academie_is_that_of_the_site(academy: Academy) -> None:
    request = RequestFactory().get("/", HTTP_HOST="localhost")

    assert academy_of(request) == academy
    Academy.objects.update(site=None)
    assert academy_of(RequestFactory().get("/", HTTP_HOST="localhost")) is None
