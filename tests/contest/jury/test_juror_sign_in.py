"""Jurors sign in by a link to their own mailbox; nobody learns who is one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.links import holder_of, make_token
from accounts.models import MailRecord, SignInLink, User
from contest.jury import sign_in_requests
from contest.jury.sign_in import SCOPE, enterable
from contest.models import Juror
from establishments.models import Academy
from establishments.sign_in import account_of
from tests.contest.scene import Scene
from tests.factories import UserFactory

from .scene import NOW, make_juror

pytestmark = pytest.mark.django_db

ASK = "/jury/connexion/"
SENT = "/jury/connexion/envoye/"
LINK = "/jury/connexion/lien/"
State = SignInLink.State


@pytest.fixture
def juror(scene: Scene) -> Juror:
    """Somebody invited, with an account that has no password."""
    made = make_juror(scene, email="lea.peintre@exemple.fr")
    assert made.user
    made.user.set_unusable_password()
    made.user.save()
    return made


@pytest.fixture
def ask(client: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Ask for a link on the page, and let the worker answer."""

    def _ask(email: str, at: datetime = NOW, **data: str) -> Any:
        with (
            time_machine.travel(at, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            return client.post(ASK, {"email": email, **data})

    return _ask


def token_in(message: Any) -> str:
    found = re.search(r"http://localhost/jury/connexion/lien/\?jeton=([\w-]+)", message.body)
    assert found
    return found[1]


class TestAsking:
    def test_the_link_arrives_at_the_jurors_own_mailbox_and_lets_in_once(
        self, client: Client, juror: Juror, ask: Any
    ) -> None:
        response = ask(" Lea.Peintre@EXEMPLE.fr", next="/jury/tours/3/")
        assert (response.status_code, response["Location"]) == (303, SENT)
        [message] = mail.outbox
        assert message.to == ["lea.peintre@exemple.fr"]
        token = token_in(message)
        with time_machine.travel(NOW, tick=False):
            for _ in range(3):
                page = client.get(LINK, {"jeton": token})
                assert page.status_code == 200
                assert juror.name in page.content.decode()
            assert page["Referrer-Policy"] == "strict-origin"
            entered = client.post(LINK, {"jeton": token})
            assert (entered.status_code, entered["Location"]) == (303, "/jury/tours/3/")
            assert client.session["_auth_user_id"] == str(juror.user_id)
            assert Client().post(LINK, {"jeton": token}).status_code == 410

    def test_the_register_never_holds_the_token(self, juror: Juror, ask: Any) -> None:
        ask(juror.email)
        record = MailRecord.objects.get()
        assert (record.kind, record.body, record.outcome) == ("jury_sign_in", "", "sent")
        assert record.scope == juror.contest.get_site().academy.code
        link = SignInLink.objects.get()
        assert (link.state, link.user_id) == (State.SENT, juror.user_id)

    def test_the_answer_is_the_same_whoever_it_is(
        self, scene: Scene, juror: Juror, ask: Any
    ) -> None:
        make_juror(scene, email="partie@exemple.fr", left_at=NOW)
        answers = {
            (answer.status_code, answer["Location"], answer.content)
            for answer in (
                ask(juror.email),
                ask("personne@exemple.fr"),
                ask("partie@exemple.fr"),
                ask(scene.editor.email),
                ask(scene.establishment.mailbox),
            )
        }
        assert len(answers) == 1
        assert [message.to for message in mail.outbox] == [[juror.email]]
        assert SignInLink.objects.filter(state=State.NOBODY).count() == 4

    def test_who_has_a_password_or_rights_is_sent_to_it_by_mail_without_a_token(
        self, scene: Scene, ask: Any
    ) -> None:
        lead = make_juror(scene, user=scene.lead, email=scene.lead.email)
        assert lead.user
        assert lead.user.has_usable_password()
        ask(lead.email)
        [message] = mail.outbox
        assert "jeton" not in message.body
        assert "http://localhost/admin/login/?next=%2Fjury%2F" in message.body

    def test_an_address_that_is_none_is_told_beside_the_field_and_kept(
        self, client: Client, juror: Juror
    ) -> None:
        page = client.post(ASK, {"email": "léa", "next": "/jury/tours/3/"})
        shown = page.content.decode()
        assert page.status_code == 200
        assert 'value="léa"' in shown
        assert 'aria-invalid="true"' in shown
        assert 'value="/jury/tours/3/"' in shown
        assert not SignInLink.objects.exists()

    def test_a_second_link_is_not_sent_while_the_first_is_fresh(
        self, juror: Juror, ask: Any
    ) -> None:
        ask(juror.email)
        ask(juror.email, NOW + timedelta(minutes=4))
        assert len(mail.outbox) == 1
        ask(juror.email, NOW + timedelta(minutes=5))
        assert len(mail.outbox) == 2

    def test_one_network_address_cannot_ask_without_end(
        self, client: Client, scene: Scene, ask: Any
    ) -> None:
        for _ in range(120):
            ask("personne@exemple.fr")
        refused = ask("personne@exemple.fr")
        assert refused.status_code == 429
        assert refused["Retry-After"] == "600"

    def test_a_site_of_no_academie_sends_nothing(self, juror: Juror, ask: Any) -> None:
        Academy.objects.update(site=None)
        assert ask(juror.email).status_code == 303
        assert mail.outbox == []


class TestTokens:
    @pytest.fixture(autouse=True)
    def _at(self) -> Any:
        with time_machine.travel(NOW, tick=False):
            yield

    def test_a_token_opens_one_space_only(self, client: Client, scene: Scene, juror: Juror) -> None:
        assert juror.user
        for_space = make_token(juror.user)
        for_jury = make_token(account_of(scene.establishment), SCOPE)
        assert holder_of(for_space, SCOPE) is None
        assert client.post(LINK, {"jeton": for_space}).status_code == 410
        assert client.post("/espace/connexion/lien/", {"jeton": for_jury}).status_code == 410
        assert client.post(LINK, {"jeton": for_jury}).status_code == 410
        mine = make_token(juror.user, SCOPE)
        assert client.post("/espace/connexion/lien/", {"jeton": mine}).status_code == 410

    @pytest.mark.parametrize(
        "rights", ["password", "superuser", "staff", "permission", "organiser"]
    )
    def test_no_link_lets_a_person_with_rights_in(
        self, scene: Scene, juror: Juror, rights: str
    ) -> None:
        user = juror.user
        assert user
        if rights == "password":
            user.set_password("x")
        elif rights == "superuser":
            user.is_superuser = True
        elif rights == "staff":
            user.is_staff = True
        elif rights == "permission":
            user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        else:
            user.groups.add(scene.academy.editor_group)
        user.save()
        token = make_token(user, SCOPE)
        assert enterable(token) is None
        assert Client().post(LINK, {"jeton": token}).status_code == 410

    @pytest.mark.parametrize("change", ["left", "address", "inactive", "late"])
    def test_what_changed_since_voids_the_link(self, juror: Juror, change: str) -> None:
        assert juror.user
        token = make_token(juror.user, SCOPE)
        at = NOW
        if change == "left":
            Juror.objects.update(left_at=NOW)
        elif change == "address":
            Juror.objects.update(email="autre@exemple.fr")
        elif change == "inactive":
            User.objects.filter(pk=juror.user_id).update(is_active=False)
        else:
            at = NOW + timedelta(minutes=30)
        with time_machine.travel(at, tick=False):
            assert enterable(token) is None
            assert Client().post(LINK, {"jeton": token}).status_code == 410

    @pytest.mark.parametrize(
        ("token", "status"), [("", 400), ("x", 410), ("é\0", 410), ("A" * 5000, 410)]
    )
    def test_a_link_that_is_none_is_refused_with_a_way_on(
        self, client: Client, scene: Scene, token: str, status: int
    ) -> None:
        for response in (client.get(LINK, {"jeton": token}), client.post(LINK, {"jeton": token})):
            assert response.status_code == status
            assert f'href="{ASK}"' in response.content.decode()

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example/jury/", "/admin/", "/jury/\\evil"]
    )
    def test_nobody_is_led_elsewhere(
        self, client: Client, juror: Juror, elsewhere: str, ask: Any
    ) -> None:
        assert juror.user
        ask("x@exemple.fr", next=elsewhere)
        location = client.post(LINK, {"jeton": make_token(juror.user, SCOPE)})["Location"]
        assert location.startswith("/jury/")
        assert "evil.example" not in location


class TestSession:
    def test_entering_sets_when_they_first_came_and_lasts_a_working_day(
        self, client: Client, juror: Juror
    ) -> None:
        assert juror.user
        with time_machine.travel(NOW, tick=False):
            client.post(LINK, {"jeton": make_token(juror.user, SCOPE)}, follow=True)
            assert client.get("/jury/").status_code == 200
        juror.refresh_from_db()
        assert juror.joined_at == NOW
        with time_machine.travel(NOW + timedelta(hours=9), tick=False):
            assert client.get(ASK)["Location"] == "/jury/"
        cache.clear()  # Redis has a clock of its own, by which it forgets a session in time
        with time_machine.travel(NOW + timedelta(hours=11), tick=False):
            assert client.get("/jury/")["Location"].startswith(ASK)
        juror.refresh_from_db()
        assert juror.joined_at == NOW

    def test_leaving_ends_it(self, client: Client, juror: Juror) -> None:
        assert juror.user
        with time_machine.travel(NOW, tick=False):
            client.post(LINK, {"jeton": make_token(juror.user, SCOPE)})
            assert client.get("/jury/deconnexion/").status_code == 405
            assert client.post("/jury/deconnexion/")["Location"] == ASK
            assert client.get("/jury/")["Location"].startswith(ASK)

    def test_a_person_without_a_jury_is_told_why_not(self, client: Client, scene: Scene) -> None:
        client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get("/jury/").status_code == 403


def test_the_queue_keeps_no_address_that_a_stranger_types(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[tuple[Any, ...]] = []
    task = SimpleNamespace(enqueue=lambda *args: asked.append(args))
    monkeypatch.setattr(sign_in_requests, "answer_request", task)
    juror = make_juror(scene)
    for email in ("inconnue@exemple.fr", juror.email):
        with django_capture_on_commit_callbacks(execute=True):
            sign_in_requests.ask_for_link(email, address="203.0.113.9", now=NOW)
    assert [account for _link, account in asked] == [0, juror.user_id]
