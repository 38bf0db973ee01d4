"""Words looked for among posters: in their own texts, and in the names of their establishments."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat

from establishments.folding import fold
from establishments.folding import search_words as establishment_words

from .querysets import results_out

if TYPE_CHECKING:
    from .querysets import PosterQuerySet

MOST_WORDS = 8


def results_are_out(now: datetime) -> Q:
    """The posters whose contest names the establishments at `now`, as a condition on posters."""
    return results_out(now, "contest__")


def holding(posters: PosterQuerySet, typed: str, *, with_establishments: Q) -> PosterQuerySet:
    """The `posters` that hold every word of `typed`, whatever its accents and its case.

    Their own texts and their number are searched, and the name, commune and UAI of the
    establishment of those that `with_establishments` keeps.
    """
    posters, condition = with_texts(posters), holds_words(typed, with_establishments)
    return posters.filter(condition)


def with_texts(posters: PosterQuerySet) -> PosterQuerySet:
    """`posters` with their own texts as one, for `holds_words`."""
    space = Value(" ")
    return posters.alias(
        own_texts=Concat(
            "title", space, "statement", space, "alternative", output_field=TextField()
        )
    )


def holds_words(typed: str, with_establishments: Q) -> Q:
    """The condition that every word of `typed` is found; needs `with_texts`."""
    words = search_words(typed)
    condition = Q() if words else nobody()  # what has no Latin letter is in no poster
    for word in words:
        found = Q(own_texts__regex=pattern_of(word))
        if word.isdecimal() and len(word) < 10:
            found |= Q(number=int(word))
        for full in establishment_words(word):
            # A space stands before each word of that column, which has no accents.
            found |= with_establishments & Q(establishment__search_text__contains=f" {full}")
        condition &= found
    return condition


def nobody() -> Q:
    """No row at all."""
    return Q(pk__in=[])


def search_words(typed: str) -> list[str]:
    """The words to look for, folded; the longest first, which leaves the next ones the least."""
    words = dict.fromkeys(fold(typed).split())
    return sorted(words, key=len, reverse=True)[:MOST_WORDS]


def _variants() -> dict[str, str]:
    """Every Latin letter that folds to each of a to z and 0 to 9, in both cases."""
    found: dict[str, str] = {letter: letter for letter in "0123456789"}
    for letter in "abcdefghijklmnopqrstuvwxyz":
        found[letter] = letter + letter.upper()
    for code in range(0xC0, 0x180):
        letter = fold(chr(code))
        if len(letter) == 1:
            found[letter] += chr(code)
    return found


_VARIANTS = _variants()


def pattern_of(word: str) -> str:
    """A regular expression, for PostgreSQL and Python alike, of a folded `word`, accented or not.

    "lycee" gives one that also finds "Lycée" and "LYCÉE"; a case-insensitive match would depend on
    the database's locale, which may know no accents.
    """
    pieces = re.findall("oe|ae|.", word)
    ligatures = {"oe": "(œ|Œ|{})", "ae": "(æ|Æ|{})"}
    return "".join(
        ligatures.get(piece, "{}").format("".join(f"[{_VARIANTS[letter]}]" for letter in piece))
        for piece in pieces
    )
