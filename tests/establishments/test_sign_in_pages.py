"""The pages on which one asks for a link, as a school and as a stranger meet them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import SignInLink
from establishments.models import Academy, Establishment
from establishments.sign_in import account_of
from tests.establishments.signing_in import CHOOSE, NOON, SENT, page_of, text
from tests.factories import AcademyFactory, EstablishmentFactory, make_uai

pytestmark = pytest.mark.django_db


class TestChoosing:
    @pytest.mark.parametrize("query", ["{uai}", "college cap", "DIEPPE"])
    def test_an_establishment_is_found_by_uai_name_or_commune(
        self, client: Client, school: Establishment, query: str
    ) -> None:
        page = text(client.get(CHOOSE, {"q": query.format(uai=school.uai)}))

        assert f'href="{page_of(school)}"' in page
        assert "Collège du Cap" in page
        assert f"Dieppe · {school.get_kind_display()} · {school.uai}" in page

    def test_establishments_of_another_academie_are_not_found(
        self, client: Client, school: Establishment
    ) -> None:
        other = EstablishmentFactory(academy=AcademyFactory(), commune="Dieppe")

        assert other.uai not in text(client.get(CHOOSE, {"q": "Dieppe"}))

    def test_at_most_twenty_are_shown_open_ones_first(
        self, client: Client, academy: Academy
    ) -> None:
        closed = EstablishmentFactory(academy=academy, name="A", commune="Dieppe", is_open=False)
        for _ in range(19):
            EstablishmentFactory(academy=academy, commune="Dieppe")
        page = text(client.get(CHOOSE, {"q": "Dieppe"}))
        assert page.count("sign-in-results__item") == 20
        assert page.rindex("sign-in-results__item") < page.index(closed.uai)

        EstablishmentFactory(academy=academy, commune="Dieppe")
        page = text(client.get(CHOOSE, {"q": "Dieppe"}))
        assert page.count("sign-in-results__item") == 20
        assert closed.uai not in page

    def test_without_a_result_the_page_says_whom_to_ask(
        self, client: Client, academy: Academy
    ) -> None:
        page = text(client.get(CHOOSE, {"q": "Brigadoon"}))

        assert "sign-in-results__item" not in page
        assert academy.service_name in page.replace("&#x27;", "’")
        assert f"mailto:{academy.contact_email}" in page

    @pytest.mark.parametrize(
        "query", ["", " ", "\0", "%", "'", "<script>alert(1)</script>", "é" * 5000, "⁂"]
    )
    def test_whatever_is_typed_is_answered(
        self, client: Client, school: Establishment, query: str
    ) -> None:
        response = client.get(CHOOSE, {"q": query, "next": query})

        assert response.status_code == 200
        assert "<script>alert" not in text(response)

    def test_a_name_cannot_bring_a_script(self, client: Client, academy: Academy) -> None:
        school = EstablishmentFactory(academy=academy, name="<script>alert(1)</script>")

        for address in (f"{CHOOSE}?q={school.uai}", page_of(school)):
            assert "<script>alert" not in text(client.get(address))

    def test_a_site_of_no_academie_has_no_space(self, client: Client, school: Any) -> None:
        Academy.objects.update(site=None)

        assert "q" not in re.findall(r'name="(q)" value', text(client.get(CHOOSE)))
        assert client.get(page_of(school)).status_code == 404
        assert client.post(page_of(school)).status_code == 303
        assert not SignInLink.objects.exists()

    def test_who_is_signed_in_goes_on(self, client: Client, school: Establishment) -> None:
        client.force_login(account_of(school))

        assert client.get(CHOOSE, {"next": "/espace/fiches/3/"})["Location"] == "/espace/fiches/3/"

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_list_costs_the_same_however_long(
        self, client: Client, academy: Academy, count: int, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(count):
            EstablishmentFactory(academy=academy, commune="Dieppe")
        client.get(CHOOSE)

        with django_assert_max_num_queries(10):
            client.get(CHOOSE, {"q": "Dieppe"})


class TestOneEstablishment:
    def test_the_mailbox_is_shown_masked_with_the_button(
        self, client: Client, school: Establishment
    ) -> None:
        page = text(client.get(page_of(school)))

        assert school.email not in page
        assert "@example.org" in page
        assert f'action="{page_of(school)}"' in page

    def test_a_closed_one_is_told_so_and_gets_no_button(
        self, client: Client, school: Establishment
    ) -> None:
        Establishment.objects.update(is_open=False)

        page = text(client.get(page_of(school)))

        assert 'method="post"' not in page
        assert f"mailto:{school.academy.contact_email}" in page

    def test_one_without_a_mailbox_is_told_whom_to_ask(
        self, client: Client, school: Establishment
    ) -> None:
        Establishment.objects.update(email="")

        page = text(client.get(page_of(school)))

        assert 'method="post"' not in page
        assert f"mailto:{school.academy.contact_email}" in page

    def test_one_unknown_here_is_not_found(self, client: Client, school: Establishment) -> None:
        elsewhere = EstablishmentFactory(academy=AcademyFactory())

        answers = [client.get(page_of(uai)) for uai in (make_uai(), elsewhere.uai)]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content

    def test_a_uai_in_small_letters_is_the_same(
        self, client: Client, school: Establishment
    ) -> None:
        assert "Collège du Cap" in text(client.get(page_of(school.uai.lower())))


class TestAsking:
    def test_the_answer_is_the_same_whatever_happens(
        self, client: Client, academy: Academy, django_capture_on_commit_callbacks: Any
    ) -> None:
        throttled = EstablishmentFactory(academy=academy)
        uais = [
            EstablishmentFactory(academy=academy).uai,
            EstablishmentFactory(academy=academy, is_open=False).uai,
            EstablishmentFactory(academy=academy, email="").uai,
            EstablishmentFactory(academy=AcademyFactory()).uai,
            make_uai(),
            throttled.uai,
            throttled.uai,
        ]
        answers = set()
        with (
            time_machine.travel(NOON, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            for uai in uais:
                response = client.post(page_of(uai))
                headers = tuple(sorted(response.headers.items()))
                answers.add((response.status_code, headers, response.content))

        assert len(answers) == 1
        assert response.status_code == 303
        assert response["Location"] == SENT
        assert len(mail.outbox) == 2

    def test_the_same_work_is_done_whatever_happens(
        self, client: Client, school: Establishment, django_assert_num_queries: Any
    ) -> None:
        """What differs waits for the worker: neither answer nor time tells."""
        client.post(page_of(school))
        for uai in (school.uai, make_uai()):
            with django_assert_num_queries(6):
                client.post(page_of(uai))

    def test_the_next_page_says_where_to_look_and_how_long(
        self, client: Client, school: Establishment
    ) -> None:
        response = client.post(page_of(school), follow=True)

        assert response.status_code == 200
        assert "30" in text(response)
        assert school.name not in text(response)
        assert "no-store" in response["Cache-Control"]

    def test_a_request_forged_elsewhere_is_refused(self, school: Establishment) -> None:
        strict = Client(enforce_csrf_checks=True)

        assert strict.post(page_of(school)).status_code == 403
        assert not SignInLink.objects.exists()

    def test_too_many_requests_from_one_address_are_told_how_long_to_wait(
        self, client: Client, school: Establishment
    ) -> None:
        with time_machine.travel(NOON, tick=False):
            for _ in range(120):
                client.post(page_of(school))
            refused = client.post(page_of(school))
            elsewhere = client.post(page_of(school), REMOTE_ADDR="198.51.100.7")

        assert refused.status_code == 429
        assert refused["Retry-After"] == "600"
        assert "10" in text(refused)
        assert elsewhere.status_code == 303
