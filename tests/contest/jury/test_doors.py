"""Every address of the jury, found from the site's own list: who gets in, and what is refused.

A page that is added later is tested with the others, since nothing here names them one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.models import MailRecord, User
from contest.jury.enums import Method
from contest.models import (
    Assignment,
    Award,
    Ballot,
    Conflict,
    Juror,
    LateBallot,
    Result,
    Round,
    Seat,
)
from contest.urls import jury_urls
from tests.contest.jury.desk_scene import browser_of
from tests.contest.jury.published_scene import give, make_counted, publish
from tests.contest.jury.scene import CLOSED, NOW, OPEN, JuryScene, grade, make_juror, make_jury
from tests.contest.scene import AFTER_RESULTS, make_scene
from tests.factories import make_editor, make_site

pytestmark = pytest.mark.django_db

METHODS = ("get", "head", "post", "put", "patch", "delete")
CHANGED = (
    Assignment, Award, Ballot, Conflict, Juror, LateBallot, MailRecord, ModelLogEntry,
    PageLogEntry, Result, Round, Seat,
)  # fmt: skip
"""What an act of anybody's would change."""

ACCEPTED = ("text/html", "application/json")
HUGE = "9" * 5000
GARBAGE = ("\x00", "-1", HUGE, "NaN", "0001-01-01T00:00", "9999-12-31T23:59")
FIELDS = (
    "accept", "act", "advance_count", "advance_threshold", "another", "at", "based_on", "checked",
    "closes_at", "college", "comment", "conflict-establishment", "conflict-reason", "do", "email",
    "establishment", "jeton", "juror", "last_resort", "leave_out", "lift", "mention", "method",
    "minimum", "name", "next", "none", "note", "number", "opens_at", "order", "panel_size",
    "prize", "q", "reason", "reassign", "remove", "seat", "seen", "severity", "title", "uai",
    "when",
)  # fmt: skip
"""Every name that a form of the jury sends."""


def patterns_below(resolver: URLResolver, route: str = "") -> list[URLPattern]:
    """The patterns of a resolver whose whole address begins with `route` of the jury."""
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += patterns_below(one, route)
        elif str(one.pattern).startswith(route):
            found.append(one)
    return found


ADMIN = [
    one
    for one in patterns_below(get_resolver(), "concours/<int:contest_pk>/jury/")
    if one.name is not None
]
ADMIN_NAMES = sorted({str(one.name) for one in ADMIN})
DESK_NAMES = sorted(str(one.name) for one in jury_urls if isinstance(one, URLPattern))


def needs(patterns: list[Any], name: str) -> list[str]:
    """The keys that the address of that name holds."""
    return next(list(one.pattern.converters) for one in patterns if one.name == name)


@dataclass
class House:
    """A counted contest whose palmarès waits, with one row for each kind of key."""

    scene: JuryScene
    keys: dict[str, int]

    def address(self, name: str, **others: int) -> str:
        """The admin's page of that name; `others` replace keys."""
        wanted = needs(ADMIN, name)
        return reverse(name, kwargs={key: ({**self.keys, **others})[key] for key in wanted})


def make_house(scene: JuryScene) -> House:
    """The keys of `scene`, whatever its stage."""
    contest = scene.contest_scene.contest
    award = Award.objects.filter(contest=contest).first()
    result = Result.objects.filter(contest=contest).first()
    return House(
        scene,
        {
            "contest_pk": contest.pk,
            "round_pk": scene.round.pk,
            "juror_pk": scene.jurors[0].pk,
            "category_pk": scene.category.pk,
            "award_pk": award.pk if award else 0,
            "result_pk": result.pk if result else 0,
        },
    )


def published() -> House:
    """All kinds of rows there are."""
    scene = make_counted()
    give(scene, 3, "Son audace.")
    publish(scene)
    return make_house(scene)


def state() -> list[Any]:
    """Every row that an act could change."""
    return [list(model.objects.order_by("pk").values_list()) for model in CHANGED]


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def closed(answer: HttpResponseBase) -> int:
    """The status of an answer; a file is not read."""
    if answer.streaming:
        for close in answer._resource_closers:  # type: ignore[attr-defined]
            close()
    return answer.status_code


def test_the_lists_are_not_empty() -> None:
    assert len(ADMIN_NAMES) >= 20
    assert len(DESK_NAMES) >= 10


@pytest.mark.parametrize("stage", ["open", "out"])
def test_the_organisers_pages_are_closed_to_everybody_else(stage: str) -> None:
    house = published() if stage == "out" else make_house(make_jury())
    scene = house.scene
    site = scene.contest_scene
    foreign = make_editor(make_site("rennes", "rennes.localhost", is_default=False))
    lead_and_juror = make_juror(site, user=site.lead, email=site.lead.email or "l@jury.example")
    foreign_juror = make_juror(site, user=foreign, email="editrice@rennes.example")
    inside = (None, scene.jurors[0].user, site.account, lead_and_juror.user, foreign_juror.user)
    with time_machine.travel(OPEN if stage == "open" else AFTER_RESULTS, tick=False):
        clients = [client_of(user) for user in inside]
        before = state()
        for name in ADMIN_NAMES:
            for client in clients:
                for method in METHODS:
                    answer = getattr(client, method)(house.address(name))
                    assert closed(answer) in (302, 403, 404, 405), (name, method)
                    if answer.status_code == 302:
                        assert answer["Location"].startswith(("/admin/", "/admin/login/"))
                        assert "/jury/" not in answer["Location"].partition("?")[0]
        assert state() == before


def test_rows_of_another_contest_are_not_found_below_ones_own() -> None:
    ours = published()
    site = make_site("rennes", "rennes.localhost", is_default=False)
    theirs = make_scene(site)
    client = client_of(theirs.editor)
    with time_machine.travel(AFTER_RESULTS, tick=False):
        before = state()
        for name in ADMIN_NAMES:
            if needs(ADMIN, name) == ["contest_pk"]:
                continue
            for method in ("get", "post"):
                url = ours.address(name, contest_pk=theirs.contest.pk)
                assert closed(getattr(client, method)(url)) in (404, 405), (name, method)
        assert state() == before


@pytest.mark.parametrize("moment", ["preparing", "open", "out"])
def test_an_organiser_casts_nothing_and_breaks_nothing_whatever_they_send(moment: str) -> None:
    now = {"preparing": NOW, "open": OPEN, "out": AFTER_RESULTS}[moment]
    if moment == "out":
        house = published()
    else:
        scene = make_jury(posters=2, jurors=2, assigned=moment != "preparing")
        if moment != "preparing":
            grade(scene.work(scene.jurors[0])[0], mention=3)
        house = make_house(scene)
    client = client_of(house.scene.editor)
    with time_machine.travel(now, tick=False):
        ballots = list(Ballot.objects.values_list())
        for name in ADMIN_NAMES:
            for value in GARBAGE:
                sent = dict.fromkeys(FIELDS, value)
                assert closed(client.post(house.address(name), sent)) < 500
        for act in ("publish", "call_off", "tell"):
            for value in GARBAGE:
                sent = {**dict.fromkeys(FIELDS, value), "act": act, "checked": "on"}
                sent |= {"when": "later", "note": "Une erreur de saisie."}
                assert closed(client.post(house.address("jury_publication"), sent)) < 500
        assert list(Ballot.objects.values_list()) == ballots
        for name in DESK_NAMES:
            url = desk_address(house.scene, name)
            for method in METHODS:
                assert closed(getattr(client, method)(url)) in (200, 302, 303, 400, 403, 404, 405)
        assert list(Ballot.objects.values_list()) == ballots
        assert not LateBallot.objects.exists()


def desk_address(scene: JuryScene, name: str, number: int = 1) -> str:
    """The jurors' page of that name."""
    known = {
        "pk": scene.round.pk,
        "number": number,
        "contest_pk": scene.contest_scene.contest.pk,
    }
    wanted = needs(list(jury_urls), name)
    return reverse(f"jury:{name}", kwargs={key: known[key] for key in wanted})


@pytest.mark.parametrize(
    ("method", "now"),
    [(Method.MAJORITY, OPEN), (Method.RANKING, OPEN), (Method.RANKING, CLOSED)],
)
def test_a_juror_breaks_nothing_whatever_they_send(method: Method, now: Any) -> None:
    scene = make_jury(posters=2, jurors=2, method=method)
    juror = scene.jurors[0]
    client = browser_of(juror)
    seat = scene.seat(juror)
    with time_machine.travel(now, tick=False):
        for name in [one for one in DESK_NAMES if one != "leave"]:
            assert closed(client.get(desk_address(scene, name, 2**70))) < 500
            url = desk_address(scene, name)
            for value in GARBAGE:
                asked = {"q": value, "a": value, "b": value, "filtre": value, "next": value}
                assert closed(client.get(url, asked)) < 500
                sent = dict.fromkeys(FIELDS, value)
                for left_out in ("name", "none", "remove", "order"):
                    sent.pop(left_out)
                    for accept in ACCEPTED if name in ("poster", "ranking") else ACCEPTED[:1]:
                        answer = client.post(url, sent, headers={"accept": accept})
                        assert closed(answer) < 500
                    sent["seat"] = str(seat.pk)


def test_what_jurors_are_sent_is_kept_by_no_cache_and_runs_no_stranger_s_script() -> None:
    scene = make_jury(posters=2, jurors=1)
    client = browser_of(scene.jurors[0])
    with time_machine.travel(OPEN, tick=False):
        for name in [one for one in DESK_NAMES if one != "leave"]:
            for visitor in (client, Client()):
                answer = visitor.get(desk_address(scene, name))
                if answer.status_code in (404, 405):
                    continue
                assert "no-store" in answer["Cache-Control"], name
                assert "private" in answer["Cache-Control"], name
                if answer.status_code == 200:
                    policy = answer["Content-Security-Policy"]
                    script = next(one for one in policy.split(";") if "script-src" in one)
                    assert "unsafe" not in script, name
                    assert "*" not in script, name
