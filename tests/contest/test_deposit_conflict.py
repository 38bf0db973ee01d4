"""The same form twice, two tabs, a colleague: nothing happens twice, nothing is overwritten."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from wagtail.models import ModelLogEntry

from contest import depositing
from contest.enums import PosterStatus
from contest.models import Poster, PosterFile
from tests.contest.deposit_sheet import (
    edit_address,
    new_address,
    only_poster,
    page_of,
    picture,
    received,
    sent,
    typed,
)
from tests.contest.scene import NOW, Scene, make_admitted, make_draft, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _deposit_open():
    with time_machine.travel(NOW, tick=False):
        yield


def save_elsewhere(scene: Scene, poster: Poster, **fields: object) -> None:
    """A colleague saves another version of the poster."""
    version = Poster.objects.get(pk=poster.pk)
    for name, value in fields.items():
        setattr(version, name, value)
    depositing.save_draft(version, by=scene.account, now=NOW)


# The same form twice


def test_a_double_click_lands_on_the_poster_made_the_first_time(
    school: Client, scene: Scene
) -> None:
    sheet = typed(scene.contest, file=received(school, scene.contest).token)

    answers = [school.post(new_address(scene.contest), sheet) for _ in range(2)]

    assert [answer.url for answer in answers] == [page_of(only_poster())] * 2
    assert ModelLogEntry.objects.filter(action="contest.submit").count() == 1


def test_a_double_click_without_javascript_lands_there_too(school: Client, scene: Scene) -> None:
    content, sheet = picture(), typed(scene.contest)

    answers = [
        school.post(new_address(scene.contest), {**sheet, "upload": sent(content)})
        for _ in range(2)
    ]

    assert [answer.url for answer in answers] == [page_of(only_poster())] * 2


def test_a_draft_without_a_file_saved_twice_is_one_draft(school: Client, scene: Scene) -> None:
    sheet = typed(scene.contest, do="save")

    answers = [school.post(new_address(scene.contest), sheet) for _ in range(2)]

    assert [answer.url for answer in answers] == [edit_address(only_poster())] * 2


def test_a_click_to_save_then_one_to_hand_in_hands_in(school: Client, scene: Scene) -> None:
    sheet = typed(scene.contest, file=received(school, scene.contest).token)

    school.post(new_address(scene.contest), {**sheet, "do": "save"})
    answer = school.post(new_address(scene.contest), sheet)

    assert answer.url == page_of(only_poster())
    assert only_poster().status == PosterStatus.SUBMITTED


def test_the_same_file_in_another_form_lands_on_the_poster_that_has_it(
    school: Client, scene: Scene
) -> None:
    token = received(school, scene.contest).token
    school.post(new_address(scene.contest), typed(scene.contest, file=token))

    answer = school.post(new_address(scene.contest), typed(scene.contest, file=token))

    assert answer.url == page_of(only_poster())


def test_the_form_found_again_with_other_words_is_a_conflict(school: Client, scene: Scene) -> None:
    sheet = typed(scene.contest, file=received(school, scene.contest).token)
    school.post(new_address(scene.contest), sheet)

    answer = school.post(new_address(scene.contest), {**sheet, "title": "Autrement"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'id="conflit"' in page
    assert f'action="{edit_address(only_poster())}"' in page
    assert only_poster().title == "Accroche-toi"


def test_handing_in_twice_from_the_draft_tells_the_same(school: Client, scene: Scene) -> None:
    draft = make_draft(scene)
    sheet = typed(scene.contest, draft)

    answers = [school.post(edit_address(draft), sheet) for _ in range(2)]

    assert [answer.url for answer in answers] == [page_of(draft)] * 2
    assert ModelLogEntry.objects.filter(action="contest.submit").count() == 1


# Two tabs


def test_what_was_saved_meanwhile_is_shown_beside_what_was_typed(
    school: Client, scene: Scene
) -> None:
    draft = make_draft(scene)
    sheet = typed(scene.contest, draft, technique="Gouache", upload=sent(), do="save")
    save_elsewhere(scene, draft, technique="Linogravure")

    answer = school.post(edit_address(draft), sheet)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert {(one.label, one.stored, one.typed) for one in answer.context["differences"][1:]} == {
        ("Technique", "Linogravure", "Gouache")
    }
    assert answer.context["differences"][0].label == "Le fichier"
    assert 'value="Gouache"' in page
    assert only_poster().technique == "Linogravure"


def test_after_a_conflict_the_next_save_goes_through(school: Client, scene: Scene) -> None:
    draft = make_draft(scene)
    sheet = typed(scene.contest, draft, technique="Gouache", do="save")
    save_elsewhere(scene, draft, technique="Linogravure")
    school.post(edit_address(draft), sheet)

    again = typed(scene.contest, only_poster(), technique="Gouache", do="save")
    answer = school.post(edit_address(draft), again)

    assert answer.status_code == 302
    assert only_poster().technique == "Gouache"


@pytest.mark.parametrize("revision", [None, "", "²", "9" * 5000])
def test_a_poster_is_not_overwritten_without_the_revision_it_was_read_at(
    school: Client, scene: Scene, revision
) -> None:
    draft = make_draft(scene)
    sheet = typed(scene.contest, draft, technique="Gouache", do="save")
    del sheet["revision"]
    if revision is not None:
        sheet["revision"] = revision

    assert school.post(edit_address(draft), sheet).status_code == 409
    assert only_poster().technique == "Collage"


def test_a_mistyped_value_comes_before_a_conflict(school: Client, scene: Scene) -> None:
    draft = make_draft(scene)
    sheet = typed(scene.contest, draft, pupils="zéro", do="save")
    save_elsewhere(scene, draft, technique="Linogravure")

    page = school.post(edit_address(draft), sheet).content.decode()

    assert 'value="zéro"' in page
    assert 'id="erreurs"' in page


# Decided, or deleted, meanwhile


def test_a_poster_admitted_meanwhile_is_not_changed_and_the_text_is_given_back(
    school: Client, scene: Scene
) -> None:
    poster = make_admitted(scene)
    sheet = typed(scene.contest, poster, technique="Gouache")

    answer = school.post(edit_address(poster), sheet)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "L’académie a statué" in page
    assert 'value="Gouache"' in page
    assert only_poster().technique == "Collage"
    assert school.get(edit_address(poster)).url == page_of(poster)


def test_a_draft_deleted_as_one_saves_is_given_back_as_a_new_poster(
    school: Client, scene: Scene, monkeypatch
) -> None:
    draft = make_draft(scene)
    from contest.views import deposit_acts

    def delete_then_save(version, **kwargs):
        Poster.objects.all().delete()
        return depositing.save_draft(version, **kwargs)

    monkeypatch.setattr(deposit_acts, "save_draft", delete_then_save)
    sheet = typed(scene.contest, draft, technique="Gouache", do="save")

    answer = school.post(edit_address(draft), sheet)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "supprimé entre-temps" in page
    assert f'action="{new_address(scene.contest)}"' in page
    assert 'value="Gouache"' in page


# A crash on the way


def test_a_crash_as_the_poster_is_written_leaves_neither_poster_nor_orphan(
    school: Client, scene: Scene, monkeypatch
) -> None:
    file = received(school, scene.contest)

    def fail(*args, **kwargs):
        raise RuntimeError("crash")

    monkeypatch.setattr("contest.depositing.admission_workflow", fail)
    school.raise_request_exception = False

    answer = school.post(new_address(scene.contest), typed(scene.contest, file=file.token))

    assert answer.status_code == 500
    assert not Poster.objects.exists()
    # The file still waits for a poster: sent again, the form needs no other.
    monkeypatch.undo()
    school.post(new_address(scene.contest), typed(scene.contest, file=file.token))
    assert only_poster().file == file


def test_a_crash_between_the_file_and_its_row_leaves_no_file(
    school: Client, scene: Scene, monkeypatch
) -> None:
    from contest.storage import private_storage

    def fail(*args, **kwargs):
        raise RuntimeError("crash")

    school.post(new_address(scene.contest), {"title": "Avant", "do": "save"})
    folders = set(private_storage().listdir("posters")[0])
    monkeypatch.setattr(PosterFile, "save", fail)
    school.raise_request_exception = False

    answer = school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    assert answer.status_code == 500
    assert set(private_storage().listdir("posters")[0]) == folders
    assert not PosterFile.objects.exists()


def test_a_crash_as_a_file_is_replaced_keeps_the_former(
    school: Client, scene: Scene, monkeypatch
) -> None:
    from contest.storage import private_storage

    poster = make_submitted(scene)
    former = poster.file
    assert former is not None

    def fail(*args, **kwargs):
        raise RuntimeError("crash")

    monkeypatch.setattr("contest.status.refresh", fail)
    school.raise_request_exception = False
    sheet = typed(scene.contest, poster, upload=sent(), do="save")

    assert school.post(edit_address(poster), sheet).status_code == 500
    assert only_poster().file == former
    assert private_storage().exists(former.original_name)
