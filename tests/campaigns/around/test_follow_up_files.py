"""The pictures of a follow-up: received as those of the fiche, private until it is published."""

from __future__ import annotations

from pathlib import Path

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from campaigns import follow_up, review
from campaigns.media_files import MOST_FILES, file_name
from campaigns.models import Action, ActionMedia
from tests.campaigns.around.test_follow_up import (
    address,
    pytestmark,  # noqa: F401
    typed,
)
from tests.campaigns.scene import AFTER, NOW, make_published, write
from tests.campaigns.test_media_access import store
from tests.campaigns.writing.test_files import picture
from tests.factories import EstablishmentFactory, sign_up


def send(school: Client, action: Action, content: bytes, **changes):
    """Send a file with the follow-up."""
    fields = typed(action, **{"do": "add:media", "continued": ""} | changes)
    upload = SimpleUploadedFile("photo.jpg", content)
    return school.post(address(action), fields | {"upload": upload})


def files_of(action: Action) -> list[ActionMedia]:
    """The files of the follow-up as last saved."""
    return list(follow_up.latest_version(action).media.all())


def row_of(index: int, medium: ActionMedia, **said: str) -> dict[str, str]:
    """A file on the page, with what is said of it."""
    fields = {"row": file_name(medium), **said}
    return {f"media-{index}-{name}": value for name, value in fields.items()}


def described(medium: ActionMedia, index: int = 0) -> dict[str, str]:
    """A file on the page, with all that handing in needs."""
    return row_of(index, medium, alternative="La cour en fête", is_authorised="on")


def current(action: Action) -> Action:
    """The fiche as it is now."""
    return Action.objects.get(pk=action.pk)


def test_a_picture_is_kept_at_once_clean_and_the_rest_stays_typed(at, scene) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Appareil"
    exif.get_ifd(0x8825)[1] = "N"
    action = make_published(scene)
    school = at(AFTER)

    response = send(school, action, picture(exif=exif), strengths="L’entrain")

    page = response.content.decode()
    [medium] = files_of(action)
    assert response.status_code == 200
    assert f'value="{file_name(medium)}"' in page
    assert "L’entrain" in page
    assert 'value="52"' in page
    assert f'name="revision" value="{current(action).latest_revision_id}"' in page
    with medium.file.open("rb") as stream, Image.open(stream) as image:
        assert not image.getexif()
    assert not current(action).media.exists()


def test_a_picture_goes_all_the_way_to_the_public_page_with_its_words(at, scene, client) -> None:
    action = make_published(scene)
    school = at(AFTER)
    send(school, action, picture())
    [medium] = files_of(action)

    fields = typed(current(action), do="submit") | described(medium)
    response = school.post(address(action), fields)

    assert response.status_code == 302
    assert current(action).status == "academy_review"
    public = action.get_absolute_url()
    assert file_name(medium) not in client.get(public).content.decode()
    review.publish(action, by=scene.editor)
    page = client.get(public).content.decode()
    assert file_name(medium) in page
    assert 'alt="La cour en fête"' in page


def test_a_picture_needs_its_words_and_its_authorisations_to_be_handed_in(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)
    send(school, action, picture())
    [medium] = files_of(action)

    fields = typed(current(action), do="submit", strengths="L’élan") | row_of(0, medium)
    response = school.post(address(action), fields)

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count('href="#lignes-media"') == 2
    assert "autorisations écrites" in page
    assert follow_up.latest_version(action).strengths == "L’élan"
    assert current(action).status == "published"


def test_who_reads_a_picture_of_a_follow_up(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)
    send(school, action, picture())
    [medium] = files_of(action)
    link = f"/fichiers/fiches/{action.pk}/{file_name(medium)}"
    people = {
        "own": scene.account,
        "editor": scene.editor,
        "lead": scene.lead,
        "other school": sign_up(EstablishmentFactory(academy=scene.academy)),
        "nobody": None,
    }

    def readers() -> set[str]:
        found = set()
        for name, person in people.items():
            browser = Client()
            if person:
                browser.force_login(person)
            response = browser.get(link)
            if response.status_code == 200:
                assert response.getvalue()
                found.add(name)
        return found

    assert readers() == {"own"}
    school.post(address(action), typed(current(action), do="submit") | described(medium))
    assert readers() == {"own", "editor", "lead"}
    review.request_changes(action, by=scene.editor, comment="Un visage se reconnaît.")
    assert readers() == {"own", "editor", "lead"}
    follow_up.hand_in(action, by=scene.account, now=AFTER)
    review.publish(action, by=scene.editor)
    assert readers() == set(people)


def test_a_picture_is_taken_away_without_a_script_and_goes_with_the_save(at, scene) -> None:
    old = store("ancien.jpg", "image")
    action = make_published(scene, media=[old])
    school = at(AFTER)
    on_page = described(old)

    fields = typed(action, do="remove:media:0", strengths="L’élan") | on_page
    page = school.post(address(action), fields).content.decode()
    assert file_name(old) not in page
    assert "L’élan" in page
    assert [file_name(one) for one in files_of(action)] == [file_name(old)]

    assert school.post(address(action), typed(action)).status_code == 302
    assert files_of(action) == []
    assert current(action).media.count() == 1


def test_what_is_no_picture_nor_document_is_refused_and_the_text_stays(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)

    for sent in (b"<svg/>", b""):
        page = send(school, action, sent, strengths="L’élan").content.decode()
        assert "L’élan" in page
        assert 'id="id_upload_error"' in page
    page = school.post(address(action), typed(action, do="add:media")).content.decode()
    assert "Choisissez d’abord un fichier" in page
    assert files_of(action) == []


def test_a_file_that_comes_with_the_save_is_kept_too(at, scene) -> None:
    action = make_published(scene)

    response = send(at(AFTER), action, picture(), do="save", continued="no")

    assert response.status_code == 302
    assert len(files_of(action)) == 1
    assert follow_up.latest_version(action).pupils_actual == 52


def test_ten_files_are_the_most_those_of_the_fiche_included(at, scene) -> None:
    held = [store(f"{number}.pdf") for number in range(MOST_FILES)]
    action = make_published(scene, media=held)
    before = stored_beside(held[0])

    page = send(at(AFTER), action, picture(), **described_all(held)).content.decode()

    assert "dix fichiers" in page
    assert len(files_of(action)) == MOST_FILES
    assert stored_beside(held[0]) == before


def described_all(held: list[ActionMedia]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for index, medium in enumerate(held):
        fields |= described(medium, index)
    return fields


def stored_beside(medium: ActionMedia) -> int:
    """How many files the folder of `medium` holds."""
    return len(list(Path(medium.file.path).parent.iterdir()))


def test_nothing_is_received_before_the_last_day_or_while_it_is_read(at, scene) -> None:
    action = make_published(scene)
    assert send(at(NOW), action, picture()).status_code == 409
    follow_up.save(
        action,
        {"pupils_actual": 3, "satisfaction": 4, "continued": True},
        {},
        by=scene.account,
        now=AFTER,
    )
    follow_up.hand_in(action, by=scene.account, now=AFTER)

    response = send(at(AFTER), action, picture(), strengths="Tard")

    assert response.status_code == 409
    assert "Tard" in response.content.decode()
    assert files_of(action) == []


def test_a_stranger_sends_nothing(scene) -> None:
    action = make_published(scene)
    stranger = Client()
    stranger.force_login(sign_up(EstablishmentFactory(academy=scene.academy)))

    with time_machine.travel(AFTER, tick=False):
        assert send(stranger, action, picture()).status_code == 404

    assert files_of(action) == []


def test_files_that_were_begun_in_the_whole_form_are_in_sight_in_the_follow_up(at, scene) -> None:
    begun = store("commence.pdf")
    action = write(scene, make_published(scene), media=[begun], title="Jamais déposée")

    page = at(AFTER).get(address(action)).content.decode()

    assert file_name(begun) in page
    assert [found.second.name for found in follow_up.other_changes(action)] == ["title"]


def test_a_second_tab_is_told_of_the_picture_that_the_first_has_added(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)
    send(school, action, picture())

    response = school.post(address(action), typed(action, strengths="Second"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Enregistré entre-temps" in page
    assert "Second" in page
    assert len(files_of(action)) == 1
