"""Who gets the public files of an edition, at which address, and when again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from campaigns import catalogue_stamp, review
from campaigns.criteria import Criteria
from campaigns.models import Action, ActionIndexPage
from campaigns.views import outputs
from tests.campaigns.outputs.reading import KINDS, body, fetch, get, numbers
from tests.campaigns.scene import make_draft, make_endorsed, make_published, make_scene
from tests.factories import make_site

pytestmark = pytest.mark.django_db

ODD_QUERIES = [
    "?q=%00&departement=%00",
    "?q=" + "a" * 3_000,
    "?jour=2023-99-99&bassin=999999999999999999999999",
    "?theme=" + "&theme=".join(f"t{number}" for number in range(400)),
    "?%FF=%FE&q=%F0%9F%98%80&page=-1&vue=%22",
    "?q=%E2%80%A8%22%3C%3E%26",
    "?departement[]=76&&&=&;",
]


def test_a_file_holds_the_public_fiches_of_its_edition_and_nothing_else(client, scene) -> None:
    make_draft(scene)
    make_endorsed(scene)
    withdrawn = make_published(scene)
    review.withdraw(withdrawn, by=scene.editor, comment="Erreur.")
    shown = make_published(scene)

    for kind in KINDS:
        assert numbers(client, scene.edition, kind) == [str(shown.pk)], kind


def test_a_file_holds_what_the_catalogue_shows_for_the_same_address(client, scene) -> None:
    week = make_published(scene, title="Forum des métiers", ready_to_reuse=True)
    make_published(scene, title="Tutorat")

    for kind in KINDS:
        assert numbers(client, scene.edition, kind, "?reutilisable=1&vue=carte") == [str(week.pk)]
        assert numbers(client, scene.edition, kind, "?q=forum") == [str(week.pk)]
        assert numbers(client, scene.edition, kind, "?q=escalade") == []


def test_what_is_not_published_has_no_file(client, scene) -> None:
    make_published(scene)
    catalogue = ActionIndexPage.objects.child_of(scene.edition).get()

    catalogue.unpublish()
    without_catalogue = [fetch(client, scene.edition, kind).status_code for kind in KINDS]
    ActionIndexPage.objects.filter(pk=catalogue.pk).update(live=True)
    scene.edition.unpublish()
    unpublished = [fetch(client, scene.edition, kind).status_code for kind in KINDS]

    assert {*without_catalogue, *unpublished} == {404}


@pytest.mark.parametrize(
    ("level", "refusal"), [("edition", 302), ("home page", 302), ("catalogue", 404)]
)
def test_what_is_restricted_has_files_for_those_let_in_only(scene, level, refusal) -> None:
    action = make_published(scene)
    page = {
        "edition": scene.edition,
        "home page": scene.edition.get_parent(),
        "catalogue": ActionIndexPage.objects.child_of(scene.edition).get(),
    }[level]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    school = Client()
    school.force_login(scene.account)

    for kind in KINDS:
        assert fetch(Client(), scene.edition, kind).status_code == refusal
        assert numbers(school, scene.edition, kind) == [str(action.pk)]


def test_each_academie_gives_its_own_fiches(client, scene) -> None:
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    theirs = make_published(other)
    ours = make_published(scene)
    there = Client(headers={"host": "amiens.localhost"})

    for kind in KINDS:
        assert numbers(client, scene.edition, kind) == [str(ours.pk)]
        assert fetch(client, other.edition, kind).status_code == 404
        assert numbers(there, other.edition, kind) == [str(theirs.pk)]


def test_no_query_string_stops_a_file(client, scene) -> None:
    make_published(scene)

    for kind in KINDS:
        for query in ODD_QUERIES:
            assert fetch(client, scene.edition, kind, query).status_code == 200, (kind, query)


def test_nothing_is_sent_again_until_a_fiche_changes(client, scene) -> None:
    make_published(scene)
    etags = {kind: fetch(client, scene.edition, kind)["ETag"] for kind in KINDS}

    def again(query: str = "") -> set[tuple[int, bool]]:
        answers = [
            fetch(client, scene.edition, kind, query, headers={"if-none-match": etag})
            for kind, etag in etags.items()
        ]
        return {(answer.status_code, bool(body(answer))) for answer in answers}

    assert again() == {(304, False)}
    assert again("?moment=year") == {(200, True)}
    make_published(scene, title="Tutorat")
    assert again() == {(200, True)}


def test_a_fiche_whose_date_has_ended_leaves_the_file(client, scene) -> None:
    action = make_published(scene)
    etags = {kind: fetch(client, scene.edition, kind)["ETag"] for kind in KINDS}
    Action.objects.filter(pk=action.pk).update(expire_at="2020-01-01T00:00Z")
    catalogue_stamp.touch([scene.edition.pk])

    for kind, etag in etags.items():
        answer = fetch(client, scene.edition, kind, headers={"if-none-match": etag})
        assert answer.status_code == 200
        assert numbers(client, scene.edition, kind) == []


def test_a_reader_may_ask_for_the_head_only_and_change_nothing(client, scene) -> None:
    make_published(scene)

    for kind in KINDS:
        address = f"/{scene.edition.slug}/actions.{kind}"
        asked, whole = client.head(address), get(client, address)

        assert asked.status_code == 200
        assert b"".join(asked) == b""
        for name in ("Content-Type", "Content-Disposition", "ETag", "Cache-Control"):
            assert asked[name] == whole[name]
        assert client.post(address).status_code == 405


def test_no_other_ending_is_a_file(client, scene) -> None:
    make_published(scene)

    for name in ("actions.xml", "actions.csv/", "actions.csvx", "actions.", "../actions.csv"):
        assert client.get(f"/{scene.edition.slug}/{name}").status_code == 404
    assert client.get("/actions.csv").status_code == 404


def test_twenty_thousand_fiches_have_a_state_too() -> None:
    def etag(found: int) -> str | None:
        selection: Any = SimpleNamespace(
            catalogue=SimpleNamespace(stamp=1),
            criteria=Criteria(),
            found=found,
            edition=SimpleNamespace(title="", theme="", school_year=""),
        )
        return outputs._etag(selection, "csv", "http://localhost/", None)

    everything = (1 << 20_000) - 1

    assert etag(everything) == etag(everything)
    assert etag(everything) != etag(everything ^ 1 << 19_999)
