"""French words down to their stem, with or without their accents."""

from __future__ import annotations

import pytest

from campaigns.stemming import MOST_WORDS, indexed_stems, name_words, query_words, stems


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("élève", "Les élèves"),
        ("eleves", "Les élèves"),
        ("ÉLÈVES", "un élève"),
        ("persévérance", "la perseverance scolaire"),
        ("perseverance", "La persévérance"),
        ("confiances", "l’estime de soi et la confiance"),
        ("engagement", "L’engagement, clé de la réussite"),
        ("coéducation", "Co-éducation et coéducation"),
        ("œuvre", "une œuvre collective"),
        ("oeuvre", "une œuvre collective"),
        ("radios", "La radio du lycée"),
        ("vidéo", "des videos"),
        ("jeu", "Jeux et défis"),
        ("défi", "Jeux et défis"),
        ("menus", "un menu"),
    ],
)
def test_a_word_leads_to_the_texts_that_hold_it_in_another_form(typed: str, written: str) -> None:
    forms = {*stems(typed)}

    assert forms & {*indexed_stems(written)}


def test_words_that_say_nothing_are_left_out() -> None:
    assert stems("Les élèves de la classe") == ["elev", "class"]
    assert query_words("le goût de l’effort") == ["goût", "effort"]
    assert query_words("de la") == []


def test_what_has_no_latin_letter_has_no_stem() -> None:
    assert stems("Привет 你好 !?") == []


def test_a_query_is_cut_to_what_a_person_looks_for() -> None:
    assert len(query_words(" ".join(f"mot{number}" for number in range(50)))) == MOST_WORDS


def test_stems_are_letters_and_digits_whatever_is_typed() -> None:
    for stem in stems("l'œil ' OR 1=1 -- \" ² ½ naïf:* \\ Ⅳ"):
        assert stem.isascii()
        assert stem.isalnum()


def test_names_are_never_stemmed() -> None:
    assert name_words("Collège Les Hautes-Ourmes, St-Malo") == [
        "college",
        "hautes",
        "ourmes",
        "saint",
        "malo",
    ]
