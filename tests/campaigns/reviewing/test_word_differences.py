"""What differs between two texts, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campaigns.word_differences import Stretch, row_differences, word_differences

WORDS = st.lists(st.sampled_from(["un", "deux", "été", "l’élève", ",", "\n", " "])).map(" ".join)


def told(stretches: list[Stretch], kind: str) -> str:
    return "".join(stretch.text for stretch in stretches if stretch.kind in ("same", kind))


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_what_is_shown(before, after) -> None:
    stretches = word_differences(before, after)

    assert told(stretches, "gone") == before
    assert told(stretches, "new") == after
    assert all(stretch.text for stretch in stretches)


def test_a_word_that_changes_is_marked_and_nothing_else() -> None:
    assert word_differences(
        "Redonner confiance à dix élèves.", "Redonner courage à dix élèves."
    ) == [
        Stretch("same", "Redonner "),
        Stretch("gone", "confiance"),
        Stretch("new", "courage"),
        Stretch("same", " à dix élèves."),
    ]


def test_words_that_follow_each_other_are_one_change() -> None:
    stretches = word_differences(
        "Le matin, dans le foyer du lycée, tous les lundis de mars.",
        "Le matin, dans la grande salle du lycée, tous les lundis de mars.",
    )

    assert [stretch.kind for stretch in stretches] == ["same", "gone", "new", "same"]


def test_texts_that_have_nothing_in_common_are_shown_one_after_the_other() -> None:
    assert word_differences("Café", "Une longue matinée") == [
        Stretch("gone", "Café"),
        Stretch("new", "Une longue matinée"),
    ]


def test_a_text_that_comes_or_goes_is_one_change() -> None:
    assert word_differences("", "Un mot") == [Stretch("new", "Un mot")]
    assert word_differences("Un mot", "") == [Stretch("gone", "Un mot")]
    assert word_differences("", "") == []


def test_very_long_texts_are_not_compared_word_by_word() -> None:
    before, after = "mot " * 10_000, "mot " * 10_001

    assert [stretch.kind for stretch in word_differences(before, after)] == ["gone", "new"]


def test_rows_are_kept_removed_added_or_reworded() -> None:
    rows = row_differences(
        ("Mission locale", "Ville de Rennes", "Canopé"),
        ("Mission locale", "Ville de Nantes", "Canopé", "CIO"),
    )

    assert [[stretch.kind for stretch in row] for row in rows] == [
        ["same"],
        ["same", "gone", "new"],
        ["same"],
        ["new"],
    ]
