"""From an empty jury to the first ballot, by the pages alone: each role in its own browser."""

from __future__ import annotations

import re
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from contest.jury import assigning, inviting
from contest.models import Assignment, Juror, Round
from tests.contest.scene import Scene

from .scene import NOW, OPEN, make_jury, make_posters


def links_in(kind: str) -> dict[str, str]:
    """The latest address of `kind` in each recipient's mails."""
    found = {}
    for message in mail.outbox:
        for link in re.findall(rf"http://localhost({kind}\S*)", message.body):
            found[message.to[0]] = link
    return found


@pytest.mark.django_db
def test_invite_declare_prepare_assign_judge(
    scene: Scene, editor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    base = f"/admin/concours/{scene.contest.pk}/jury/"
    guests: dict[str, Client] = {}
    with django_capture_on_commit_callbacks(execute=True), time_machine.travel(NOW, tick=False):
        posters = make_posters(scene, 3)
        for name in ("lea", "amadou"):
            editor.post(
                f"{base}membres/invitation/",
                {"name": name, "email": f"{name}@exemple.fr", "college": "artist"},
            )
    assert links_in("/jury/") == {f"{name}@exemple.fr": "/jury/" for name in ("lea", "amadou")}
    for email in links_in("/jury/"):
        guests[email] = Client()
        with django_capture_on_commit_callbacks(execute=True), time_machine.travel(NOW, tick=False):
            guests[email].post("/jury/connexion/", {"email": email})
        link = links_in("/jury/connexion/lien/")[email]
        with time_machine.travel(NOW, tick=False):
            guests[email].post("/jury/connexion/lien/", {"jeton": link.partition("jeton=")[2]})
    with time_machine.travel(NOW, tick=False):
        page = f"/jury/conflits/{scene.contest.pk}/"
        guests["lea@exemple.fr"].post(page, {"uai": posters[0].establishment.uai})
        guests["amadou@exemple.fr"].post(page, {"none": "1"})
        rules = f"{base}categories/{scene.category.pk}/tour/"
        kept = editor.post(
            rules,
            {
                "name": "Finale",
                "method": "majority",
                "minimum": "1",
                "opens_at": "25/03/2023 09:00",
                "closes_at": "28/03/2023 18:00",
                "last_resort": "ex_aequo",
            },
        )
        shown = editor.get(kept["Location"]).content.decode()
        found = re.search(r'name="seen"\s+value="(\w+)"', shown)
        assert found
        with django_capture_on_commit_callbacks(execute=True):
            editor.post(kept["Location"], {"seen": found[1]})
    round_ = Round.objects.get()
    assert sum("Affiches à juger" in message.subject for message in mail.outbox) == 2
    lea = Juror.objects.get(email="lea@exemple.fr")
    mine = Assignment.objects.filter(juror=lea)
    assert set(mine.values_list("poster", flat=True)) == {one.pk for one in posters[1:]}
    with time_machine.travel(OPEN, tick=False):
        number = posters[1].number
        link = f"/jury/tours/{round_.pk}/affiches/{number}/"
        # The session has ended since: a new link, and back to the page.
        cache.clear()  # Redis has a clock of its own, by which it forgets a session in time
        guest = guests["lea@exemple.fr"]
        assert guest.get(link)["Location"] == f"/jury/connexion/?next={link}"
        with django_capture_on_commit_callbacks(execute=True):
            guest.post("/jury/connexion/", {"email": lea.email, "next": link})
        token = links_in("/jury/connexion/lien/")[lea.email].partition("jeton=")[2]
        entered = guest.post("/jury/connexion/lien/", {"jeton": token})
        assert entered["Location"] == link
        assert guest.get(link).status_code == 200
        hidden = f"/jury/tours/{round_.pk}/affiches/{posters[0].number}/"
        assert guest.get(hidden).status_code == 404


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_somebody_invited_while_a_round_is_assigned_gets_work_either_way() -> None:
    jury = make_jury(posters=4, jurors=2, assigned=False)
    start = Barrier(2)

    def invite() -> None:
        start.wait()
        version = Juror(
            contest=jury.contest_scene.contest, name="Léa Peintre", email="lea@exemple.fr"
        )
        inviting.invite(version, by=jury.editor, now=NOW)
        connection.close()

    def assign() -> None:
        start.wait()
        assigning.assign(jury.round, by=jury.editor, now=NOW)
        connection.close()

    acts = [Thread(target=invite), Thread(target=assign)]
    for act in acts:
        act.start()
    for act in acts:
        act.join()
    assert Assignment.objects.filter(juror__email="lea@exemple.fr").count() == 4
