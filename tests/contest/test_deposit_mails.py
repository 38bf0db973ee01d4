"""What establishments receive by mail about their posters, word for word where it matters."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail

from contest import admission, depositing, withdrawal
from contest.enums import Decision, Reason
from contest.models import Poster
from tests.contest.scene import (
    NOW,
    Scene,
    make_admitted,
    make_refused,
    make_returned,
    make_submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_mail(django_capture_on_commit_callbacks):
    """The text of the last mail that an act sends, its spaces being plain."""

    def run(act) -> str:
        with time_machine.travel(NOW), django_capture_on_commit_callbacks(execute=True):
            act()
        message = mail.outbox[-1]
        text = f"{message.subject}\n{message.body}"
        return text.replace("\u202f", " ").replace("\xa0", " ")

    return run


def test_the_receipt_says_what_was_received_when_and_until_when_it_may_change(
    scene: Scene, last_mail
) -> None:
    text = last_mail(lambda: make_submitted(scene))

    for said in (
        "Affiche reçue : « Accroche-toi »",
        "a été reçue le mercredi 1er février 2023 à 12 h",
        f"Établissement : {scene.establishment} ({scene.establishment.uai})",
        "Catégorie : Collèges",
        "Autorisations : attestées par Camille Exemple, principale, jusqu’au jeudi 31 août 2023",
        "jusqu’au lundi 20 mars 2023 à 23 h 59",
    ):
        assert said in text


def test_the_receipt_of_a_correction_handed_in_late_promises_no_change(
    scene: Scene, django_capture_on_commit_callbacks
) -> None:
    returned = make_returned(scene)
    with django_capture_on_commit_callbacks(execute=True):
        depositing.submit(
            Poster.objects.get(pk=returned.pk),
            by=scene.account,
            now=datetime(2023, 3, 24, tzinfo=UTC),
        )

    assert "encore modifier" not in mail.outbox[-1].body
    assert "retirer l’affiche à tout moment" in mail.outbox[-1].body


def test_a_poster_sent_back_comes_with_why_and_until_when(scene: Scene, last_mail) -> None:
    text = last_mail(lambda: make_returned(scene))

    assert "Le texte alternatif ne décrit pas l’affiche." in text
    assert "Décrivez aussi le slogan." in text
    assert "avant le mardi 28 mars 2023 à 0 h" in text


def test_an_admission_gives_the_number(scene: Scene, last_mail) -> None:
    assert "sous le numéro 1. Le jury la voit" in last_mail(lambda: make_admitted(scene))


def test_a_refusal_says_why(scene: Scene, last_mail) -> None:
    text = last_mail(lambda: make_refused(scene))

    assert "Le mot de l’académie :\nL’affiche ne traite pas le thème." in text


def test_another_reason_is_told_in_the_editors_own_words_only(scene: Scene, last_mail) -> None:
    poster = make_submitted(scene)

    text = last_mail(
        lambda: admission.decide(
            poster, Decision.REFUSE, by=scene.editor, reason=Reason.OTHER, comment="Hors délai."
        )
    )

    assert "Hors délai." in text
    assert str(Reason.OTHER.label) not in text


def test_an_examination_taken_up_again_says_why(scene: Scene, last_mail) -> None:
    poster = make_admitted(scene)

    text = last_mail(
        lambda: admission.decide(
            poster, Decision.REOPEN, by=scene.editor, comment="Nous vérifions un point."
        )
    )

    assert "Nous vérifions un point." in text
    assert "Vous la retrouvez dans votre espace :" in text


@pytest.mark.parametrize("by_editor", [True, False])
def test_a_withdrawal_is_confirmed_to_whoever_asked_for_it_or_not(
    scene: Scene, last_mail, by_editor: bool
) -> None:
    poster = make_admitted(scene)
    by = scene.editor if by_editor else scene.account

    text = last_mail(lambda: withdrawal.withdraw(poster, by=by, now=NOW, reason="Une famille."))

    assert ("Comme vous l’avez demandé" in text) is not by_editor
    assert "Une famille." in text
    assert "sont supprimées de ce site" in text
