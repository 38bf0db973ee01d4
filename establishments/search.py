"""Finding establishments by name, UAI or commune, as people write them."""

from __future__ import annotations

from django.db.models import QuerySet

from .folding import search_words
from .models import Academy, Establishment
from .uai import is_valid_uai, normalise_uai


def find_establishments(query: str, academy: Academy | None = None) -> QuerySet[Establishment]:
    """The establishments, open and closed, that `query` names; none where it names nothing.

    Accents, case, order and punctuation do not count, "St" is "Saint"; each word must begin a word
    of the establishment's UAI, name or commune. `academy` narrows to one académie.
    """
    found = narrow_to(Establishment.objects.all(), query)
    return found if academy is None else found.filter(academy=academy)


def narrow_to(establishments: QuerySet[Establishment], query: str) -> QuerySet[Establishment]:
    """Those of `establishments` that `query` names; none where it names nothing."""
    words = search_words(query)
    if not words:
        return establishments.none()
    for word in words:
        establishments = establishments.filter(search_text__contains=f" {_whole_uai(word)}")
    return establishments


def _whole_uai(word: str) -> str:
    """`word` with the zero back, where it is a UAI that lost its own in a spreadsheet."""
    uai = normalise_uai(word)
    return uai.lower() if len(word) == 7 and is_valid_uai(uai) else word
