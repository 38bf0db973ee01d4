"""Pictures and documents of a fiche: received with the form, known by their bytes, private."""

from __future__ import annotations

import io
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pillow_heif import from_pillow

from campaigns.drafts import latest_version
from campaigns.media_files import MOST_FILES, file_name
from campaigns.picture_cleaning import LONGEST_SIDE
from tests.campaigns.scene import NOW, make_draft, make_returned, make_submitted
from tests.campaigns.sheet import OUTCOME, edit_address, typed
from tests.factories import EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db

ODT = b"application/vnd.oasis.opendocument.text"


@pytest.fixture(autouse=True)
def _call_open():
    with time_machine.travel(NOW, tick=False):
        yield


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **options)
    return stream.getvalue()


def archive(**members: bytes) -> bytes:
    """A ZIP; underscores of the names stand for dots, and two for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def damaged_archive() -> bytes:
    """A ZIP whose list is whole and whose first member cannot be read."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", ODT * 20)
    content = stream.getvalue()
    start = content.index(b"mimetype") + len(b"mimetype")
    return content[:start] + b"\xff" * 6 + content[start + 6 :]


def docx(**more: bytes) -> bytes:
    """A document as Word writes it, as far as its bytes tell."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in ("[Content_Types].xml", "word/document.xml"):
            file.writestr(name, b"<xml/>")
        for name, content in more.items():
            file.writestr(f"word/{name}.bin", content)
    return stream.getvalue()


def send(school, action, content: bytes, name: str = "photo.jpg", do: str = "add:media", **fields):
    """Send a file with the last step."""
    sent = typed(action, step=OUTCOME, do=do, **fields)
    sent["upload"] = SimpleUploadedFile(name, content)
    return school.post(edit_address(action, OUTCOME), sent)


def files_of(action):
    """The files of the latest version."""
    return list(latest_version(action).media.all())


@pytest.mark.parametrize(
    ("content", "name", "kind", "ending"),
    [
        (picture(), "photo.jpg", "image", ".jpg"),
        (picture("PNG"), "capture.png", "image", ".jpg"),
        (picture("WEBP"), "photo.webp", "image", ".jpg"),
        (picture(), "lies.pdf", "image", ".jpg"),
        (b"%PDF-1.7\n%%EOF", "affiche.exe", "document", ".pdf"),
        (archive(mimetype=ODT, content_xml=b"<a/>"), "trame.odt", "document", ".odt"),
        (docx(), "trame.docx", "document", ".docx"),
    ],
    ids=["jpeg", "png", "webp", "jpeg-called-pdf", "pdf", "odt", "docx"],
)
def test_a_file_is_known_by_its_bytes_and_kept_at_once(
    school, scene, content, name, kind, ending
) -> None:
    draft = make_draft(scene)

    response = send(school, draft, content, name, budget="beaucoup")

    assert response.status_code == 200
    [medium] = files_of(draft)
    assert (medium.kind, file_name(medium)[-len(ending) :]) == (kind, ending)
    assert "beaucoup" in response.content.decode()
    assert f'value="{file_name(medium)}"' in response.content.decode()


def test_a_phones_heic_is_kept_as_a_picture(school, scene) -> None:

    stream = io.BytesIO()
    from_pillow(Image.new("RGB", (64, 64), "teal")).save(stream)
    draft = make_draft(scene)

    send(school, draft, stream.getvalue(), "IMG_0001.HEIC")

    assert [medium.kind for medium in files_of(draft)] == ["image"]


def test_the_place_and_the_camera_are_erased_and_the_picture_is_upright(school, scene) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Appareil"
    exif.get_ifd(0x8825)[1] = "N"
    draft = make_draft(scene)

    send(school, draft, picture(exif=exif, size=(60, 40)))

    [medium] = files_of(draft)
    with medium.file.open("rb") as stream:
        content = stream.read()
    assert b"Appareil" not in content
    with Image.open(io.BytesIO(content)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (40, 60))
        assert not kept.getexif()


def test_a_picture_is_kept_no_larger_than_a_screen_shows(school, scene) -> None:
    draft = make_draft(scene)

    send(school, draft, picture(size=(3000, 1500)))

    [medium] = files_of(draft)
    with medium.file.open("rb") as stream, Image.open(stream) as kept:
        assert max(kept.size) == LONGEST_SIDE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 an executable",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script>",
        picture("GIF"),
        picture()[:40],
        archive(readme_txt=b"x"),
        archive(mimetype=b"application/epub+zip"),
        b"PK\x03\x04 broken",
        damaged_archive(),
        docx(vbaProject=b"macro"),
        archive(mimetype=ODT, Basic__script_xml=b"x"),
    ],
    ids=[
        "empty",
        "program",
        "svg",
        "html",
        "gif",
        "cut-short",
        "zip",
        "epub",
        "broken-zip",
        "damaged-zip",
        "docm",
        "odt-with-macros",
    ],
)
def test_another_file_is_refused_beside_its_field_and_nothing_typed_is_lost(
    school, scene, content
) -> None:
    draft = make_draft(scene)

    response = send(school, draft, content, do="save", outcome="Un livret.")

    page = response.content.decode()
    assert response.status_code == 200
    assert 'id="id_upload_error"' in page
    assert 'href="#id_upload"' in page
    assert "Un livret." in page
    assert files_of(draft) == []


def test_the_button_that_sends_no_file_says_so(school, scene) -> None:
    draft = make_draft(scene)

    page = school.post(
        edit_address(draft, OUTCOME), typed(draft, step=OUTCOME, do="add:media", outcome="Livret")
    ).content.decode()

    assert 'id="id_upload_error"' in page
    assert "Livret" in page


def test_a_picture_of_too_many_pixels_is_refused(school, scene) -> None:
    draft = make_draft(scene)

    send(school, draft, picture("PNG", size=(9000, 9000)))

    assert files_of(draft) == []


def test_a_document_of_more_than_ten_megabytes_is_refused(school, scene) -> None:
    draft = make_draft(scene)
    heavy = b"%PDF-1.7\n" + b"0" * 10 * 1024 * 1024

    page = send(school, draft, heavy).content.decode()

    assert "trop lourd" in page
    assert files_of(draft) == []


def test_what_is_said_of_a_file_is_saved_with_the_step(school, scene) -> None:
    draft = make_draft(scene)
    send(school, draft, picture())
    draft.refresh_from_db()
    row = {"media-0-row": file_name(files_of(draft)[0])}
    said = {
        "media-0-alternative": "Des élèves autour d’une table.",
        "media-0-credit": "Le collège",
        "media-0-is_authorised": "on",
    }

    school.post(edit_address(draft, OUTCOME), typed(draft, step=OUTCOME, **row, **said))

    [medium] = files_of(draft)
    assert (medium.alternative, medium.credit, medium.is_authorised) == (
        "Des élèves autour d’une table.",
        "Le collège",
        True,
    )


def test_a_file_is_removed_by_its_button_then_saved(school, scene) -> None:
    draft = make_draft(scene)
    for _number in range(2):
        send(school, draft, picture(), **held(draft))
        draft.refresh_from_db()
    first, second = files_of(draft)
    sent = typed(draft, step=OUTCOME, do="remove:media:0", **held(draft))

    page = school.post(edit_address(draft, OUTCOME), sent).content.decode()
    assert file_name(first) not in page
    assert len(files_of(draft)) == 2
    left = {"media-0-row": file_name(second)}
    school.post(edit_address(draft, OUTCOME), typed(draft, step=OUTCOME, **left))

    assert [file_name(medium) for medium in files_of(draft)] == [file_name(second)]


def held(action) -> dict[str, str]:
    """The hidden fields of the rows of the files that the fiche holds."""
    rows = enumerate(files_of(action))
    return {f"media-{index}-row": file_name(medium) for index, medium in rows}


def test_another_fiches_file_is_never_taken_over(school, scene) -> None:
    other, draft = make_draft(scene), make_draft(scene)
    send(school, other, picture())

    stolen = typed(draft, step=OUTCOME, **held(other))
    school.post(edit_address(draft, OUTCOME), stolen)

    assert files_of(draft) == []
    assert len(files_of(other)) == 1


def test_ten_files_are_the_most(school, scene) -> None:
    draft = make_draft(scene)
    for _number in range(MOST_FILES):
        send(school, draft, b"%PDF-1.7", **held(draft))
        draft.refresh_from_db()

    page = send(school, draft, b"%PDF-1.7", **held(draft)).content.decode()

    assert len(files_of(draft)) == MOST_FILES
    assert 'type="file"' not in page


def test_saving_the_other_steps_keeps_the_files(school, scene) -> None:
    action = make_returned(scene)
    send(school, action, picture())
    action.refresh_from_db()

    school.post(edit_address(action), typed(action, place="Préau"))

    assert len(files_of(action)) == 1


def test_a_file_without_its_words_or_its_tick_keeps_a_fiche_from_being_handed_in(
    school, scene
) -> None:
    draft = make_draft(scene)
    send(school, draft, picture())
    draft.refresh_from_db()

    response = school.post(
        edit_address(draft, OUTCOME), typed(draft, step=OUTCOME, do="submit", **held(draft))
    )

    faults = response.context["form"].faults()
    assert [(fault.page, fault.target) for fault in faults] == [("", "lignes-media")] * 2
    assert 'id="lignes-media"' in response.content.decode()


def test_a_file_of_a_draft_is_for_its_writers_only(school, scene, client) -> None:
    draft = make_draft(scene)
    send(school, draft, picture())
    address = f"/fichiers/fiches/{draft.pk}/{file_name(files_of(draft)[0])}"

    stranger, anybody = Client(), Client()
    stranger.force_login(sign_up(EstablishmentFactory(academy=scene.academy)))
    shown = school.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(shown.streaming_content)  # to its end, where the file is closed
    for browser in (stranger, anybody):
        assert browser.get(address).status_code == 404


def test_nothing_is_received_for_a_fiche_under_review(school, scene) -> None:
    action = make_submitted(scene)

    response = send(school, action, picture(), do="save", outcome="Un livret.")

    assert response.status_code == 409
    assert files_of(action) == []


def test_a_step_without_files_receives_none(school, scene) -> None:
    draft = make_draft(scene)
    sent = typed(draft) | {"upload": SimpleUploadedFile("photo.jpg", picture())}

    school.post(edit_address(draft), sent)

    assert files_of(draft) == []
