"""Text as it is compared: without accents, case or punctuation. No ORM, no request."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile(r"[\u0300-\u036f]")
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
# Unicode does not decompose the ligatures.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
_SHORT_FORMS = {"st": "saint", "ste": "sainte"}


def fold(text: str) -> str:
    """`text` as lower-case ASCII words with one space between them: "Évreux" gives "evreux"."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
        text = _ACCENTS.sub("", text)
    return _NOT_A_WORD.sub(" ", text.lower()).strip()


def search_words(text: str) -> list[str]:
    """The words of `text` to search by: folded, with "St" and "Ste" written in full."""
    return [_SHORT_FORMS.get(word, word) for word in fold(text).split()]
