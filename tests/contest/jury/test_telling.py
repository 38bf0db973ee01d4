"""The mails to the schools: one each, once, when the palmarès is public and still counts."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core import mail

from accounts.models import MailRecord
from contest import withdrawal
from contest.errors import NotAllowed, OutOfTurn
from contest.jury import publishing, telling
from contest.models import ContestPage
from tests.contest.jury.published_scene import (
    DECIDED,
    INSTANT,
    LATER,
    OUT,
    give,
    make_counted,
    publish,
)
from tests.contest.scene import make_admitted

pytestmark = pytest.mark.django_db


def mails() -> dict[str, str]:
    """The kind of each mail queued by a palmarès, by its mailbox."""
    rows = MailRecord.objects.filter(kind__in=telling.KINDS)
    found: dict[str, str] = {}
    for row in rows:
        assert row.recipient not in found, "two mails to one school"
        found[row.recipient] = row.kind
    return found


def test_each_school_is_told_once_as_a_laureate_or_with_thanks(
    django_capture_on_commit_callbacks: Any,
) -> None:
    scene = make_counted()
    ContestPage.objects.update(max_posters=9)
    second_of_winner = scene.posters[0].establishment
    scene.contest_scene.contest.refresh_from_db()
    make_admitted(scene.contest_scene, establishment=second_of_winner, title="Deuxième affiche")

    with (
        time_machine.travel(DECIDED, tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        publish(scene)

    boxes = [poster.establishment.mailbox for poster in scene.posters]
    assert mails() == {
        boxes[0]: "results_laureate",
        boxes[1]: "results_laureate",
        boxes[2]: "results_participant",
        boxes[3]: "results_participant",
    }
    assert len(mail.outbox) >= 4


def test_the_words_differ_and_lead_to_the_palmares_and_the_diplomas() -> None:
    scene = make_counted()
    give(scene, 1, "Pour son humour.")
    result = publish(scene)
    telling.tell_schools(result.pk, now=OUT)

    laureate = MailRecord.objects.filter(kind="results_laureate").order_by("pk").first()
    thanks = MailRecord.objects.filter(kind="results_participant").first()

    assert laureate is not None
    assert thanks is not None
    assert laureate.subject.startswith("Votre affiche est lauréate")
    for words in ("Premier prix, Coup de cœur", "n°\u00a01", "/concours/resultats/", "/espace/"):
        assert words in laureate.body, words
    assert "n’est pas parmi les lauréates" in thanks.body
    assert "/concours/resultats/" in thanks.body
    assert "prix" not in thanks.body.lower().replace("premier prix", "prix")


def test_nothing_leaves_before_the_instant_nor_twice_nor_once_called_off() -> None:
    scene = make_counted()
    result = publish(scene, at=INSTANT)

    assert telling.tell_schools(result.pk, now=DECIDED) == 0
    publishing.call_off(result, by=scene.editor, now=DECIDED)
    assert telling.tell_schools(result.pk, now=OUT) == 0
    assert mails() == {}

    second = publish(scene, now=OUT)
    assert telling.tell_schools(second.pk, now=OUT) == 4
    assert telling.tell_schools(second.pk, now=LATER) == 0
    assert telling.tell_schools(0) == 0


def test_a_correction_is_told_to_those_whose_prizes_changed_only() -> None:
    scene = make_counted()
    first = publish(scene)
    telling.tell_schools(first.pk, now=DECIDED)
    MailRecord.objects.all().delete()
    give(scene, 4, "Oublié.")
    second = publish(scene, now=LATER, note="Le coup de cœur avait été oublié.")

    assert telling.tell_schools(second.pk, now=LATER) == 1

    assert mails() == {scene.posters[3].establishment.mailbox: "results_corrected"}
    record = MailRecord.objects.get(kind="results_corrected")
    assert "Le coup de cœur avait été oublié." in record.body
    assert "Coup de cœur" in record.body


def test_a_school_that_loses_its_prize_with_its_poster_is_told_too() -> None:
    scene = make_counted()
    first = publish(scene)
    telling.tell_schools(first.pk, now=DECIDED)
    MailRecord.objects.all().delete()
    winner = scene.posters[0]
    withdrawal.withdraw(winner, by=winner.establishment.account, now=OUT)
    second = publish(scene, now=LATER, note="L’affiche n° 1 a été retirée.")

    telling.tell_schools(second.pk, now=LATER)

    assert mails() == {winner.establishment.mailbox: "results_corrected"}
    assert "Plus aucune affiche" in MailRecord.objects.get(kind="results_corrected").body


def test_a_correction_before_any_mail_is_told_to_all_as_a_first_palmares() -> None:
    scene = make_counted()
    first = publish(scene)
    second = publish(scene, now=OUT, note="Une erreur.")

    assert telling.tell_schools(first.pk, now=OUT) == 0
    assert telling.tell_schools(second.pk, now=OUT) == 4
    assert "results_corrected" not in mails().values()


def test_by_hand_only_the_editors_and_only_once() -> None:
    scene = make_counted()
    result = publish(scene)

    with pytest.raises(NotAllowed):
        telling.tell_again(result, by=scene.jurors[0].user, now=OUT)
    assert telling.tell_again(result, by=scene.editor, now=OUT) == 4
    with pytest.raises(OutOfTurn):
        telling.tell_again(result, by=scene.editor, now=OUT)


def test_the_state_of_the_mails_is_counted() -> None:
    scene = make_counted()
    result = publish(scene)
    telling.tell_schools(result.pk, now=OUT)
    MailRecord.objects.filter(kind="results_laureate").update(outcome="failed")
    MailRecord.objects.filter(kind="results_participant").update(outcome="sent")

    state = telling.mails_of(result)

    assert (state.total, state.sent, state.failed, state.waiting) == (4, 2, 2, 0)
