"""What a juror sends: kept, kept once, late, changed elsewhere, typed wrong."""

from __future__ import annotations

from uuid import uuid4

import pytest
import time_machine

from contest.jury import sealing
from contest.jury.enums import Method
from contest.models import Ballot, LateBallot
from tests.contest.jury.desk_scene import address, browser_of, form, page_of, send, text_of
from tests.contest.jury.scene import (
    CLOSED,
    CLOSES,
    NOW,
    OPEN,
    grade,
    make_jury,
)

pytestmark = pytest.mark.django_db


def test_a_ballot_after_the_close_is_refused_and_shown_as_not_counted() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    client = browser_of(juror)
    with time_machine.travel(CLOSES, tick=False):
        sent = form(scene, juror, mention="5", comment="Très net.", do="next")
        answer = client.post(address(scene, number), sent)
        assert answer.status_code == 410
        assert "Ce tour est clos" in text_of(answer)
        assert "Excellent" in text_of(answer)
        assert "Très net." in text_of(answer)
        status, said = send(client, address(scene, number), **form(scene, juror, mention="2"))
        assert (status, said["state"]) == (410, "late")
    with time_machine.travel(CLOSED, tick=False):
        for path in (address(scene, number), page_of(scene)):
            page = text_of(client.get(path))
            assert "Excellent" in page
            assert "Très net." in page
        assert 'name="mention"' not in client.get(address(scene, number)).content.decode()
    assert not Ballot.objects.exists()
    assert LateBallot.objects.count() == 2


def test_nothing_late_is_kept_of_a_form_that_changes_nothing() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    with time_machine.travel(CLOSES, tick=False):
        browser_of(juror).post(address(scene, number), form(scene, juror, mention="", comment=""))
    assert not LateBallot.objects.exists()


def test_what_is_signed_off_is_not_changed_until_it_is_taken_up_again() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    grade(scene.work(juror)[0], mention=3)
    client = browser_of(juror)
    with time_machine.travel(OPEN, tick=False):
        signed = client.post(page_of(scene, "signature"), {"do": "sign"}, follow=True)
        assert sealing.receipt_for(scene.seat(juror)) in signed.content.decode()
        assert scene.seat(juror).seal in signed.content.decode()
        sent = form(scene, juror, mention="5", based_on="1")
        answer = client.post(address(scene, number), sent)
        assert answer.status_code == 409
        assert "votre travail est signé" in text_of(answer)
        assert send(client, address(scene, number), **sent)[1] == {"state": "signed_off"}
        client.post(page_of(scene, "signature"), {"do": "again"})
        assert client.post(address(scene, number), sent).status_code == 303
    assert Ballot.objects.count() == 2


def test_nobody_signs_off_before_the_last_poster() -> None:
    scene = make_jury(posters=2, jurors=1)
    with time_machine.travel(OPEN, tick=False):
        answer = browser_of(scene.jurors[0]).post(page_of(scene, "signature"), {"do": "sign"})
    assert answer.status_code == 422
    assert "Affiches encore à juger : 2" in text_of(answer)


def test_what_another_device_has_changed_is_shown_with_what_was_sent() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    grade(scene.work(juror)[0], mention=2)
    grade(scene.work(juror)[0], mention=4)
    client = browser_of(juror)
    with time_machine.travel(OPEN, tick=False):
        sent = form(scene, juror, mention="0", based_on="1")
        answer = client.post(address(scene, number), sent)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Très bien" in text_of(answer)
        assert 'name="based_on" value="2"' in page
        status, said = send(client, address(scene, number), **sent)
        assert (status, said["state"], said["n"]) == (409, "changed", 2)
        assert said["grades"] == {"mention": 4}
        again = form(scene, juror, mention="0", based_on="2")
        assert client.post(address(scene, number), again).status_code == 303
    assert Ballot.objects.get(n=3).grades == {"mention": 0}


def test_what_is_typed_wrong_is_said_beside_it_and_nothing_is_lost() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    client = browser_of(juror)
    with time_machine.travel(OPEN, tick=False):
        long = "é" * 2001
        answer = client.post(address(scene, number), form(scene, juror, mention="3", comment=long))
        assert answer.status_code == 422
        assert "dépasse 2000 signes" in text_of(answer)
        assert long in answer.content.decode()
        for wrong in ("9", "-1", "abc", "²", "9" * 5000):
            sent = form(scene, juror, mention=wrong)
            assert client.post(address(scene, number), sent).status_code == 422, wrong
            assert send(client, address(scene, number), **sent)[0] == 422, wrong
        odd = form(scene, juror, mention="3", based_on="9" * 40, act="none", comment="a\x00b")
        assert client.post(address(scene, number), odd).status_code == 303
    assert Ballot.objects.get().comment == "ab"


def test_the_same_act_sent_again_is_cast_once() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    client = browser_of(juror)
    act = str(uuid4())
    with time_machine.travel(OPEN, tick=False):
        for _time in range(3):
            sent = form(scene, juror, mention="3", act=act)
            status, said = send(client, address(scene, number), **sent)
            assert (status, said["n"]) == (200, 1)
    assert Ballot.objects.count() == 1


def test_an_order_is_given_by_buttons() -> None:
    scene = make_jury(posters=3, jurors=1, method=Method.RANKING)
    juror = scene.jurors[0]
    one, two, three = (poster.number for poster in scene.posters)
    client = browser_of(juror)
    path = page_of(scene, "ranking")

    def press(verb: str, revision: int) -> int:
        sent = form(scene, juror, do=verb, based_on=str(revision))
        return client.post(path, sent).status_code

    with time_machine.travel(OPEN, tick=False):
        presses = [f"place-{one}", f"place-{two}", f"higher-{two}", f"place-{three}"]
        for revision, verb in enumerate([*presses, f"equal-{three}"]):
            assert press(verb, revision) == 303, verb
        ranks = {
            work.poster.number: Ballot.objects.get(assignment=work, n=work.revision).grades
            for work in scene.work(juror)
        }
        assert ranks == {two: {"rank": 1}, one: {"rank": 2}, three: {"rank": 2}}
        assert press(f"take_out-{two}", 1) == 409
        for wrong in ("higher-99", "place-", "dance-1", "higher-" + "9" * 60):
            assert press(wrong, 5) == 422, wrong
        assert send(client, path, **form(scene, juror, order="1,x", based_on="5"))[0] == 422
    with time_machine.travel(CLOSED, tick=False):
        assert press(f"higher-{one}", 5) == 410
        assert f'value="higher-{one}"' not in client.get(path).content.decode()


def test_nothing_is_cast_before_the_opening_whatever_is_sent() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    client = browser_of(juror)
    with time_machine.travel(NOW, tick=False):
        sent = form(scene, juror, mention="3")
        assert client.post(address(scene, number), sent).status_code == 200
        assert send(client, address(scene, number), **sent) == (409, {"state": "not_open"})
    assert not Ballot.objects.exists()
    assert not LateBallot.objects.exists()


def test_a_form_without_an_answer_is_not_said_to_be_done() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    with time_machine.travel(OPEN, tick=False):
        client = browser_of(juror)
        empty = form(scene, juror, mention="", comment="", do="next")
        page = client.post(address(scene, number), empty, follow=True)
        assert "elle n’est pas encore jugée" in text_of(page)
        done = form(scene, juror, mention="5", comment="", do="next")
        page = client.post(address(scene, number), done, follow=True)
        assert "elle n’est pas encore jugée" not in text_of(page)


def test_after_the_close_no_poster_is_said_to_be_still_to_judge() -> None:
    scene = make_jury(posters=1, jurors=1)
    client = browser_of(scene.jurors[0])
    with time_machine.travel(OPEN, tick=False):
        assert "À juger" in text_of(client.get(page_of(scene)))
    with time_machine.travel(CLOSED, tick=False):
        page = text_of(client.get(page_of(scene)))
    assert "À juger" not in page
    assert "Non jugée" in page


def test_an_order_not_begun_says_how_to_begin() -> None:
    scene = make_jury(posters=2, jurors=1, method=Method.RANKING)
    client = browser_of(scene.jurors[0])
    with time_machine.travel(OPEN, tick=False):
        assert "« Classer »" in text_of(client.get(page_of(scene, "ranking")))
    with time_machine.travel(CLOSED, tick=False):
        assert "« Classer »" not in text_of(client.get(page_of(scene, "ranking")))
