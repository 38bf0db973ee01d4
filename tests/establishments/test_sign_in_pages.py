"""The pages of sign-in, as a school and as a stranger meet them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client

from accounts.links import make_token
from accounts.models import SignInLink, User
from establishments.models import Academy, Establishment
from establishments.sign_in import account_of
from tests.factories import (
    AcademyFactory,
    EstablishmentFactory,
    UserFactory,
    make_site,
    make_uai,
)

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
CHOOSE = "/espace/connexion/"
SENT = "/espace/connexion/envoye/"
LINK = "/espace/connexion/lien/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(academy: Academy) -> Establishment:
    return EstablishmentFactory(academy=academy, name="Collège du Cap", commune="Dieppe")


def page_of(school: Establishment | str) -> str:
    return f"{CHOOSE}{school if isinstance(school, str) else school.uai}/"


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


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


class TestEntering:
    @pytest.fixture
    def token(self, school: Establishment) -> str:
        return make_token(account_of(school))

    def test_opening_the_link_spends_nothing(
        self, client: Client, school: Establishment, token: str
    ) -> None:
        for _ in range(3):
            response = client.get(LINK, {"jeton": token})

        assert response.status_code == 200
        assert "Collège du Cap" in text(response)
        assert "sessionid" not in client.cookies
        assert client.post(LINK, {"jeton": token})["Location"] == "/espace/"

    def test_the_page_of_the_link_is_neither_kept_nor_told_to_other_sites(
        self, client: Client, token: str
    ) -> None:
        for response in (
            client.get(LINK, {"jeton": token}),
            client.post(LINK, {"jeton": token}),
            client.get(LINK, {"jeton": token}),
        ):
            assert "no-store" in response["Cache-Control"]
            assert response["Referrer-Policy"] == "strict-origin"

    def test_the_button_enters_once(
        self, client: Client, school: Establishment, token: str
    ) -> None:
        assert client.post(LINK, {"jeton": token}).status_code == 303
        assert client.session["_auth_user_id"] == str(account_of(school).pk)
        other = Client()
        again = other.post(LINK, {"jeton": token})

        assert again.status_code == 410
        assert CHOOSE in text(again)
        assert "_auth_user_id" not in other.session

    def test_one_comes_back_to_the_page_one_asked_for(
        self, client: Client, school: Establishment, token: str
    ) -> None:
        page = text(client.get(page_of(school), {"next": "/espace/fiches/3/"}))
        assert 'name="next" value="/espace/fiches/3/"' in page
        client.post(page_of(school), {"next": "/espace/fiches/3/"})

        assert client.post(LINK, {"jeton": token})["Location"] == "/espace/fiches/3/"

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/", "//evil.example/espace/", "/admin/", "/espace/\\evil", "/espace"],
    )
    def test_nobody_is_led_elsewhere(
        self, client: Client, school: Establishment, token: str, elsewhere: str
    ) -> None:
        client.post(page_of(school), {"next": elsewhere})

        location = client.post(LINK, {"jeton": token})["Location"]

        assert location.startswith("/espace/")
        assert "evil.example" not in location

    @pytest.mark.parametrize(
        ("token", "status"), [("", 400), ("x", 410), ("é\0", 410), ("A" * 5000, 410)]
    )
    def test_a_link_that_is_none_is_refused_with_a_way_on(
        self, client: Client, academy: Academy, token: str, status: int
    ) -> None:
        for response in (client.get(LINK, {"jeton": token}), client.post(LINK, {"jeton": token})):
            assert response.status_code == status
            assert CHOOSE in text(response)

    def test_an_old_link_is_refused(self, client: Client, school: Establishment) -> None:
        with time_machine.travel(NOON, tick=False):
            token = make_token(account_of(school))
        with time_machine.travel(NOON + timedelta(minutes=30), tick=False):
            assert client.post(LINK, {"jeton": token}).status_code == 410

    def test_a_school_closed_since_is_refused(
        self, client: Client, school: Establishment, token: str
    ) -> None:
        Establishment.objects.update(is_open=False)

        assert client.post(LINK, {"jeton": token}).status_code == 410

    def test_no_link_lets_an_administrator_in(self, client: Client, academy: Academy) -> None:
        token = make_token(UserFactory(is_superuser=True))

        assert client.get(LINK, {"jeton": token}).status_code == 410
        assert client.post(LINK, {"jeton": token}).status_code == 410


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_presses_of_the_button_at_once_exactly_one_enters() -> None:
    school = EstablishmentFactory(academy=make_site())
    token = make_token(account_of(school))
    clients, statuses, start = [Client(), Client()], [], Barrier(2)

    def press(client: Client) -> None:
        start.wait()
        statuses.append(client.post(LINK, {"jeton": token}).status_code)
        connection.close()

    presses = [Thread(target=press, args=[client]) for client in clients]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()

    assert sorted(statuses) == [303, 410]
    assert sum("_auth_user_id" in client.session for client in clients) == 1


class TestLeaving:
    def test_leaving_ends_the_session(self, client: Client, school: Establishment) -> None:
        client.force_login(account_of(school))

        assert client.post("/espace/deconnexion/")["Location"] == CHOOSE
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("address", ["/espace/deconnexion/", "/espace/deconnexion/partout/"])
    def test_a_link_cannot_sign_anybody_out(
        self, client: Client, school: Establishment, address: str
    ) -> None:
        client.force_login(account_of(school))

        assert client.get(address).status_code == 405
        assert "_auth_user_id" in client.session

    def test_leaving_everywhere_ends_every_session_and_voids_pending_links(
        self, client: Client, school: Establishment
    ) -> None:
        account = account_of(school)
        other = Client()
        client.force_login(account)
        other.force_login(account)
        token = make_token(User.objects.get(pk=account.pk))

        client.post("/espace/deconnexion/partout/")

        assert "_auth_user_id" not in client.session
        assert client.get(LINK, {"jeton": token}).status_code == 410
        assert other.post("/espace/deconnexion/partout/")["Location"].startswith(CHOOSE)

    def test_a_person_does_not_end_their_sessions_there(
        self, client: Client, academy: Academy
    ) -> None:
        person = UserFactory()
        client.force_login(person)

        assert client.post("/espace/deconnexion/partout/").status_code == 403
        person.refresh_from_db()
        assert person.check_password("secret")
