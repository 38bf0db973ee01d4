"""The registers in the admin: who reads what, and that nobody changes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.users.forms import GroupForm

from accounts.mailing import record_mail
from accounts.models import MailRecord, SignInLink, User
from establishments.models import Academy
from establishments.sign_in import account_of
from tests.factories import (
    DepartmentFactory,
    EstablishmentFactory,
    NetworkFactory,
    UserFactory,
    make_editor,
    make_site,
)

pytestmark = pytest.mark.django_db

MAILS = "/admin/registers/mails/"
LINKS = "/admin/registers/sign-in-links/"
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.fixture
def other(academy: Academy) -> Academy:
    return make_site("amiens", "amiens.localhost", is_default=False)


def mail_of(academy: Academy, subject: str = "Fiche reçue", **fields: Any) -> MailRecord:
    record = record_mail(
        fields.pop("kind", "sign_in"),
        "ce.0760372s@example.org",
        subject,
        fields.pop("body", "Bonjour,\n\nNous avons reçu la fiche.\n"),
        scope=academy.code,
    )
    MailRecord.objects.filter(pk=record.pk).update(**fields)
    return record


def link_of(academy: Academy, name: str, **fields: Any) -> SignInLink:
    school = EstablishmentFactory(academy=academy, name=name)
    return SignInLink.objects.create(user=account_of(school), address_hash="a" * 64, **fields)


def sign_in(client: Client, user: User) -> None:
    client.force_login(user)


class TestScope:
    def test_an_editor_reads_the_rows_of_their_academie_only(
        self, client: Client, academy: Academy, other: Academy
    ) -> None:
        ours, theirs = mail_of(academy, "Ici"), mail_of(other, "Ailleurs")
        our_link, their_link = link_of(academy, "Collège d’ici"), link_of(other, "D’ailleurs")
        nobodys = SignInLink.objects.create(address_hash="b")
        sign_in(client, make_editor(academy))

        mails = client.get(MAILS).content.decode()
        links = client.get(LINKS).content.decode()
        assert "Ici" in mails
        assert "Ailleurs" not in mails
        assert "Collège d’ici" in links
        assert "D’ailleurs" not in links
        for address, row, status in (
            (MAILS, ours, 200),
            (MAILS, theirs, 404),
            (LINKS, our_link, 200),
            (LINKS, their_link, 404),
            (LINKS, nobodys, 404),
        ):
            assert client.get(f"{address}inspect/{row.pk}/").status_code == status

    def test_an_administrator_reads_all(
        self, client: Client, academy: Academy, other: Academy
    ) -> None:
        rows = [mail_of(academy), mail_of(other)]
        link = SignInLink.objects.create(address_hash="b")
        sign_in(client, UserFactory(is_superuser=True))

        assert client.get(MAILS).content.decode().count("data-object-pk") == 2
        assert all(client.get(f"{MAILS}inspect/{row.pk}/").status_code == 200 for row in rows)
        assert client.get(f"{LINKS}inspect/{link.pk}/").status_code == 200

    @pytest.mark.parametrize("role", ["lead", "observer", "nobody", "establishment"])
    def test_nobody_else_reads_them_or_finds_them_in_the_menu(
        self, client: Client, academy: Academy, role: str
    ) -> None:
        record, link = mail_of(academy), link_of(academy, "Collège du Cap")
        person = UserFactory()
        if role == "lead":
            NetworkFactory(academy=academy, leads=[person])
        elif role == "observer":
            DepartmentFactory(academy=academy).observers.add(person)
        elif role == "establishment":
            person = account_of(EstablishmentFactory(academy=academy))
        sign_in(client, person)

        for address in (
            MAILS,
            LINKS,
            f"{MAILS}inspect/{record.pk}/",
            f"{LINKS}inspect/{link.pk}/",
        ):
            assert client.get(address).status_code in {302, 403, 404}
        home = client.get("/admin/", follow=True).content.decode()
        assert MAILS not in home
        assert LINKS not in home

    @pytest.mark.parametrize("path", [MAILS, LINKS])
    def test_a_stranger_is_sent_to_sign_in(self, client: Client, path: str, db: None) -> None:
        assert client.get(path).status_code == 302
        assert client.get(f"{path}inspect/1/").status_code == 302


class TestReadOnly:
    @pytest.mark.parametrize("action", ["create", "edit", "delete", "history"])
    @pytest.mark.parametrize("register", ["registers_mails", "registers_sign-in-links"])
    def test_there_is_no_address_to_change_anything(self, register: str, action: str) -> None:
        for args in ([], ["1"]):
            with pytest.raises(NoReverseMatch):
                reverse(f"{register}_modeladmin_{action}", args=args)

    @pytest.mark.parametrize("action", ["create/", "edit/{}/", "delete/{}/", "inspect/{}/"])
    def test_what_is_posted_changes_nothing(
        self, client: Client, academy: Academy, action: str
    ) -> None:
        record = mail_of(academy)
        sign_in(client, UserFactory(is_superuser=True))

        assert client.post(MAILS + action.format(record.pk)).status_code in {404, 405}
        assert MailRecord.objects.filter(pk=record.pk, subject="Fiche reçue").exists()

    def test_no_permission_can_be_ticked_for_a_group(self, db: None) -> None:
        offered = GroupForm().registered_permissions.values_list("codename", flat=True)

        assert offered
        assert not [name for name in offered if name.endswith(("_mailrecord", "_signinlink"))]


class TestReading:
    def test_a_mail_is_shown_as_written_and_as_text(self, client: Client, academy: Academy) -> None:
        record = mail_of(academy, body="Un\n\nDeux <script>alert(1)</script>")
        sign_in(client, make_editor(academy))

        page = client.get(f"{MAILS}inspect/{record.pk}/").content.decode()

        assert "<p>Un</p>" in page
        assert "<script>alert(1)" not in page

    def test_a_subject_cannot_bring_a_script(self, client: Client, academy: Academy) -> None:
        mail_of(academy, "<script>alert(1)</script>")
        sign_in(client, make_editor(academy))

        assert "<script>alert(1)" not in client.get(MAILS).content.decode()

    def test_neither_register_shows_the_hash_of_the_address(
        self, client: Client, academy: Academy
    ) -> None:
        link = link_of(academy, "Collège du Cap")
        sign_in(client, make_editor(academy))

        for address in (LINKS, f"{LINKS}inspect/{link.pk}/"):
            assert link.address_hash not in client.get(address).content.decode()

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=cap", ["Le Cap"]),
            ("q=0760372S", ["Le Cap", "La Baie"]),
            ("outcome__exact=failed", ["La Baie"]),
            ("kind=submitted", ["Le Cap"]),
            ("days=7", ["La Baie"]),
            ("days=8", ["Le Cap", "La Baie"]),
            ("outcome__exact=sent&q=baie", []),
        ],
    )
    def test_mails_are_searched_and_filtered(
        self, client: Client, academy: Academy, query: str, found: list[str]
    ) -> None:
        old = datetime(2025, 3, 2, tzinfo=UTC)
        mail_of(academy, "Le Cap", kind="submitted", outcome="sent", queued_at=old)
        mail_of(academy, "La Baie", outcome="failed")
        sign_in(client, make_editor(academy))

        page = client.get(f"{MAILS}?{query}").content.decode()

        assert [name for name in ("Le Cap", "La Baie") if name in page] == found

    def test_links_are_searched_by_establishment_and_filtered_by_state(
        self, client: Client, academy: Academy
    ) -> None:
        link_of(academy, "Collège du Cap", state="spent", spent_at=NOON)
        link_of(academy, "Lycée de la Baie", state="sent")
        sign_in(client, make_editor(academy))

        by_name = client.get(f"{LINKS}?q=cap").content.decode()
        by_state = client.get(f"{LINKS}?state__exact=sent").content.decode()

        assert "Collège du Cap" in by_name
        assert "Lycée de la Baie" not in by_name
        assert "Lycée de la Baie" in by_state
        assert "Collège du Cap" not in by_state

    @pytest.mark.parametrize("address", [MAILS, LINKS])
    @pytest.mark.parametrize("count", [1, 30, 120])
    def test_the_list_costs_the_same_however_long(
        self,
        client: Client,
        academy: Academy,
        address: str,
        count: int,
        django_assert_max_num_queries: Any,
    ) -> None:
        for number in range(count):
            mail_of(academy)
            SignInLink.objects.create(user=None, address_hash="a")
            if number % 4 == 0:
                link_of(academy, f"Collège {number}")
        sign_in(client, make_editor(academy))
        client.get(address)

        with django_assert_max_num_queries(22):
            assert client.get(address).status_code == 200

    def test_a_filter_tells_nothing_of_what_the_list_does_not_show(
        self, client: Client, academy: Academy
    ) -> None:
        link_of(academy, "Collège du Cap")
        sign_in(client, make_editor(academy))

        for hidden in ("user__password__startswith=zzz", "address_hash__startswith=zzz"):
            assert "Collège du Cap" in client.get(f"{LINKS}?{hidden}").content.decode()


PARAMETERS = """
    q o ot p e export kind outcome__exact state__exact foo days queued_at__gte
    requested_at__lt user__password__startswith
"""
NAMES = st.sampled_from(PARAMETERS.split())
VALUES = st.one_of(
    st.text(max_size=12),
    st.integers().map(str),
    st.sampled_from(["-1", "0", "1.-2.99", "9" * 30, "csv", "xlsx", "2026-02-30", "\0", "sent"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.dictionaries(NAMES, VALUES, max_size=4))
@pytest.mark.parametrize("address", [MAILS, LINKS])
def test_no_query_string_answers_500(
    client: Client, academy: Academy, address: str, query: dict[str, str]
) -> None:
    if "_auth_user_id" not in client.session:
        mail_of(academy)
        sign_in(client, make_editor(academy))

    assert client.get(f"{address}?{urlencode(query)}").status_code == 200


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30, "1_2"])
def test_no_key_answers_500(client: Client, academy: Academy, key: str) -> None:
    sign_in(client, make_editor(academy))

    assert client.get(f"{MAILS}inspect/{key}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_writing_a_row_queues_no_task_of_wagtails(task_queue: None) -> None:
    SignInLink.objects.create(address_hash="a")
    record_mail("sign_in", "ce@example.org", "Lien", "")

    assert not DBTaskResult.objects.exists()
