"""What is printed in place of what no font shows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import home.typesetting
from home.typesetting.repertoire import MOST_MARKS, Repertoire, clusters, normalised


class Font:
    """Shows ASCII, é and the white square; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, found: Iterable[str]) -> bool:
        self.asked += 1
        return all(one.isascii() or one in {"é", "□"} for one in found)


@pytest.fixture
def font() -> Font:
    return Font()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Bonjour", "Bonjour"),
        ("été", "été"),
        ("e\u0301te\u0301", "été"),
        ("Fête 🎉 au lycée", "F□te au lycée"),
        ("🎉🎉", ""),
        ("👨\u200d👩\u200d👧 famille", "famille"),
        ("1\ufe0f\u20e3 place", "1 place"),
        ("x\u0323\u0323", "x"),
        ("你好", "□□"),
        ("un\u2028deux\r\ntrois", "un\ndeux\ntrois"),
        ("un\tdeux", "un deux"),
        ("\ud800\ufeff\x00", ""),
        ("", ""),
    ],
)
def test_what_takes_the_place_of_what_cannot_be_shown(font, typed, printed) -> None:
    assert Repertoire(font).printable(typed) == printed


def test_texts_are_changed_at_any_depth_and_nothing_else(font) -> None:
    data = {"🎉": ["🎉", ("a", 1, None, True, 2.5)], "alternative": "🎉"}
    assert Repertoire(font).printable(data) == {
        "🎉": ["", ["a", 1, None, True, 2.5]],
        "alternative": "🎉",
    }


def test_the_font_is_asked_once_about_what_it_shows(font) -> None:
    repertoire = Repertoire(font)
    repertoire.printable(["Bonjour", "été"])
    repertoire.printable(["ruBonjo"])
    assert font.asked == 1


def test_a_character_that_is_missing_is_found_among_many_by_halves(font) -> None:
    repertoire = Repertoire(font)
    repertoire.printable("".join(map(chr, range(32, 127))) + "ж")
    assert font.asked <= 20
    assert repertoire.printable("жé") == "□é"


def test_heaped_accents_are_dropped() -> None:
    heaped = "a" + "\u0323" * 40 + "b"
    assert normalised(heaped) == "ạ" + "\u0323" * MOST_MARKS + "b"


@given(st.text())
def test_clusters_lose_no_character_but_heaped_accents(text) -> None:
    assert len("".join(clusters(text))) <= len(text)
    assert [one for one in "".join(clusters(text)) if one.isalnum()] == [
        one for one in text if one.isalnum()
    ]


@given(st.text())
def test_what_is_printed_is_shown_by_the_font(text) -> None:
    font = Font()
    assert font(Repertoire(font).printable(text))
    assert json.dumps(Repertoire(font).printable(text)).encode()


def test_templates_shared_by_documents_are_shipped() -> None:
    folder = Path(home.typesetting.__file__).parent
    assert (folder / "main.typ").is_file()
    assert (folder / "library" / "fitting.typ").is_file()
