"""The minutes: what they say, what they keep to themselves, that everybody can read them."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contest.enums import PrizeKind
from contest.jury import awarding, recusing, running
from contest.jury.enums import Method
from contest.jury.minutes import minutes_of
from contest.models import Entry, Prize
from contest.printing.minutes import minutes_pdf
from tests.contest.jury.scene import CLOSED, OPEN, JuryScene, grade, make_jury

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted() -> JuryScene:
    """A round extended, with a recusal and a poster accepted with fewer ballots, then counted."""
    scene = make_jury(posters=4, jurors=3, minimum=3)
    contest = scene.contest_scene.contest
    Prize.objects.create(contest=contest, label="Premier prix")
    favourite = Prize.objects.create(
        contest=contest, label="Coup de cœur", kind=PrizeKind.FAVOURITE, sort_order=5
    )
    with time_machine.travel(OPEN):
        aside = scene.work(scene.jurors[0])[0]
        assert scene.jurors[0].user is not None
        recusing.recuse(aside, "C’est ma nièce du collège", by=scene.jurors[0].user)
        for juror in scene.jurors:
            for assignment in scene.work(juror):
                if assignment.status != "recused":
                    grade(assignment, mention=(assignment.poster.number or 0))
        running.extend(scene.round, CLOSED + timedelta(hours=2), by=scene.editor)
    with time_machine.travel(CLOSED + timedelta(hours=3)):
        entry = Entry.objects.get(round=scene.round, poster=aside.poster)
        running.accept_with_fewer(entry, "Récusation tardive", by=scene.editor)
        running.count(scene.round, by=scene.editor)
        awarding.give(contest, favourite, 2, "Pour son humour", by=scene.editor)
    return scene


def text_of(content: bytes) -> str:
    """All that the pages say, with plain spaces."""
    pages = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(text.split())


def test_they_say_who_judged_by_what_rules_with_what_incidents(counted: JuryScene) -> None:
    now = CLOSED + timedelta(days=1)
    text = text_of(minutes_pdf(minutes_of(counted.contest_scene.contest, now)))
    for juror in counted.jurors:
        assert juror.name in text
    for said in (
        "Illustratrice",
        "Jugement majoritaire",
        counted.round.commitment[:20],
        "Récusation tardive",
        "Clôture du tour déplacée",
        "Récusation",
        "Premier prix",
        "Coup de cœur",
        "Pour son humour",
        "Mention médiane",
        "Signature",
        "Tous les tours sont dépouillés",
    ):
        assert said in text, said


def test_they_do_not_say_whose_posters_they_are_nor_why_a_juror_stepped_aside(
    counted: JuryScene,
) -> None:
    now = CLOSED + timedelta(days=1)
    text = text_of(minutes_pdf(minutes_of(counted.contest_scene.contest, now)))
    assert "nièce" not in text
    for poster in counted.posters:
        assert poster.establishment.uai not in text
        assert poster.establishment.name not in text


def test_nothing_of_an_open_round_is_told() -> None:
    scene = make_jury(posters=2, method=Method.MAJORITY)
    grade(scene.work(scene.jurors[0])[0], mention=5)
    text = text_of(minutes_pdf(minutes_of(scene.contest_scene.contest, OPEN)))
    assert "Excellent" not in text
    assert "Provisoire" in text


def test_editors_save_a_tagged_file(counted: JuryScene) -> None:
    client = Client()
    client.force_login(counted.editor)
    answer = client.get(reverse("jury_minutes", args=[counted.contest_scene.contest.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    document = pypdfium2.PdfDocument(answer.content)
    assert document.is_tagged()
    assert "Procès-verbal du jury" in document.get_metadata_value("Title")
