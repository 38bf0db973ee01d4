"""Setting documents in type: what reaches the page, and what everyone can read of it."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from home.typesetting.fonts import TYPEFACE, font_folder
from home.typesetting.typeset import CannotTypeset, typeset
from tests.contest.printing.reading import opened, structure, texts, title

PLAIN = '#let data = json("/data.json")\n#data.text'
PICTURE = '#image("/files/picture.png", alt: "Une échelle")'


def png() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(target, "PNG")
    return target.getvalue()


def page(text: object, source: Path | str = PLAIN) -> str:
    return texts(typeset(source, {"text": text}, title="Essai"))[0]


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        '#import "/data.json"',
        '#read("/data.json") #sys.inputs #(1+1)',
        "*gras* _penché_ `code` = titre - liste + liste / terme: x",
        "$x^2$ $ x $ \\#panic() \\u{1F389} \\ ~ @ref <label> // rien /* rien */",
        "\"guillemets\" 'apostrophes' ] ) } [ ( {",
        "https://exemple.fr/?a=1&b=2 <script>alert(1)</script> {{ titre }} %s",
        "«\u202fEn avant\u202f!\u202f» l’été, où\u00a0: cœur, Ÿ, œ, æ, €, –, …",
        "Ensemble → ✓ Привет Ελλάδα",
    ],
)
def test_what_a_school_writes_reaches_the_page_as_it_is(text) -> None:
    assert page(text) == " ".join(text.split())


def test_texts_written_from_right_to_left_are_shown() -> None:
    assert "مرحبا" in page("Bienvenue مرحبا")


def test_orders_to_turn_the_direction_of_a_text_are_dropped() -> None:
    assert page("abc\u202edef\u2066") == "abcdef"


def test_what_no_font_shows_never_stops_a_document() -> None:
    # A plane of private use, an unassigned character, and a control.
    assert page("Tous ensemble \U0010fffd \u0378!\x00\x07") == "Tous ensemble !"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set(text) -> None:
    with opened(typeset(PLAIN, {"text": text}, title=f"Essai {text}")) as document:
        assert len(document) >= 1


def test_an_alternative_text_is_spoken_whole_because_nothing_draws_it() -> None:
    source = (
        '#let data = json("/data.json")\n'
        '#data.name #image("/files/picture.png", alt: data.alternative)'
    )
    unseen = "\U0010fffd ou \u0378"
    content = typeset(
        source, {"name": unseen, "alternative": unseen}, {"picture.png": png()}, title="Essai"
    )
    assert texts(content) == ["ou"]
    assert unseen in [element.alternative for element in structure(content)]


def test_texts_of_any_depth_and_lazy_translations_are_data() -> None:
    source = '#let data = json("/data.json")\n#data.rows.at(1).name #data.rows.at(0).count'
    inputs = {"rows": ({"count": 3}, {"name": gettext_lazy("French")})}
    assert texts(typeset(source, inputs, title="Essai")) == ["Français 3"]


def test_a_document_is_tagged_in_french_and_named() -> None:
    content = typeset(PLAIN, {"text": "Bonjour"}, title="Étiquettes : #1", author="DRAIO")
    assert title(content) == "Étiquettes : #1"
    assert b"/Lang(fr)" in content
    assert b"/Marked true" in content[content.index(b"/MarkInfo") :][:40]
    assert b"/StructTreeRoot" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"DRAIO" in content


def test_a_document_without_a_title_is_refused() -> None:
    with pytest.raises(CannotTypeset, match="title"):
        typeset(PLAIN, {"text": "Bonjour"}, title="")


def test_a_text_is_a_paragraph_for_assistive_software() -> None:
    content = typeset(PLAIN, {"text": "Bonjour"}, title="Essai")
    assert [element.kind for element in structure(content)] == ["Document", "P"]


def test_a_document_is_set_in_the_typeface_alone() -> None:
    content = typeset(PLAIN, {"text": "Où\u202f?"}, title="Essai")
    assert TYPEFACE.family.encode() in content
    assert b"Libertinus" not in content


def test_a_picture_is_described(tmp_path) -> None:
    (tmp_path / "elsewhere.png").write_bytes(png())
    for picture in (png(), tmp_path / "elsewhere.png"):
        content = typeset(PICTURE, {}, {"picture.png": picture}, title="Essai")
        assert ("Figure", "Une échelle") in [(e.kind, e.alternative) for e in structure(content)]


def test_a_picture_that_is_not_described_is_refused() -> None:
    with pytest.raises(CannotTypeset, match="alt"):
        typeset('#image("/files/picture.png")', {}, {"picture.png": png()}, title="Essai")


@pytest.mark.parametrize("picture", [b"", b"not a picture", png()[:60]])
def test_a_damaged_picture_is_refused(picture) -> None:
    with pytest.raises(CannotTypeset):
        typeset(PICTURE, {}, {"picture.png": picture}, title="Essai")


def test_a_missing_file_is_said_to_be_missing(tmp_path) -> None:
    with pytest.raises(CannotTypeset, match=r"nowhere\.png"):
        typeset(PICTURE, {}, {"picture.png": tmp_path / "nowhere.png"}, title="Essai")


@pytest.mark.parametrize("name", ["../main.typ", "a/b.png", "", "/etc/passwd"])
def test_a_file_keeps_to_its_folder(name) -> None:
    with pytest.raises(CannotTypeset, match="plain file name"):
        typeset(PLAIN, {"text": ""}, {name: b""}, title="Essai")


def test_a_wrong_template_is_refused_with_its_fault() -> None:
    with pytest.raises(CannotTypeset, match="unknown variable: nothing"):
        typeset("#nothing", {}, title="Essai")


def test_a_missing_template_is_refused(tmp_path) -> None:
    with pytest.raises(CannotTypeset, match=r"nowhere\.typ"):
        typeset(tmp_path / "nowhere.typ", {}, title="Essai")


def test_a_template_reads_nothing_of_the_machine() -> None:
    with pytest.raises(CannotTypeset):
        typeset('#read("/etc/hostname")', {}, title="Essai")
    with pytest.raises(CannotTypeset):
        typeset('#read("../../etc/hostname")', {}, title="Essai")


def test_a_template_that_would_fetch_a_package_is_refused_before_it_does() -> None:
    with pytest.raises(CannotTypeset, match="package"):
        typeset('#import "@preview/cetz:0.3.0"', {}, title="Essai")


def test_a_template_uses_those_beside_it(tmp_path) -> None:
    (tmp_path / "words.typ").write_text('#let hello = "Bonjour"')
    (tmp_path / "letter.typ").write_text('#import "words.typ": hello\n#hello')
    assert page("", tmp_path / "letter.typ") == "Bonjour"


def test_a_warning_of_the_typesetter_is_logged(caplog) -> None:
    with caplog.at_level(logging.WARNING):
        page("Bonjour", PLAIN + '\n#text(font: "No such font")[x]')
    assert "no such font" in caplog.text.lower()


def test_documents_are_set_at_once_in_several_threads() -> None:
    words = [f"Document {number} {chr(0x3B1 + number)}" for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(page, words)) == words


def test_fonts_are_unpacked_once(tmp_path) -> None:
    folder = font_folder(tmp_path)
    made = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert {file.stem for file in made} == set(TYPEFACE.files)
    for file in made:
        with TTFont(file) as font:
            assert font.flavor is None
            assert ord("É") in font.getBestCmap()
    assert font_folder(tmp_path) == folder
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == made


def test_processes_that_unpack_fonts_at_once_leave_whole_files_only(tmp_path) -> None:
    code = (
        "import sys; from pathlib import Path; from django.conf import settings;"
        "settings.configure(); from home.typesetting.fonts import font_folder;"
        "font_folder(Path(sys.argv[1]))"
    )
    root = Path(__file__).parents[2]
    racing = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=root) for _ in range(3)
    ]
    assert [process.wait(60) for process in racing] == [0, 0, 0]
    files = list(font_folder(tmp_path).iterdir())
    assert {file.name for file in files} == {f"{name}.ttf" for name in TYPEFACE.files}
    assert all(TTFont(file).getGlyphOrder() for file in files)


def test_a_cache_that_cannot_be_written_is_said_so(tmp_path, settings) -> None:
    (tmp_path / "fonts").write_text("not a folder")
    settings.VAR_DIR = tmp_path
    with pytest.raises(CannotTypeset, match="fonts"):
        page("Bonjour")
