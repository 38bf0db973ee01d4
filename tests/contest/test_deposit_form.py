"""Depositing a poster with the form, without JavaScript: draft, hand in, lose nothing."""

from __future__ import annotations

import pytest
import time_machine
from django.core import mail
from django.test import Client

from contest.enums import PosterStatus
from contest.models import Category, ContestPage, Poster, PosterFile
from contest.storage import private_storage
from tests.contest.deposit_sheet import (
    edit_address,
    new_address,
    only_poster,
    page_of,
    picture,
    sent,
    token_in,
    typed,
)
from tests.contest.scene import NOW, Scene, make_draft, make_returned, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _deposit_open():
    with time_machine.travel(NOW, tick=False):
        yield


def faults(page: str) -> set[str]:
    """The inputs that the list of errors leads to."""
    from re import findall

    summary = page.partition('id="erreurs"')[2].partition("</ul>")[0]
    return set(findall(r'href="#(id_\w+)"', summary))


# Handing in


def test_a_poster_is_handed_in_with_its_file_in_one_go(school: Client, scene: Scene) -> None:
    content = picture()

    response = school.post(
        new_address(scene.contest), typed(scene.contest, upload=sent(content)), follow=True
    )

    poster = only_poster()
    assert poster.status == PosterStatus.SUBMITTED
    assert response.redirect_chain == [(page_of(poster), 302)]
    assert "Votre affiche est déposée" in response.content.decode()
    assert poster.file is not None
    assert (poster.file.width, poster.file.height) == (1754, 2480)
    with private_storage().open(poster.file.original_name) as kept:
        assert kept.read() == content


def test_what_was_typed_is_what_is_kept(school: Client, scene: Scene) -> None:
    values = {
        "ai_use": "part",
        "ai_details": "Le fond, avec un générateur d’images.",
        "third_party": "on",
        "third_party_details": "Une photographie de la ville, licence libre.",
        "statement": "Une ligne.\r\nUne autre.",
    }
    school.post(new_address(scene.contest), typed(scene.contest, upload=sent(), **values))

    poster = only_poster()
    assert (poster.title, poster.class_label, poster.pupils) == ("Accroche-toi", "4e B", 24)
    assert (poster.ai_use, poster.ai_details) == ("part", values["ai_details"])
    assert (poster.third_party, poster.third_party_details) == (
        True,
        values["third_party_details"],
    )
    assert poster.statement == "Une ligne.\nUne autre."
    assert poster.category == scene.category


def test_the_attestation_is_kept_with_who_when_what_and_until(school: Client, scene: Scene) -> None:
    school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    poster = only_poster()
    assert poster.attested_by == "Camille Exemple, principale"
    assert poster.attested_at == NOW
    assert poster.attestation_scope == scene.contest.authorisations_cover
    assert poster.attestation_expires_on == scene.contest.authorisations_end_on


def test_the_receipt_goes_to_the_official_mailbox(
    school: Client, scene: Scene, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    receipt = mail.outbox[-1]
    assert receipt.to == [scene.establishment.mailbox]
    assert "Accroche-toi" in receipt.subject
    assert page_of(only_poster()) in receipt.body


# Drafts


def test_a_title_is_enough_for_a_draft(school: Client, scene: Scene) -> None:
    response = school.post(new_address(scene.contest), {"title": "Plus tard", "do": "save"})

    poster = only_poster()
    assert response.url == edit_address(poster)
    assert (poster.status, poster.title, poster.file) == (PosterStatus.DRAFT, "Plus tard", None)


def test_a_file_is_enough_for_a_draft(school: Client, scene: Scene) -> None:
    school.post(new_address(scene.contest), {"upload": sent(), "do": "save"})

    assert only_poster().file is not None


def test_a_draft_with_neither_is_no_draft(school: Client, scene: Scene) -> None:
    page = school.post(
        new_address(scene.contest), {"statement": "Un mot.", "do": "save"}
    ).content.decode()

    assert not Poster.objects.exists()
    assert faults(page) == {"id_title"}
    assert "Un mot." in page


def test_a_draft_is_taken_up_where_it_was_left_then_handed_in(school: Client, scene: Scene) -> None:
    school.post(new_address(scene.contest), {"title": "En cours", "upload": sent(), "do": "save"})
    poster = only_poster()

    page = school.get(edit_address(poster)).content.decode()
    assert 'value="En cours"' in page
    assert "Fichier actuel" in page
    response = school.post(edit_address(poster), typed(scene.contest, poster))

    assert response.url == page_of(poster)
    assert only_poster().status == PosterStatus.SUBMITTED


def test_handing_in_what_lacks_parts_keeps_a_draft_and_says_which(
    school: Client, scene: Scene
) -> None:
    sheet = {"title": "Trop tôt", "do": "submit"}

    page = school.post(new_address(scene.contest), sheet).content.decode()

    poster = only_poster()
    assert poster.status == PosterStatus.DRAFT
    assert "Votre brouillon est enregistré" in page
    assert f'action="{edit_address(poster)}"' in page
    assert faults(page) == {
        "id_upload",
        "id_statement",
        "id_alternative",
        "id_pupils",
        "id_technique",
        "id_ai_use_0",
        "id_attesting_name",
        "id_attesting_function",
        "id_attests",
    }


@pytest.mark.parametrize(
    ("left_out", "fault"),
    [
        ({"attests": None}, "id_attests"),
        ({"attesting_function": ""}, "id_attesting_function"),
        ({"attesting_name": " "}, "id_attesting_name"),
        ({"ai_use": "whole"}, "id_ai_details"),
        ({"third_party": "on"}, "id_third_party_details"),
        ({"alternative": "Une affiche."}, "id_alternative"),
        ({"pupils": ""}, "id_pupils"),
    ],
)
def test_each_part_that_is_needed_is_asked_for(
    school: Client, scene: Scene, left_out, fault
) -> None:
    sheet = typed(scene.contest, upload=sent(), **left_out)

    page = school.post(new_address(scene.contest), sheet).content.decode()

    assert faults(page) == {fault}
    assert only_poster().status == PosterStatus.DRAFT


def test_a_mistyped_value_saves_nothing_and_loses_nothing(school: Client, scene: Scene) -> None:
    sheet = typed(scene.contest, pupils="beaucoup", technique="x" * 121, upload=sent())

    page = school.post(new_address(scene.contest), sheet).content.decode()

    assert not Poster.objects.exists()
    assert {"id_pupils", "id_technique"} <= faults(page)
    assert 'value="beaucoup"' in page
    assert "x" * 121 in page
    assert "Erreur –" in page
    # The file is received all the same, and need not be sent again.
    assert PosterFile.objects.get().token == token_in(page)


# A poster that is handed in, or sent back


def test_a_poster_handed_in_may_be_changed_and_stays_handed_in(
    school: Client, scene: Scene
) -> None:
    poster = make_submitted(scene)

    response = school.post(
        edit_address(poster), typed(scene.contest, poster, technique="Gouache", do="save")
    )

    assert response.url == page_of(poster)
    assert (only_poster().status, only_poster().technique) == (PosterStatus.SUBMITTED, "Gouache")


def test_a_poster_handed_in_must_stay_complete(school: Client, scene: Scene) -> None:
    poster = make_submitted(scene)

    page = school.post(
        edit_address(poster), typed(scene.contest, poster, statement="", do="save")
    ).content.decode()

    assert faults(page) == {"id_statement"}
    assert only_poster().statement != ""


def test_a_poster_sent_back_shows_why_and_is_handed_in_again(school: Client, scene: Scene) -> None:
    poster = make_returned(scene)

    page = school.get(edit_address(poster)).content.decode()
    assert "Décrivez aussi le slogan." in page
    assert "Déposer de nouveau l’affiche" in page
    school.post(edit_address(poster), typed(scene.contest, poster))

    assert only_poster().status == PosterStatus.SUBMITTED


# What one attests


def test_the_form_says_what_the_authorisations_cover_and_until_when(
    school: Client, scene: Scene
) -> None:
    page = school.get(new_address(scene.contest)).content.decode()

    assert scene.contest.authorisations_cover in page
    assert "31 août 2023" in page


def test_words_that_changed_meanwhile_are_to_be_read_again(school: Client, scene: Scene) -> None:
    sheet = typed(scene.contest, upload=sent())
    ContestPage.objects.update(rights_scope="Aussi dans la presse.")

    page = school.post(new_address(scene.contest), sheet).content.decode()

    assert faults(page) == {"id_attests"}
    assert "Aussi dans la presse." in page
    assert not Poster.objects.exists()


def test_what_was_attested_is_attested_anew_for_another_file(school: Client, scene: Scene) -> None:
    school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))
    poster = only_poster()
    with time_machine.travel(NOW.replace(hour=15), tick=False):
        school.post(edit_address(poster), typed(scene.contest, poster, do="save"))
        unchanged = only_poster().attested_at
        sheet = typed(scene.contest, only_poster(), upload=sent(), do="save")
        school.post(edit_address(poster), sheet)

    assert unchanged == NOW
    assert only_poster().attested_at == NOW.replace(hour=15)


# Categories


def test_the_only_category_that_fits_is_not_asked_for(school: Client, scene: Scene) -> None:
    assert 'name="category"' not in school.get(new_address(scene.contest)).content.decode()


def test_several_categories_are_offered_and_no_other_taken(school: Client, scene: Scene) -> None:
    both = Category.objects.create(contest=scene.contest, name="Toutes", kinds=[], sort_order=9)
    closed = scene.contest.categories.get(name="Écoles")
    page = school.get(new_address(scene.contest)).content.decode()
    assert page.count('name="category"') == 2

    refused = school.post(
        new_address(scene.contest), typed(scene.contest, upload=sent(), category=closed.pk)
    )
    taken = school.post(
        new_address(scene.contest), typed(scene.contest, upload=sent(), category=both.pk)
    )

    assert "id_category_0" in faults(refused.content.decode())
    assert taken.status_code == 302
    assert only_poster().category == both


@pytest.mark.parametrize("category", ["", "²", "9" * 30, "-1", "0"])
def test_no_category_whatever_it_is_brings_the_server_down(
    school: Client, scene: Scene, category: str
) -> None:
    Category.objects.create(contest=scene.contest, name="Toutes", kinds=[], sort_order=9)
    draft = make_draft(scene)
    sheet = typed(scene.contest, draft, category=category, revision="9" * 400)

    assert school.post(edit_address(draft), sheet).status_code in {200, 409}
