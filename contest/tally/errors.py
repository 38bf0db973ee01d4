"""What the tally refuses, as codes with details; words are given elsewhere."""

from __future__ import annotations

from typing import Any


class TallyError(Exception):
    """Something that the tally refuses: `code` says what, `details` where."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details


class BadDefinition(TallyError):
    """Rules of a round or of a contest that cannot be applied."""


class BadBallot(TallyError):
    """A ballot that its round does not take: incomplete, off the scale, cast twice, …"""


class BadSeed(TallyError):
    """The seed of a lot is missing, or is not the one that was committed to."""


class Disconnected(TallyError):
    """Jurors fall into groups that share no poster: their severity cannot be compared."""


class BadPublication(TallyError):
    """Published files that cannot be read as such."""
