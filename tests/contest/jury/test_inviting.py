"""Organisers make the jury: invite, correct, resend, take out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord, User
from contest.errors import NotAllowed, OutOfTurn
from contest.jury import assigning, inviting
from contest.jury.enums import ConflictSource
from contest.models import Assignment, Juror
from tests.contest.scene import Scene, make_scene
from tests.factories import (
    EstablishmentFactory,
    NetworkFactory,
    UserFactory,
    make_editor,
    make_site,
)

from .admin_scene import BACKEND, page
from .scene import NOW, OPEN, grade, make_juror, make_jury

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Léa Peintre",
        "email": "Lea.Peintre@Exemple.fr",
        "title": "Illustratrice",
        "college": "artist",
        "establishment": "",
    } | fields


def version(scene: Scene, **fields: Any) -> Juror:
    values = {"name": "Léa Peintre", "email": "lea.peintre@exemple.fr", "contest": scene.contest}
    return Juror(**(values | fields))


class TestInviting:
    def test_a_juror_is_invited_with_an_account_without_password_and_a_mail(
        self, scene: Scene, editor: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            response = editor.post(page(scene, "membres/invitation/"), typed())
        assert response.status_code == 302
        juror = Juror.objects.get()
        assert (juror.email, juror.title, juror.college) == (
            "lea.peintre@exemple.fr",
            "Illustratrice",
            "artist",
        )
        assert juror.user
        assert juror.user.username == juror.email
        assert not juror.user.has_usable_password()
        [message] = mail.outbox
        assert message.to == [juror.email]
        assert "http://localhost/jury/\n" in message.body
        assert "jeton" not in message.body
        assert juror.invitation
        assert juror.invitation.scope == scene.academy.code
        entry = ModelLogEntry.objects.get(action="contest.jury.invite")
        assert entry.user == scene.editor

    def test_a_known_person_keeps_their_account(self, scene: Scene) -> None:
        known = UserFactory(username="lea.peintre@exemple.fr", email="lea.peintre@exemple.fr")
        juror = inviting.invite(version(scene), by=scene.editor, now=NOW)
        assert juror.user == known
        known.refresh_from_db()
        assert known.has_usable_password()

    def test_sending_twice_invites_once_and_says_so(self, scene: Scene, editor: Client) -> None:
        editor.post(page(scene, "membres/invitation/"), typed())
        again = editor.post(page(scene, "membres/invitation/"), typed())
        assert again.status_code == 200
        assert "Léa Peintre" in again.content.decode()
        assert Juror.objects.count() == 1
        assert MailRecord.objects.filter(kind="jury_invitation").count() == 1

    @pytest.mark.parametrize("who", ["editor", "administrator", "mailbox", "override", "closed"])
    def test_who_must_not_judge_is_refused_beside_the_address_and_nothing_is_lost(
        self, scene: Scene, editor: Client, who: str
    ) -> None:
        address = "quelquun@exemple.fr"
        if who == "editor":
            address = make_editor(scene.academy).email
        elif who == "administrator":
            UserFactory(username=address, email=address, is_superuser=True)
        elif who == "mailbox":
            address = scene.establishment.mailbox
        elif who == "override":
            EstablishmentFactory(academy=scene.academy, mailbox_override=address)
        else:
            UserFactory(username=address, email=address, is_active=False)
        response = editor.post(page(scene, "membres/invitation/"), typed(email=address))
        assert response.status_code == 200
        assert response.context["form"].errors.keys() == {"email"}
        assert "Illustratrice" in response.content.decode()
        assert not Juror.objects.exists()
        assert not MailRecord.objects.exists()

    def test_their_own_establishment_and_what_they_lead_are_conflicts_at_once(
        self, scene: Scene
    ) -> None:
        own = EstablishmentFactory(academy=scene.academy)
        led = EstablishmentFactory(
            academy=scene.academy, network=NetworkFactory(academy=scene.academy)
        )
        lead = UserFactory(username="lea.peintre@exemple.fr", email="lea.peintre@exemple.fr")
        led.network.leads.add(lead)
        juror = inviting.invite(version(scene, establishment=own), by=scene.editor, now=NOW)
        assert set(juror.conflicts.values_list("establishment", "source")) == {
            (own.pk, ConflictSource.ESTABLISHMENT),
            (led.pk, ConflictSource.NETWORK),
        }

    def test_who_comes_midway_gets_a_fair_part(self) -> None:
        jury = make_jury(posters=6, jurors=3, panel_size=2)
        with time_machine.travel(OPEN, tick=False):
            juror = inviting.invite(version(jury.contest_scene), by=jury.editor, now=OPEN)
        loads = [
            Assignment.objects.filter(juror=one).exclude(status="revoked").count()
            for one in [*jury.jurors, juror]
        ]
        assert loads == [3, 3, 3, 3]

    def test_who_had_left_comes_back_as_they_were(self) -> None:
        jury = make_jury(posters=2, jurors=2)
        juror = jury.jurors[0]
        grade(jury.work(juror)[0], mention=3)
        assigning.let_go(juror, by=jury.editor, now=OPEN)
        back = inviting.invite(
            version(jury.contest_scene, email=juror.email), by=jury.editor, now=OPEN
        )
        assert back.pk == juror.pk
        assert {one.status for one in jury.work(juror)} == {"submitted", "todo"}

    def test_only_who_runs_the_contest_invites(self, scene: Scene) -> None:
        elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
        for user in (elsewhere, scene.lead, scene.account):
            with pytest.raises(NotAllowed):
                inviting.invite(version(scene), by=user, now=NOW)
        assert not Juror.objects.exists()


class TestCorrecting:
    def test_a_wrong_address_is_corrected_until_they_have_come(self, scene: Scene) -> None:
        juror = inviting.invite(version(scene, email="lea@exmple.fr"), by=scene.editor, now=NOW)
        former = juror.user
        inviting.edit(version(scene, pk=juror.pk), by=scene.editor, now=NOW)
        juror.refresh_from_db()
        assert juror.email == "lea.peintre@exemple.fr"
        assert juror.user != former
        assert MailRecord.objects.filter(kind="jury_invitation").count() == 2
        Juror.objects.update(joined_at=NOW)
        with pytest.raises(ValidationError) as refused:
            inviting.edit(version(scene, pk=juror.pk, email="x@y.fr"), by=scene.editor, now=NOW)
        assert refused.value.message_dict.keys() == {"email"}

    def test_on_the_page_the_address_is_fixed_once_they_have_come(
        self, scene: Scene, editor: Client
    ) -> None:
        juror = inviting.invite(version(scene), by=scene.editor, now=NOW)
        Juror.objects.update(joined_at=NOW)
        editor.post(
            page(scene, f"membres/{juror.pk}/"), typed(name="Léa P.", email="voleur@exemple.fr")
        )
        juror.refresh_from_db()
        assert (juror.name, juror.email) == ("Léa P.", "lea.peintre@exemple.fr")

    def test_bad_input_keeps_what_was_typed(self, scene: Scene, editor: Client) -> None:
        juror = inviting.invite(version(scene), by=scene.editor, now=NOW)
        response = editor.post(
            page(scene, f"membres/{juror.pk}/"), typed(email="léa", title="Graphiste")
        )
        assert response.status_code == 200
        assert 'value="léa"' in response.content.decode()
        assert 'value="Graphiste"' in response.content.decode()
        juror.refresh_from_db()
        assert juror.title == ""

    def test_an_establishment_found_later_takes_its_posters_away(self) -> None:
        jury = make_jury(posters=3, jurors=3)
        juror, poster = jury.jurors[0], jury.posters[0]
        grade(jury.work(juror)[0], mention=5)
        inviting.edit(
            Juror(
                pk=juror.pk,
                contest=juror.contest,
                name=juror.name,
                email=juror.email,
                title=juror.title,
                college=juror.college,
                establishment=poster.establishment,
            ),
            by=jury.editor,
            now=OPEN,
        )
        assert Assignment.objects.get(juror=juror, poster=poster).status == "revoked"

    def test_an_invitation_is_sent_again_once_the_last_has_left(
        self, scene: Scene, editor: Client
    ) -> None:
        juror = inviting.invite(version(scene), by=scene.editor, now=NOW)
        address = page(scene, f"membres/{juror.pk}/renvoi/")
        editor.post(address)
        assert MailRecord.objects.filter(kind="jury_invitation").count() == 1
        MailRecord.objects.update(outcome="failed", error="boîte inconnue")
        assert "boîte inconnue" in editor.get(page(scene)).content.decode()
        editor.post(address)
        editor.post(address)
        assert MailRecord.objects.filter(kind="jury_invitation").count() == 2
        Juror.objects.update(left_at=NOW)
        MailRecord.objects.update(outcome="sent")
        with pytest.raises(OutOfTurn):
            inviting.resend(Juror.objects.get(), by=scene.editor)


class TestPages:
    def test_taking_out_is_asked_once_more(self) -> None:
        jury = make_jury(posters=2, jurors=3)
        scene, juror = jury.contest_scene, jury.jurors[0]
        client = Client()
        client.force_login(jury.editor, backend=BACKEND)
        address = page(scene, f"membres/{juror.pk}/retrait/")
        assert client.get(address).status_code == 200
        juror.refresh_from_db()
        assert juror.left_at is None
        for _ in range(2):
            assert client.post(address)["Location"] == page(scene)
        juror.refresh_from_db()
        assert juror.left_at == NOW
        assert client.get(address).status_code == 404
        assert client.get(page(scene, f"membres/{juror.pk}/")).status_code == 200
        assert juror.name in client.get(page(scene)).content.decode()

    def test_nobody_else_sees_any_of_it(self) -> None:
        jury = make_jury(posters=2, jurors=2)
        scene, juror = jury.contest_scene, jury.jurors[0]
        elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
        tails = [
            "",
            "membres/invitation/",
            f"membres/{juror.pk}/",
            f"membres/{juror.pk}/retrait/",
            f"categories/{jury.category.pk}/tour/",
            f"tours/{jury.round.pk}/regles/",
            f"tours/{jury.round.pk}/suppression/",
            f"tours/{jury.round.pk}/attribution/",
        ]
        posts = [*tails[1:], f"membres/{juror.pk}/conflits/", f"membres/{juror.pk}/renvoi/"]
        for user in (elsewhere, scene.lead, scene.account, juror.user, None):
            client = Client()
            if user is not None:
                client.force_login(user, backend=BACKEND)
            for tail in tails:
                assert client.get(page(scene, tail)).status_code in (302, 403, 404), (user, tail)
            for tail in posts:
                response = client.post(page(scene, tail), typed())
                assert response.status_code in (302, 403, 404), (user, tail)
                assert "/admin/login" in response.get("Location", "/admin/login") or (
                    response["Location"] == "/admin/"
                )
        assert Juror.objects.filter(left_at=None).count() == 2
        assert not User.objects.filter(username="lea.peintre@exemple.fr").exists()

    def test_a_juror_of_another_contest_is_not_found_here(self, scene: Scene) -> None:
        other = make_juror(make_scene(make_site("amiens", "amiens.localhost", is_default=False)))
        client = Client()
        client.force_login(scene.editor, backend=BACKEND)
        found = client.get(page(scene, f"membres/{other.pk}/"))
        assert found.status_code == 404

    def test_the_list_costs_the_same_at_one_and_at_thirty(
        self, scene: Scene, editor: Client
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert editor.get(page(scene)).status_code == 200
            return len(seen)

        inviting.invite(version(scene), by=scene.editor, now=NOW)
        queries()
        few = queries()
        for number in range(29):
            inviting.invite(
                version(scene, email=f"j{number}@exemple.fr", establishment=scene.establishment),
                by=scene.editor,
                now=NOW,
            )
        assert queries() == few
