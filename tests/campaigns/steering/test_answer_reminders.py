"""Reminding those that have not answered: who, by whom, when, and never twice within a week."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import close_old_connections
from django.urls import reverse
from wagtail.models import PageLogEntry

from accounts.models import MailRecord
from campaigns.answer_reminders import ACT, KIND, remind, remind_listed
from campaigns.errors import NotAllowed, OutOfTurn
from campaigns.models import Reminder
from campaigns.steering.answers import Narrowing
from campaigns.steering.scope import Role, Scope, reach_of
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.scene import LATE, NOW
from tests.campaigns.steering.cases import Steered, hand_in, make_steered
from tests.factories import EstablishmentFactory

pytestmark = pytest.mark.django_db

EVERYBODY = Narrowing()


def scope_of(user: Any, site: Steered) -> Scope:
    reach = reach_of(user)
    return reach.scopes_of(next(one for one in reach.shown() if one.pk == site.edition.pk))[0]


def written_to() -> list[str]:
    return list(
        MailRecord.objects.filter(kind=KIND).order_by("pk").values_list("recipient", flat=True)
    )


def test_those_without_an_answer_are_written_to_at_their_official_mailbox(site: Steered) -> None:
    hand_in(site.edition, site.schools[0])
    number = remind(scope_of(site.editor, site), site.edition, EVERYBODY, by=site.editor, now=NOW)
    assert number == 1
    assert written_to() == [site.schools[1].mailbox]
    mail = MailRecord.objects.get(kind=KIND)
    assert site.schools[1].uai in mail.body
    assert "/espace/" in mail.body
    assert "9 mars 2023" in mail.body
    assert mail.scope == site.academy.code


def test_nobody_is_written_to_twice_within_seven_days(site: Steered) -> None:
    scope = scope_of(site.editor, site)
    for hours, number in ((0, 2), (1, 0), (24 * 7 - 1, 0), (24 * 7, 2)):
        now = NOW + timedelta(hours=hours)
        assert remind(scope, site.edition, EVERYBODY, by=site.editor, now=now) == number


def test_the_reminder_of_one_edition_holds_back_none_of_another(site: Steered) -> None:
    other = site.edition.pk + 1
    Reminder.objects.bulk_create(
        Reminder(
            kind=KIND,
            occasion=f"establishment {school.pk}, edition {other}, {NOW:%Y-%m-%dT%H:%M:%S}",
            sent_at=NOW,
        )
        for school in site.schools
    )
    scope = scope_of(site.editor, site)

    assert remind(scope, site.edition, EVERYBODY, by=site.editor, now=NOW) == 2


def test_a_lead_reminds_their_network_only(site: Steered) -> None:
    assert remind(scope_of(site.lead, site), site.edition, EVERYBODY, by=site.lead, now=NOW) == 1
    assert written_to() == [site.schools[0].mailbox]


def test_the_reminder_of_a_lead_counts_for_the_editor(site: Steered) -> None:
    remind(scope_of(site.lead, site), site.edition, EVERYBODY, by=site.lead, now=NOW)
    remind(scope_of(site.editor, site), site.edition, EVERYBODY, by=site.editor, now=NOW)
    assert written_to() == [site.schools[0].mailbox, site.schools[1].mailbox]


def test_only_the_list_that_was_filtered_is_written_to(site: Steered) -> None:
    asked = Narrowing(network=site.networks[1].pk)
    remind(scope_of(site.editor, site), site.edition, asked, by=site.editor, now=NOW)
    assert written_to() == [site.schools[1].mailbox]


def test_those_without_a_mailbox_are_left_out_and_told(site: Steered) -> None:
    EstablishmentFactory(academy=site.academy, department=site.departments[0], email="")
    with time_machine.travel(NOW):
        page = signed_in(site.editor).get(reverse("steering_remind", args=[site.edition.pk]))
    assert "1 autre n’a pas d’adresse connue" in page.content.decode()
    remind(scope_of(site.editor, site), site.edition, EVERYBODY, by=site.editor, now=NOW)
    assert len(written_to()) == 2


def test_nobody_else_may_remind(site: Steered) -> None:
    elsewhere = make_steered("amiens", "amiens.localhost")
    for user, scope in (
        (site.observer, scope_of(site.observer, site)),
        (elsewhere.editor, scope_of(site.editor, site)),
        (site.schools[0].account, scope_of(site.editor, site)),
        (site.lead, scope_of(site.editor, site)),
        (site.editor, Scope(Role.EDITOR, elsewhere.academy)),
    ):
        with pytest.raises(NotAllowed):
            remind(scope, site.edition, EVERYBODY, by=user, now=NOW)
    with pytest.raises(NotAllowed):
        remind(scope_of(site.editor, site), elsewhere.edition, EVERYBODY, by=site.editor, now=NOW)
    assert not written_to()


def test_once_the_call_is_closed_nobody_is_reminded(site: Steered) -> None:
    with pytest.raises(OutOfTurn):
        remind(scope_of(site.editor, site), site.edition, EVERYBODY, by=site.editor, now=LATE)
    with time_machine.travel(LATE):
        assert remind_listed(site.edition.pk, site.editor.pk, Role.EDITOR, "") == 0
        client = signed_in(site.editor)
        client.post(reverse("steering_remind", args=[site.edition.pk]))
    assert not written_to()


def test_a_click_asks_first_then_writes_and_is_logged(
    site: Steered, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(site.editor)
    address = reverse("steering_remind", args=[site.edition.pk])
    with time_machine.travel(NOW):
        assert "2 établissements n’ont pas répondu" in client.get(address).content.decode()
        assert not written_to()
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address + f"?network={site.networks[0].pk}", follow=True)
    assert "Un rappel part vers 1 établissement" in response.content.decode()
    assert written_to() == [site.schools[0].mailbox]
    entry = PageLogEntry.objects.get(action=ACT)
    assert entry.user == site.editor
    assert entry.data["number"] == 1


def test_the_page_says_who_was_reminded_lately(site: Steered) -> None:
    remind(scope_of(site.lead, site), site.edition, EVERYBODY, by=site.lead, now=NOW)
    with time_machine.travel(NOW + timedelta(days=1)):
        client = signed_in(site.editor)
        page = client.get(reverse("steering_remind", args=[site.edition.pk])).content.decode()
        answers = client.get(reverse("steering_answers", args=[site.edition.pk])).content.decode()
    assert "1 autre a été relancé il y a moins de sept jours" in page
    assert "mercredi 1er février 2023" in answers


def test_an_observer_has_no_page_to_remind(site: Steered) -> None:
    client = signed_in(site.observer)
    address = reverse("steering_remind", args=[site.edition.pk])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_an_account_closed_meanwhile_writes_to_nobody(site: Steered) -> None:
    site.editor.is_active = False
    site.editor.save()
    with time_machine.travel(NOW):
        assert remind_listed(site.edition.pk, site.editor.pk, Role.EDITOR, "") == 0


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_writes() -> None:
    site = make_steered()
    barrier = Barrier(2)

    def click(user: Any) -> int:
        try:
            scope = scope_of(user, site)
            barrier.wait(timeout=10)
            return remind(scope, site.edition, EVERYBODY, by=user, now=NOW)
        finally:
            close_old_connections()

    with ThreadPoolExecutor(2) as pool:
        numbers = sorted(pool.map(click, [site.editor, site.editor]))
    assert numbers == [0, 2]
    assert Reminder.objects.filter(kind=KIND).count() == 2
