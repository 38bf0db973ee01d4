"""The page of one poster: what it shows the editor, and how it takes a decision."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from contest.enums import Reason
from contest.models import Poster, PosterFile
from contest.storage import private_storage
from tests.contest.scene import (
    Scene,
    make_admitted,
    make_refused,
    make_returned,
    make_submitted,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def address(poster: Poster, query: str = "") -> str:
    return reverse("poster_review", args=[poster.pk]) + query


def page(editor: Client, poster: Poster, query: str = "") -> BeautifulSoup:
    response = editor.get(address(poster, query))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def send(editor: Client, poster: Poster, query: str = "", **data: Any) -> Any:
    return editor.post(address(poster, query), {"revision": str(poster.latest_revision_id), **data})


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def told(editor: Client, response: Any) -> str:
    return soup(editor.get(response.url)).select_one(".messages").get_text(" ", strip=True)


def now(poster: Poster) -> Poster:
    return Poster.objects.get(pk=poster.pk)


def test_all_that_was_said_and_checked_is_there(editor: Client, scene: Scene) -> None:
    poster = make_submitted(
        scene,
        title="Grimper",
        ai_use="part",
        ai_details="Le fond de la montagne",
        third_party=True,
        third_party_details="Photo de Lou Exemple, CC BY",
    )
    assert poster.file is not None

    found = page(editor, poster)

    text = found.get_text(" ", strip=True)
    for part in (
        "Grimper",
        poster.statement,
        poster.alternative,
        "4e B",
        "24 élèves",
        "Collage",
        "Le fond de la montagne",
        "Photo de Lou Exemple, CC BY",
        "Camille Exemple, principale",
        "31 août 2023",
        "Site, exposition, impression.",
        "JPEG",
        "150",
        scene.establishment.uai,
        "Déposée",
    ):
        assert part in text
    picture = found.select_one(".poster-review__large img")
    assert picture["alt"] == poster.alternative
    assert found.select_one(".poster-review__large")["href"].endswith("/master.jpg")


def test_the_file_is_given_to_the_editor_as_it_was_sent(editor: Client, scene: Scene) -> None:
    poster = make_submitted(scene)
    link = page(editor, poster).select_one("a[download]")["href"]

    response = editor.get(link)

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    content = b"".join(response)
    assert poster.file is not None
    with private_storage().open(poster.file.original_name) as original:
        assert content == original.read()


@pytest.mark.parametrize(
    ("make", "offered"),
    [
        (make_submitted, ["admit", "return", "refuse", "withdraw"]),
        (make_returned, ["refuse", "withdraw"]),
        (make_admitted, ["reopen", "withdraw"]),
        (make_refused, ["reopen", "withdraw"]),
        (make_withdrawn, []),
    ],
)
def test_only_what_can_be_decided_is_offered(
    editor: Client, scene: Scene, make: Any, offered: list[str]
) -> None:
    found = page(editor, make(scene))

    assert [radio["value"] for radio in found.select("input[name=decision]")] == offered
    assert bool(found.select("input[name=reason]")) == ("refuse" in offered)
    assert found.select("input[name=decision][checked]") == []


def test_an_admission_gives_the_number_and_leads_to_the_next_that_waits(
    editor: Client, scene: Scene
) -> None:
    first, second, third = (make_submitted(scene, title=f"Affiche {letter}") for letter in "ABC")

    response = send(editor, second, "?q=affiche&order=title", decision="admit")

    assert response.status_code == 302
    assert response.url == address(third, "?q=affiche&order=title")
    assert (now(second).status, now(second).number) == ("admitted", 1)
    assert "« Affiche B » est admise sous le n° 1" in told(editor, response).replace(
        "\u202f", " "
    ).replace("\u00a0", " ")
    assert now(first).status == "submitted"


def test_after_the_last_comes_the_first_then_the_wall(editor: Client, scene: Scene) -> None:
    first, second = (make_submitted(scene, title=f"Affiche {letter}") for letter in "AB")

    after_second = send(editor, second, decision="admit")
    after_first = send(editor, first, decision="admit")

    assert after_second.url == address(first)
    assert after_first.url == reverse("poster_wall", args=[scene.contest.pk])
    assert "Plus aucune affiche" in told(editor, after_first)


def test_previous_and_next_keep_the_filters_of_the_wall(editor: Client, scene: Scene) -> None:
    posters = [make_submitted(scene, title=f"Affiche {letter}") for letter in "CAB"]
    c, a, b = posters
    query = "?q=affiche&order=title"

    found = page(editor, b, query)

    assert found.select_one("a[rel=prev]")["href"] == address(a, query)
    assert found.select_one("a[rel=next]")["href"] == address(c, query)
    assert "2 sur 3" in found.get_text(" ", strip=True)
    back = reverse("poster_wall", args=[scene.contest.pk]) + query
    assert found.select(f'a[href="{back}"]')


@pytest.mark.parametrize("decision", ["return", "refuse"])
def test_a_missing_reason_is_asked_for_beside_it_and_nothing_typed_is_lost(
    editor: Client, scene: Scene, decision: str
) -> None:
    poster = make_submitted(scene)

    response = send(editor, poster, decision=decision, comment="Le slogan est coupé.")

    assert response.status_code == 200
    found = soup(response)
    assert found.select_one("#erreur-motif p") is not None
    assert "erreur-motif" in found.select_one(".poster-decision__reason")["aria-describedby"]
    assert found.select_one("[name=comment]").text.strip() == "Le slogan est coupé."
    assert found.select_one("[name=decision][checked]")["value"] == decision
    assert now(poster).status == "submitted"


@pytest.mark.parametrize(
    ("decision", "more"),
    [("return", {"reason": "other"}), ("withdraw", {}), ("withdraw", {"comment": "  "})],
)
def test_missing_words_are_asked_for_beside_them(
    editor: Client, scene: Scene, decision: str, more: dict[str, str]
) -> None:
    poster = make_submitted(scene)

    response = send(editor, poster, decision=decision, **more)

    found = soup(response)
    box = found.select_one("[name=comment]")
    assert found.find(id=box["aria-describedby"].split()[0]) is not None
    assert found.select(".w-field--error [name=comment]")
    assert now(poster).status == "submitted"


def test_a_return_tells_the_establishment_the_reason_and_the_words(
    editor: Client, scene: Scene
) -> None:
    poster = make_submitted(scene)

    send(editor, poster, decision="return", reason="alternative", comment="Décrivez le slogan.")

    assert now(poster).status == "returned"
    mail = MailRecord.objects.get(kind="poster_returned")
    assert str(Reason.ALTERNATIVE.label) in mail.body
    assert "Décrivez le slogan." in mail.body
    history = page(editor, poster).select_one(".poster-review__history").get_text(" ")
    assert "Décrivez le slogan." in history


def test_a_reason_chosen_by_mistake_is_not_told_with_an_admission(
    editor: Client, scene: Scene
) -> None:
    poster = make_submitted(scene)

    send(editor, poster, decision="admit", reason="content", comment="Bravo.")

    mail = MailRecord.objects.get(kind="poster_admitted")
    assert str(Reason.CONTENT.label) not in mail.body
    entry = ModelLogEntry.objects.for_instance(poster).get(action="contest.admit")
    assert entry.data == {"reason": "", "comment": "Bravo."}


def test_a_withdrawal_deletes_the_files_and_goes_on(
    editor: Client, scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    poster = make_submitted(scene)
    assert poster.file is not None
    folder = poster.file.folder

    with django_capture_on_commit_callbacks(execute=True):
        send(editor, poster, decision="withdraw", comment="Un élève est reconnaissable.")

    assert now(poster).status == "withdrawn"
    assert not private_storage().exists(folder)
    text = page(editor, poster).get_text(" ")
    assert "Les fichiers de cette affiche sont supprimés" in text
    assert "Un élève est reconnaissable." in text


def test_reopening_stays_on_the_poster(editor: Client, scene: Scene) -> None:
    poster = make_admitted(scene)
    make_submitted(scene)

    response = send(editor, now(poster), decision="reopen")

    assert response.url == address(poster)
    assert now(poster).status == "submitted"
    assert "N°\u00a01" in page(editor, poster).get_text()


def test_a_poster_without_its_pictures_says_why_it_cannot_be_admitted(
    editor: Client, scene: Scene
) -> None:
    poster = make_submitted(scene, prepared=False)

    waiting = soup(send(editor, poster, decision="admit")).select_one("#erreur-decision")
    assert poster.file is not None
    PosterFile.objects.filter(pk=poster.file.pk).update(preparation_error="damaged")
    failed = soup(send(editor, poster, decision="admit")).select_one("#erreur-decision")

    assert "encore en préparation" in waiting.get_text()
    assert "Relancez" in failed.get_text()
    assert now(poster).status == "submitted"


def test_the_pictures_can_be_asked_for_again(
    editor: Client, scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    poster = make_submitted(scene, prepared=False)
    assert page(editor, poster).select("button[name=act][value=prepare]")

    with django_capture_on_commit_callbacks() as queued:
        response = editor.post(address(poster), {"act": "prepare"})

    assert response.status_code == 302
    assert len(queued) == 1
    ready = make_submitted(scene)
    assert not page(editor, ready).select("button[name=act][value=prepare]")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"decision": "nonsense"},
        {"decision": "admit", "revision": "9" * 5000},
        {"decision": "admit", "revision": "²"},
        {"decision": "refuse", "reason": "nonsense"},
        {"decision": "refuse", "reason": "rules", "comment": "x" * 5000},
        {"decision": "refuse", "reason": "rules", "comment": "a\0b"},
    ],
)
def test_nothing_sent_makes_it_fail(editor: Client, scene: Scene, sent: dict[str, str]) -> None:
    poster = make_submitted(scene)

    response = editor.post(address(poster), sent)

    assert response.status_code in (200, 409)
    assert now(poster).status == "submitted"


@pytest.mark.parametrize("key", ["0", "99999999999999999999", "9" * 5000])
def test_no_address_makes_it_fail(editor: Client, scene: Scene, key: str) -> None:
    assert editor.get(f"/admin/affiches/{key}/").status_code == 404


def test_a_title_is_never_taken_for_markup(editor: Client, scene: Scene) -> None:
    poster = make_submitted(scene, title="<script>alert(1)</script>")

    response = send(editor, poster, decision="admit")

    assert "<script>alert" not in editor.get(response.url).content.decode()
    assert "<script>alert" not in editor.get(address(poster)).content.decode()
