"""Decisions that come too late: somebody has changed the poster, decided, or clicked twice."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from contest import admission, depositing, withdrawal
from contest.enums import Decision
from contest.models import Poster
from tests.contest.scene import NOW, Scene, make_submitted
from tests.factories import make_editor

pytestmark = pytest.mark.django_db


def address(poster: Poster) -> str:
    return reverse("poster_review", args=[poster.pk])


def send(editor: Client, poster: Poster, **data: Any) -> Any:
    return editor.post(address(poster), {"revision": str(poster.latest_revision_id), **data})


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def now(poster: Poster) -> Poster:
    return Poster.objects.get(pk=poster.pk)


def mails(kind: str) -> int:
    return MailRecord.objects.filter(kind=kind).count()


def test_a_change_meanwhile_is_told_and_what_was_typed_is_kept(
    editor: Client, scene: Scene
) -> None:
    poster = make_submitted(scene)
    seen = poster.latest_revision_id
    version = now(poster)
    version.title = "Titre corrigé"
    changed = depositing.save_draft(version, by=scene.account, now=NOW)

    response = send(
        editor, poster, decision="refuse", reason="rules", comment="Hors format.", revision=seen
    )

    assert response.status_code == 409
    found = soup(response)
    assert "a modifié cette affiche" in found.select_one(".messages").get_text()
    assert "Titre corrigé" in found.get_text()
    assert found.select_one("[name=comment]").text.strip() == "Hors format."
    assert found.select_one("[name=decision][checked]")["value"] == "refuse"
    assert found.select_one("[name=reason][checked]")["value"] == "rules"
    assert found.select_one("[name=revision]")["value"] == str(changed.latest_revision_id)
    assert now(poster).status == "submitted"


def test_a_decision_of_somebody_else_is_told(editor: Client, scene: Scene) -> None:
    poster = make_submitted(scene)
    colleague = make_editor(scene.academy)
    admission.decide(poster, Decision.ADMIT, by=colleague)

    response = send(editor, poster, decision="refuse", reason="rules", comment="Trop tard.")

    assert response.status_code == 409
    found = soup(response)
    assert "Quelqu’un a décidé" in found.select_one(".messages").get_text()
    assert [radio["value"] for radio in found.select("[name=decision]")] == ["reopen", "withdraw"]
    assert found.select_one("[name=comment]").text.strip() == "Trop tard."
    assert mails("poster_refused") == 0


def test_what_was_typed_is_kept_even_where_nothing_is_left_to_decide(
    editor: Client, scene: Scene
) -> None:
    poster = make_submitted(scene)
    withdrawal.withdraw(poster, by=scene.account, now=NOW)

    response = send(editor, poster, decision="refuse", reason="rules", comment="Mon long texte.")

    assert response.status_code == 409
    assert "Mon long texte." in soup(response).select_one(".poster-review__side").get_text()


def test_a_second_click_is_no_fault_and_decides_once(editor: Client, scene: Scene) -> None:
    poster = make_submitted(scene)
    other = make_submitted(scene)

    first = send(editor, poster, decision="admit")
    second = send(editor, poster, decision="admit")

    assert first.url == second.url == address(other)
    assert mails("poster_admitted") == 1
    assert ModelLogEntry.objects.for_instance(poster).filter(action="contest.admit").count() == 1
