"""An editor corrects a school's mailbox, and cannot make it their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.mail_kinds import label_of_kind
from accounts.models import MailRecord, User
from establishments.enums import Source
from establishments.models import Establishment
from tests.establishments.territory import Territory
from tests.factories import make_uai


@pytest.fixture(autouse=True)
def from_the_directory(here: Territory) -> None:
    here.academy.mail_domain = "ac-normandie.example"
    here.academy.save()
    Establishment.objects.update(source=Source.DIRECTORY, email="ce.docks@college.example")
    here.establishment.refresh_from_db()


def choose(client: Client, user: User, here: Territory, mailbox: str) -> Any:
    client.force_login(user)
    address = reverse("establishment:edit", args=[here.establishment.pk])
    response = client.post(address, {"mailbox_override": mailbox, "network": ""})
    here.establishment.refresh_from_db()
    return response


@pytest.mark.parametrize("domain", ["AC-Normandie.example", "college.example"])
def test_an_editor_names_a_mailbox_of_the_academy_or_of_the_directorys_domain(
    client: Client, here: Territory, domain: str
) -> None:
    assert choose(client, here.editor, here, f"direction@{domain}").status_code == 302

    assert here.establishment.mailbox.startswith("direction@")


@pytest.mark.parametrize(
    "mailbox",
    ["moi@gmail.com", "moi@faux.ac-normandie.example", "moi@ac-normandie.example.org"],
)
def test_an_editor_cannot_name_another_mailbox(
    client: Client, here: Territory, mailbox: str
) -> None:
    response = choose(client, here.editor, here, mailbox)

    errors = response.context["form"].errors["mailbox_override"]
    assert "@ac-normandie.example, @college.example" in str(errors)
    assert here.establishment.mailbox == "ce.docks@college.example"
    assert not MailRecord.objects.exists()


def test_a_domain_open_to_anybody_is_no_proof(client: Client, here: Territory) -> None:
    Establishment.objects.update(email="ecole.docks@orange.fr")

    response = choose(client, here.editor, here, "moi@orange.fr")

    assert "mailbox_override" in response.context["form"].errors


def test_where_no_domain_is_known_only_an_administrator_chooses(
    client: Client, here: Territory, administrator: User
) -> None:
    here.academy.mail_domain = ""
    here.academy.save()
    Establishment.objects.update(email="")

    refused = choose(client, here.editor, here, "cfa@metiers.example")
    assert "mailbox_override" in refused.context["form"].errors

    assert choose(client, administrator, here, "cfa@metiers.example").status_code == 302
    assert here.establishment.mailbox == "cfa@metiers.example"


def test_what_an_administrator_chose_does_not_stop_an_editor(
    client: Client, here: Territory, administrator: User
) -> None:
    choose(client, administrator, here, "direction@autre.example")

    assert choose(client, here.editor, here, "direction@autre.example").status_code == 302


def test_the_former_mailbox_hears_of_the_change_once(client: Client, here: Territory) -> None:
    for _ in range(2):
        choose(client, here.editor, here, "direction@college.example")

    mail = MailRecord.objects.get()
    assert mail.recipient == "ce.docks@college.example"
    assert mail.scope == here.academy.code
    assert label_of_kind(mail.kind) == "Changement de boîte"
    assert here.establishment.name in mail.subject
    assert "@college.example, et non plus à cette adresse" in mail.body
    assert "direction@" not in mail.body


def test_a_mailbox_that_is_gone_is_said_to_be_gone(
    client: Client, here: Territory, administrator: User
) -> None:
    choose(client, administrator, here, "direction@autre.example")
    Establishment.objects.update(email="")
    MailRecord.objects.all().delete()

    choose(client, administrator, here, "")

    assert "n’a plus de boîte" in MailRecord.objects.get().body


def test_a_school_recorded_by_hand_takes_no_stranger_s_mailbox(
    client: Client, here: Territory
) -> None:
    client.force_login(here.editor)
    data = {
        "uai": make_uai(),
        "name": "CFA des Docks",
        "kind": "cfa",
        "sector": "public",
        "department": here.department.pk,
        "is_open": "on",
        "mailbox_override": "moi@autre.example",
    }

    response = client.post(reverse("establishment:add"), data)

    assert "mailbox_override" in response.context["form"].errors
    assert (
        "department"
        in client.post(reverse("establishment:add"), {**data, "department": ""})
        .context["form"]
        .errors
    )
