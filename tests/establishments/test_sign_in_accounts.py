"""The account by which an establishment signs in."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from accounts.links import holder_of, make_token
from accounts.models import SignInLink, User
from establishments.models import Establishment
from establishments.sign_in import AccountConflict, account_of, enterable
from tests.establishments.signing_in import NOON
from tests.factories import EstablishmentFactory, UserFactory, make_site


@pytest.mark.django_db
class TestAccount:
    def test_it_is_made_on_first_call_without_password_or_rights(
        self, school: Establishment
    ) -> None:
        account = account_of(school)

        assert (account.username, account.email) == (school.uai.lower(), school.mailbox)
        assert not account.has_usable_password()
        assert not account.is_superuser
        assert account_of(school) == account_of(Establishment.objects.get()) == account

    def test_a_change_of_mailbox_reaches_the_account_and_voids_its_links(
        self, school: Establishment
    ) -> None:
        account = account_of(school)
        link = SignInLink.objects.create(user=account, state=SignInLink.State.SENT, sent_at=NOON)
        token = make_token(account)
        school.mailbox_override = "nouvelle@example.org"
        school.save()

        assert enterable(token) is None

        assert account_of(school).email == "nouvelle@example.org"
        assert holder_of(token) is None
        link.refresh_from_db()
        assert link.state == SignInLink.State.VOID

    @pytest.mark.parametrize("rights", [{"password": "x"}, {"is_superuser": True}])
    def test_a_person_who_bears_the_uai_is_not_taken_over(
        self, school: Establishment, rights: dict[str, Any]
    ) -> None:
        UserFactory(username=school.uai.lower(), **rights)

        with pytest.raises(AccountConflict):
            account_of(school)

    def test_an_account_that_lost_its_establishment_is_found_again(
        self, school: Establishment
    ) -> None:
        account = account_of(school)
        Establishment.objects.update(account=None)

        assert account_of(Establishment.objects.get()) == account


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_first_requests_at_once_make_one_account() -> None:
    school = EstablishmentFactory(academy=make_site())
    start = Barrier(2)
    accounts: list[User] = []

    def work() -> None:
        fresh = Establishment.objects.get(pk=school.pk)
        start.wait()
        accounts.append(account_of(fresh))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(accounts) == 2
    assert accounts[0] == accounts[1] == User.objects.get()
