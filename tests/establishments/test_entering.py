"""Entering by a link, and leaving."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.test import Client

from accounts.links import make_token
from accounts.models import User
from establishments.models import Academy, Establishment
from establishments.sign_in import account_of
from tests.establishments.signing_in import CHOOSE, LINK, NOON, page_of, text
from tests.factories import EstablishmentFactory, UserFactory, make_site

pytestmark = pytest.mark.django_db


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
