"""Registering for a contest: by whom, until when, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from contest import registering
from contest.enums import RegistrationMode
from contest.errors import Closed, NotAllowed
from contest.models import Category, Registration
from tests.contest.scene import NOW, Scene
from tests.contest.scene import make_scene as make_other_scene
from tests.factories import EstablishmentFactory, make_site, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_open() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def address(scene: Scene, tail: str = "") -> str:
    return f"/espace/concours/{scene.contest.pk}/inscription/{tail}"


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "contact_name": "Camille Exemple",
        "contact_email": "camille@example.org",
        "contact_phone": "",
        "posters_expected": "2",
        "pupils_expected": "48",
        "debate": "La 4e B a débattu de ce qui donne envie de revenir.",
    } | fields


def registered(scene: Scene, **fields: Any) -> Registration:
    version = Registration(
        contest=scene.contest,
        establishment=scene.establishment,
        **({"contact_name": "Camille Exemple", "posters_expected": 2} | fields),
    )
    return registering.register(version, categories=[scene.category], by=scene.account, now=NOW)


def test_a_school_registers_and_gets_a_receipt(school: Client, scene: Scene) -> None:
    response = school.post(address(scene), typed(), follow=True)
    assert response.status_code == 200
    registration = Registration.objects.get()
    assert registration.posters_expected == 2
    assert list(registration.categories.all()) == [scene.category]
    mail = MailRecord.objects.get(kind="registration_received")
    assert mail.recipient == scene.establishment.mailbox
    assert "Collèges" in mail.body
    assert ModelLogEntry.objects.filter(action="contest.register").count() == 1


def test_only_the_category_of_the_school_needs_no_choice(school: Client, scene: Scene) -> None:
    page = school.get(address(scene)).content.decode()
    assert "Collèges" in page
    assert "Écoles" not in page


def test_a_school_of_two_categories_chooses(school: Client, scene: Scene) -> None:
    Category.objects.create(contest=scene.contest, name="Relais", kinds=["college"], sort_order=5)
    refused = school.post(address(scene), typed())
    assert "Choisissez au moins une catégorie" in refused.content.decode()
    both = [str(one.pk) for one in Category.objects.filter(name__in=["Collèges", "Relais"])]
    school.post(address(scene), typed(categories=both))
    assert Registration.objects.get().categories.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact_name", ""),
        ("posters_expected", "0"),
        ("posters_expected", "4"),
        ("posters_expected", "beaucoup"),
        ("pupils_expected", "99999"),
        ("contact_email", "pas une adresse"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field_and_nothing_is_lost(
    school: Client, scene: Scene, field: str, value: str
) -> None:
    response = school.post(address(scene), typed(**{field: value}))
    assert field in response.context["form"].errors
    page = response.content.decode()
    assert "La 4e B a débattu" in page
    assert 'aria-invalid="true"' in page
    assert not Registration.objects.exists()


def test_a_registration_is_changed_then_cancelled_then_taken_up_again(
    school: Client, scene: Scene
) -> None:
    school.post(address(scene), typed())
    school.post(address(scene), typed(posters_expected="1"))
    assert Registration.objects.get().posters_expected == 1
    assert "Annuler l’inscription" in school.get(address(scene, "annuler/")).content.decode()
    assert Registration.objects.get().is_active
    school.post(address(scene, "annuler/"))
    school.post(address(scene, "annuler/"))
    assert not Registration.objects.get().is_active
    school.post(address(scene), typed(posters_expected="3"))
    assert Registration.objects.get().is_active
    kinds = list(MailRecord.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "registration_received",
        "registration_received",
        "registration_cancelled",
        "registration_received",
    ]


def test_the_deadline_is_the_calls_unless_the_contest_has_its_own(scene: Scene) -> None:
    assert scene.contest.registration_deadline == scene.edition.call_closes_at
    scene.contest.registration_closes_at = NOW
    assert scene.contest.registration_deadline == NOW


def test_one_second_too_late_nothing_changes_and_the_page_says_what_to_do(
    school: Client, scene: Scene
) -> None:
    registered(scene)
    late = scene.edition.call_closes_at + timedelta(seconds=1)
    with time_machine.travel(late, tick=False):
        school.force_login(scene.account)
        response = school.post(address(scene), typed(posters_expected="1"))
        assert response.status_code == 409
        assert "arrivé trop tard" in response.content.decode()
        school.post(address(scene, "annuler/"))
    registration = Registration.objects.get()
    assert (registration.posters_expected, registration.is_active) == (2, True)


def test_a_late_school_that_must_register_is_told_whom_to_write_to(
    school: Client, scene: Scene
) -> None:
    scene.contest.registration = RegistrationMode.REQUIRED
    scene.contest.save()
    with time_machine.travel(scene.edition.call_closes_at + timedelta(seconds=1), tick=False):
        school.force_login(scene.account)
        page = school.get(address(scene)).content.decode()
    assert scene.academy.contact_email in page


def test_an_editor_registers_a_late_school_and_the_log_says_who(scene: Scene) -> None:
    late = scene.edition.call_closes_at + timedelta(days=1)
    version = Registration(
        contest=scene.contest,
        establishment=scene.establishment,
        contact_name="Camille Exemple",
        posters_expected=1,
    )
    with pytest.raises(Closed):
        registering.register(version, categories=[scene.category], by=scene.account, now=late)
    registering.register(version, categories=[scene.category], by=scene.editor, now=late)
    assert ModelLogEntry.objects.get(action="contest.register").user == scene.editor


def test_nobody_registers_another_school(scene: Scene) -> None:
    stranger = sign_up(EstablishmentFactory(academy=scene.academy))
    other = make_other_scene(make_site("amiens", "amiens.localhost", is_default=False))
    version = Registration(
        contest=scene.contest,
        establishment=scene.establishment,
        contact_name="X",
        posters_expected=1,
    )
    for actor in (stranger, scene.lead, other.editor, other.account):
        with pytest.raises(NotAllowed):
            registering.register(version, categories=[scene.category], by=actor, now=NOW)
    assert not Registration.objects.exists()


def test_a_contest_of_another_academie_or_without_registration_is_not_found(
    school: Client, scene: Scene
) -> None:
    other = make_other_scene(make_site("amiens", "amiens.localhost", is_default=False))
    assert school.get(address(other)).status_code == 404
    scene.contest.registration = RegistrationMode.OFF
    scene.contest.save()
    assert school.get(address(scene)).status_code == 404
    assert school.get("/espace/concours/99999999999999999999/inscription/").status_code == 404


def test_who_is_not_signed_in_is_asked_to(client: Client, scene: Scene) -> None:
    response = client.get(address(scene))
    assert response.status_code == 302
    assert "/espace/connexion/" in response["Location"]


def test_a_form_sent_after_the_session_has_ended_is_not_lost(client: Client, scene: Scene) -> None:
    response = client.post(address(scene), typed())
    assert response.status_code == 403
    assert "La 4e B a débattu" in response.content.decode()
    client.force_login(scene.account)
    again = client.post(address(scene), typed(do="resume"))
    assert "La 4e B a débattu" in again.content.decode()
    assert not Registration.objects.exists()


def test_a_forged_form_registers_nobody(scene: Scene) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.account)
    assert browser.post(address(scene), typed()).status_code == 200
    assert not Registration.objects.exists()
    assert browser.post(address(scene, "annuler/")).status_code == 403
