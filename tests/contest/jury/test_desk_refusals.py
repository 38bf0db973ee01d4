"""What a juror is refused, and how: another's work, a poster taken away, a round closed."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contest.jury import assigning
from contest.jury.enums import AssignmentStatus
from contest.models import Assignment, Ballot, Round
from tests.contest.jury.desk_scene import BACKEND, address, browser_of, form, page_of, send, text_of
from tests.contest.jury.scene import (
    CLOSED,
    NOW,
    OPEN,
    JuryScene,
    make_juror,
    make_jury,
)

pytestmark = pytest.mark.django_db


def addresses(scene: JuryScene) -> list[str]:
    """Every page of the scene's round."""
    number = scene.posters[0].number
    return [
        page_of(scene),
        f"{page_of(scene, 'compare')}?a={number}",
        address(scene, number),
        reverse("jury:recusal", args=[scene.round.pk, number]),
    ]


def test_whoever_judges_nothing_gets_in_nowhere() -> None:
    scene = make_jury(posters=1, jurors=1)
    stranger = make_juror(scene.contest_scene)
    left = make_juror(scene.contest_scene, left_at=NOW)
    with time_machine.travel(OPEN, tick=False):
        for path in addresses(scene):
            answer = Client().get(path)
            assert answer.status_code == 302, path
            assert answer["Location"].startswith(reverse("jury:sign_in")), path
            assert browser_of(stranger).get(path).status_code == 404, path
            assert browser_of(left).get(path).status_code == 403, path
            for user in (scene.editor, scene.contest_scene.account, scene.contest_scene.lead):
                client = Client()
                client.force_login(user, backend=BACKEND)
                assert client.get(path).status_code == 403, path
                assert client.post(path, {"do": "save"}).status_code in (403, 405), path


def test_an_organiser_who_is_also_listed_as_juror_is_refused() -> None:
    scene = make_jury(posters=1, jurors=1)
    make_juror(scene.contest_scene, user=scene.editor, email="organiser@ac.example")
    client = Client()
    client.force_login(scene.editor, backend=BACKEND)
    with time_machine.travel(OPEN, tick=False):
        assert client.get(address(scene, scene.posters[0].number)).status_code == 403


@pytest.mark.parametrize(
    "status", [AssignmentStatus.RECUSED, AssignmentStatus.REVOKED], ids=["recused", "revoked"]
)
def test_a_poster_taken_away_is_as_if_it_were_not_there(status: AssignmentStatus) -> None:
    scene = make_jury(posters=2, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    Assignment.objects.filter(juror=juror, poster=scene.posters[0]).update(status=status)
    client = browser_of(juror)
    file = scene.posters[0].file
    assert file is not None
    with time_machine.travel(OPEN, tick=False):
        opened = client.get(address(scene, number))
        if status == AssignmentStatus.RECUSED:
            assert (opened.status_code, opened["Location"]) == (303, page_of(scene))
            assert f"Votre récusation pour l’affiche n° {number}" in text_of(
                client.get(page_of(scene))
            )
        else:
            assert opened.status_code == 404
        assert client.post(address(scene, number), form(scene, juror)).status_code == 404
        assert client.get(f"{page_of(scene, 'compare')}?a={number}").status_code == 404
        assert client.get(f"/fichiers/affiches/{file.token}/640.jpg").status_code == 404
        assert f"n°\u00a0{number} " not in client.get(page_of(scene)).content.decode()
    assert not Ballot.objects.exists()


def test_a_poster_of_another_panel_is_not_found() -> None:
    scene = make_jury(posters=6, jurors=3, panel_size=1)
    juror = scene.jurors[0]
    own = {work.poster_id for work in scene.work(juror)}
    others = [poster for poster in scene.posters if poster.pk not in own]
    assert others
    client = browser_of(juror)
    with time_machine.travel(OPEN, tick=False):
        for poster in others:
            assert client.get(address(scene, poster.number)).status_code == 404
            assert send(client, address(scene, poster.number), mention="3")[0] == 404
        assert client.get(address(scene, 10**30)).status_code == 404
        assert client.get(f"/jury/tours/{10**30}/").status_code == 404


def test_a_page_that_another_juror_had_left_open_sends_nothing_in_ones_name() -> None:
    scene = make_jury(posters=1, jurors=2)
    former, number = scene.jurors[0], scene.posters[0].number
    client = browser_of(scene.jurors[1])
    with time_machine.travel(OPEN, tick=False):
        sent = form(scene, former, mention="5")
        answer = client.post(address(scene, number), sent)
        assert answer.status_code == 403
        assert "celle de quelqu’un d’autre" in text_of(answer)
        assert send(client, address(scene, number), **sent) == (403, {"state": "another"})
        stranger = make_juror(scene.contest_scene)
        assert send(browser_of(stranger), address(scene, number), **sent) == (
            403,
            {"state": "another"},
        )
    assert not Ballot.objects.exists()


def test_what_is_sent_once_the_session_has_ended_comes_back_to_be_saved() -> None:
    scene = make_jury(posters=1, jurors=2)
    juror, number = scene.jurors[0], scene.posters[0].number
    sent = form(scene, juror, mention="3", comment="Je l’ai vue de loin.")
    with time_machine.travel(OPEN, tick=False):
        held = Client(enforce_csrf_checks=True).post(address(scene, number), sent)
        assert held.status_code == 403
        assert "Je l’ai vue de loin." in held.content.decode()
        again = browser_of(juror).post(address(scene, number), sent | {"do": "resume"})
        assert "pas encore enregistré" in text_of(again)
        assert "Je l’ai vue de loin." in again.content.decode()
        other = browser_of(scene.jurors[1]).post(address(scene, number), sent | {"do": "resume"})
        assert "Je l’ai vue de loin." not in other.content.decode()
        assert send(Client(), address(scene, number), **sent) == (302, {})
    assert not Ballot.objects.exists()


def test_another_site_casts_nothing() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(juror.user, backend=BACKEND)
    sent = form(scene, juror, mention="3")
    with time_machine.travel(OPEN, tick=False):
        assert strict.post(address(scene, number), sent).status_code == 403
        assert strict.post(address(scene, number), {"do": "flag"}).status_code == 403
        assert send(strict, address(scene, number), **sent) == (403, {"state": "session"})
        path = reverse("jury:recusal", args=[scene.round.pk, number])
        assert strict.post(path, {"reason": "Non."}).status_code == 403
        assert strict.post(page_of(scene, "signature"), {"do": "sign"}).status_code == 403
    assert not Ballot.objects.exists()
    assert not Assignment.objects.filter(flagged=True).exists()


def test_a_recusal_needs_a_reason_and_takes_the_poster_away() -> None:
    scene = make_jury(posters=2, jurors=1)
    juror, number = scene.jurors[0], scene.posters[0].number
    client = browser_of(juror)
    path = reverse("jury:recusal", args=[scene.round.pk, number])
    with time_machine.travel(OPEN, tick=False):
        refused = client.post(path, {"reason": " "})
        assert refused.status_code == 422
        assert 'id="erreur-motif"' in refused.content.decode()
        assert client.post(path, {"reason": "Ma fille est dans la classe."}).status_code == 303
        assert client.get(address(scene, number))["Location"] == page_of(scene)
    with time_machine.travel(CLOSED, tick=False):
        late = reverse("jury:recusal", args=[scene.round.pk, scene.posters[1].number])
        assert client.post(late, {"reason": "Trop tard."}).status_code == 410


def test_a_round_is_ranked_on_its_own_page_only() -> None:
    scene = make_jury(posters=1, jurors=1)
    with time_machine.travel(OPEN, tick=False):
        assert browser_of(scene.jurors[0]).get(page_of(scene, "ranking")).status_code == 404


def test_another_category_shows_nothing_of_this_one() -> None:
    scene = make_jury(posters=1, jurors=1)
    other = Round.objects.create(
        category=scene.contest_scene.contest.categories.get(name="Écoles"),
        name="Finale",
        opens_at=scene.round.opens_at,
        closes_at=scene.round.closes_at,
    )
    with time_machine.travel(OPEN, tick=False):
        path = reverse("jury:poster", args=[other.pk, scene.posters[0].number])
        assert browser_of(scene.jurors[0]).get(path).status_code == 404
    assert assigning.preview(other).posters == []
