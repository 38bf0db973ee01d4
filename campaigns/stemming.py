"""French words as they are searched: folded, without stop words, down to their stem.

The same on every database, which only has to find whole words: what is stored and what is looked
for both pass through here. No ORM, no request. The stems are Snowball's for French (Porter).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import snowballstemmer

from establishments.folding import fold, search_words

STOP_WORDS = frozenset(
    fold(
        "à au aux avec ce ces cette dans de des du elle elles en est et eux il ils je la le les"
        " leur leurs lui ma mais me même mes moi mon ne nos notre nous on ou où par pas pour qu que"
        " qui sa se ses son sur ta te tes toi ton tu un une vos votre vous c d j l m n s t y"
        " plus sans sous entre chez comme être sont ont"
    ).split()
)
MOST_WORDS = 8
"""Words of a query that are looked for; the others are left out."""

PLURALS_IN_S = frozenset({"as", "is", "os", "us"})
"""Ends that Snowball takes for those of verbs, even where the word is a plural."""

PLURALS_IN_X = frozenset({"jeux", "enjeux", "lieux", "milieux", "vœux", "voeux", "feux", "cheveux"})
"""Plurals that no rule parts from "heureux"."""

_french = snowballstemmer.stemmer("french")


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """The folded stem of one lower-case word, which still has its accents."""
    return fold(_french.stemWord(_singular(word))).replace(" ", "")


def _singular(word: str) -> str:
    """`word` without a plural that Snowball leaves: "radios", "défis", "menus", "jeux"."""
    if word in PLURALS_IN_X:
        return word[:-1]
    return word[:-1] if len(word) > 4 and word[-2:] in PLURALS_IN_S else word


def stems(text: str) -> list[str]:
    """The stems of `text`, in its order: "Les élèves persévèrent" gives "elev", "persever".

    A word is stemmed with its accents, then folded; typed without them it is stemmed as it is.
    """
    found = []
    for word in _words(text):
        if fold(word) in STOP_WORDS:
            continue
        stem = _stem(word)
        if stem:
            found.append(stem)
    return found


def indexed_stems(text: str) -> list[str]:
    """What a text is found by: its stems, and those that its words have without their accents.

    "persévérance" and "perseverance" do not always have the same stem: both lead to the text.
    """
    found: list[str] = []
    for word in _words(text):
        plain = fold(word)
        if plain in STOP_WORDS:
            continue
        found += dict.fromkeys(stem for form in (word, plain) if (stem := _stem(form)))
    return found


def query_words(text: str) -> list[str]:
    """The words of a query, folded, each once, without stop words; `MOST_WORDS` at the most."""
    words = dict.fromkeys(word for word in _words(text) if fold(word) not in STOP_WORDS)
    return list(words)[:MOST_WORDS]


def name_words(text: str) -> list[str]:
    """The words of the name of an establishment or a commune: folded, never stemmed."""
    return [word for word in search_words(text) if word not in STOP_WORDS]


def _words(text: str) -> list[str]:
    """The lower-case words of `text`, with their accents; apostrophes and hyphens part words."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    return "".join(char if char.isalnum() else " " for char in lowered).split()
