"""The organisers' pages on a round: what they say, when, to whom, and for how many queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from contest.jury.enums import Method
from contest.models import Assignment, Entry, Prize
from tests.contest.jury.scene import CLOSED, CLOSES, OPEN, JuryScene, grade, make_jury
from tests.contest.scene import make_contest
from tests.factories import make_edition, make_editor, make_site

pytestmark = pytest.mark.django_db

ROUND_PAGES = (
    "jury_round_progress",
    "jury_round_remind",
    "jury_round_close",
    "jury_round_extend",
    "jury_round_reassign",
    "jury_round_count",
    "jury_round_tally",
)
CONTEST_PAGES = ("jury_awards", "jury_minutes")


def address(scene: JuryScene, name: str) -> str:
    contest = scene.contest_scene.contest
    if name in CONTEST_PAGES:
        return reverse(name, args=[contest.pk])
    return reverse(name, args=[contest.pk, scene.round.pk])


def editor_of(scene: JuryScene) -> Client:
    client = Client()
    client.force_login(scene.editor)
    return client


def page(scene: JuryScene, name: str, **params: str) -> str:
    response = editor_of(scene).get(address(scene, name), params)
    assert response.status_code == 200, response
    return response.content.decode()


def post(scene: JuryScene, name: str, **data: Any) -> Any:
    return editor_of(scene).post(address(scene, name), data, follow=True)


def judge_all(scene: JuryScene, *mentions: int) -> None:
    for juror in scene.jurors:
        for assignment, mention in zip(scene.work(juror), mentions, strict=True):
            grade(assignment, mention=mention)


def logged(scene: JuryScene, action: str) -> int:
    return ModelLogEntry.objects.for_instance(scene.round).filter(action=action).count()


@pytest.mark.parametrize("name", [*ROUND_PAGES, *CONTEST_PAGES])
def test_nobody_else_sees_the_page(name: str) -> None:
    scene = make_jury()
    site = scene.contest_scene
    foreign = make_editor(make_site("rennes", "rennes.localhost", is_default=False))
    with time_machine.travel(CLOSED):
        for user in (foreign, site.lead, site.account, scene.jurors[0].user):
            client = Client()
            client.force_login(user)
            for answer in (client.get(address(scene, name)), client.post(address(scene, name))):
                assert answer.status_code in ((404,) if user == foreign else (302, 403, 404))
        answer = Client().get(address(scene, name))
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")
    assert ModelLogEntry.objects.for_instance(scene.round).count() == 1


def test_a_round_of_another_contest_is_not_found() -> None:
    scene = make_jury()
    other = make_contest(make_edition(scene.contest_scene.academy, slug="autre"))
    url = reverse("jury_round_progress", args=[other.pk, scene.round.pk])
    assert editor_of(scene).get(url).status_code == 404


@time_machine.travel(OPEN)
def test_the_progress_tells_how_far_each_is_and_no_grade() -> None:
    scene = make_jury(posters=2, jurors=2)
    grade(scene.work(scene.jurors[0])[0], mention=3)
    html = page(scene, "jury_round_progress")
    assert "25 %" in html
    assert scene.jurors[0].name in html
    for mention in ("Excellent", "Très bien", "Assez bien", "Passable", "Insuffisant"):
        assert mention not in html
    for poster in scene.posters:
        assert poster.establishment.name not in html


def queries_of(size: int) -> dict[str, int]:
    """How many queries each page asks for a round of `size` posters and jurors."""
    scene = make_jury(posters=size, jurors=size)
    Prize.objects.create(contest=scene.contest_scene.contest, label="1er prix")
    client = editor_of(scene)
    found = {}

    def measure(name: str) -> None:
        client.get(address(scene, name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(scene, name)).status_code == 200
        found[name] = len(queries)

    for juror in scene.jurors[:2]:
        for assignment in scene.work(juror):
            grade(assignment, mention=2)
    with time_machine.travel(OPEN):
        measure("jury_round_progress")
    with time_machine.travel(CLOSED):
        measure("jury_round_count")
        measure("jury_round_tally")
        measure("jury_awards")
    return found


def test_pages_cost_the_same_for_thirty() -> None:
    with transaction.atomic():
        small = queries_of(1)
        transaction.set_rollback(True)
    assert queries_of(30) == small


@time_machine.travel(OPEN)
def test_the_late_are_reminded_once_a_day() -> None:
    scene = make_jury(posters=1, jurors=3)
    grade(scene.work(scene.jurors[0])[0], mention=3)
    post(scene, "jury_round_remind")
    post(scene, "jury_round_remind")
    mails = MailRecord.objects.filter(kind="jury_reminder")
    assert sorted(mail.recipient for mail in mails) == sorted(
        juror.email for juror in scene.jurors[1:]
    )
    assert "/jury/" in mails[0].body
    assert logged(scene, "contest.jury.remind") == 1
    with time_machine.travel(OPEN + timedelta(hours=25)):
        post(scene, "jury_round_remind", juror=scene.jurors[1].pk)
        post(scene, "jury_round_remind", juror=scene.jurors[0].pk)
    assert mails.all().count() == 3


def test_nobody_is_reminded_after_the_close() -> None:
    scene = make_jury()
    with time_machine.travel(CLOSED):
        post(scene, "jury_round_remind")
    assert not MailRecord.objects.filter(kind="jury_reminder").exists()


@time_machine.travel(OPEN)
def test_a_round_is_closed_once_and_after_asking() -> None:
    scene = make_jury()
    assert scene.jurors[0].name in page(scene, "jury_round_close")
    scene.round.refresh_from_db()
    assert scene.round.closes_at == CLOSES
    post(scene, "jury_round_close")
    post(scene, "jury_round_close")
    scene.round.refresh_from_db()
    assert scene.round.closes_at < CLOSES
    assert logged(scene, "contest.jury.close") == 1


@time_machine.travel(OPEN)
def test_the_close_moves_and_a_wrong_instant_is_told_beside_the_field() -> None:
    scene = make_jury()
    answer = post(scene, "jury_round_extend", closes_at="2023-03-20T10:00")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'aria-invalid="true"' in html
    assert "2023-03-20T10:00" in html
    assert post(scene, "jury_round_extend", closes_at="demain").status_code == 422
    post(scene, "jury_round_extend", closes_at="2023-03-30T18:00")
    post(scene, "jury_round_extend", closes_at="2023-03-30T18:00")
    scene.round.refresh_from_db()
    assert scene.round.closes_at.isoformat() == "2023-03-30T16:00:00+00:00"
    assert logged(scene, "contest.jury.extend") == 1


def test_what_a_late_juror_has_not_begun_goes_to_others() -> None:
    scene = make_jury(posters=6, jurors=4, panel_size=2)
    absent = scene.jurors[0]
    begun = scene.work(absent)[0]
    grade(begun, mention=2)
    with time_machine.travel(OPEN):
        page(scene, "jury_round_reassign", juror=str(absent.pk))
        post(scene, "jury_round_reassign", juror=absent.pk)
        post(scene, "jury_round_reassign", juror=absent.pk)
    kept = Assignment.objects.filter(round=scene.round, juror=absent).exclude(status="revoked")
    assert begun in list(kept)
    for poster in scene.posters:
        rows = Assignment.objects.filter(round=scene.round, poster=poster).exclude(status="revoked")
        assert rows.count() == 2
    assert logged(scene, "contest.jury.reassign") >= 1


def test_the_places_are_shown_from_the_close_on_and_never_before() -> None:
    scene = make_jury(posters=3)
    judge_all(scene, 1, 5, 3)
    with time_machine.travel(OPEN):
        answer = post(scene, "jury_round_count")
        assert "Excellent" not in answer.content.decode()
        answer = editor_of(scene).get(address(scene, "jury_round_tally"), follow=True)
        assert answer.redirect_chain
        assert "Excellent" not in answer.content.decode()
    with time_machine.travel(CLOSED):
        html = page(scene, "jury_round_tally")
    assert "Excellent" in html
    assert 'role="img"' in html
    for poster in scene.posters:
        assert poster.establishment.name not in html
        assert str(poster) not in html
    for juror in scene.jurors:
        assert juror.name not in html
    with time_machine.travel(CLOSED):
        html = page(scene, "jury_round_tally", establishments="1", jurors="1")
    assert scene.posters[0].establishment.name in html
    assert scene.jurors[0].name in html


@time_machine.travel(CLOSED)
def test_posters_below_the_minimum_are_decided_of_then_counted() -> None:
    scene = make_jury(posters=3, jurors=3, minimum=2)
    work = scene.work(scene.jurors[0])
    grade(work[0], mention=4)
    grade(work[1], mention=4)
    grade(scene.work(scene.jurors[1])[0], mention=3)
    html = page(scene, "jury_round_count")
    assert "poster-2-reason" in html
    assert "poster-3-reason" not in html
    answer = post(scene, "jury_round_count", accept="2", **{"poster-2-reason": ""})
    assert answer.status_code == 422
    answer = post(scene, "jury_round_count")
    assert answer.status_code == 422
    scene.round.refresh_from_db()
    assert scene.round.tallied_at is None
    post(scene, "jury_round_count", accept="2", **{"poster-2-reason": "Juré malade"})
    assert Entry.objects.get(poster=scene.posters[1]).accepted_reason == "Juré malade"
    post(scene, "jury_round_count", leave_out=["3"])
    post(scene, "jury_round_count", leave_out=["3"])
    scene.round.refresh_from_db()
    assert scene.round.tallied_at is not None
    assert logged(scene, "contest.jury.count") == 1
    assert "Juré malade" in page(scene, "jury_round_count")
    page(scene, "jury_round_tally")


@time_machine.travel(CLOSED)
def test_a_closed_round_is_opened_again_and_what_lacks_goes_to_others() -> None:
    scene = make_jury(posters=4, jurors=4, panel_size=2, minimum=2)
    absent = scene.jurors[0]
    for juror in scene.jurors[1:]:
        for assignment in scene.work(juror):
            grade(assignment, mention=3)
    short = Assignment.objects.filter(round=scene.round, juror=absent, status="todo").count()
    assert short
    post(scene, "jury_round_extend", closes_at="2023-03-30T18:00", reassign="1")
    assert not Assignment.objects.filter(round=scene.round, juror=absent, status="todo").exists()
    assert logged(scene, "contest.jury.extend") == 1
    assert logged(scene, "contest.jury.reassign") == 1


@pytest.mark.parametrize("method", list(Method))
def test_each_method_has_its_places(method: Method) -> None:
    scene = make_jury(posters=4, jurors=3, method=method)
    key = {"majority": "mention", "approval": "opinion", "ranking": "rank"}.get(method)
    for place, juror in enumerate(scene.jurors):
        for at, assignment in enumerate(scene.work(juror)):
            if key is None:
                scene.round.refresh_from_db()
                keys = [one["key"] for one in scene.round.criteria]
                grade(assignment, **dict.fromkeys(keys, (at + place) % 4))
            else:
                grade(assignment, **{key: at % 2 if method == "approval" else at + 1})
    with time_machine.travel(CLOSED):
        html = page(scene, "jury_round_tally")
    assert html.count('role="img"') == 4


def test_a_round_opened_again_is_not_said_to_be_closed() -> None:
    scene = make_jury()
    with time_machine.travel(CLOSED):
        until = (CLOSED + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        answer = post(scene, "jury_round_extend", closes_at=until)
    text = answer.content.decode()
    assert "La clôture est maintenant fixée au" in text
    assert "Le tour est clos le" not in text
