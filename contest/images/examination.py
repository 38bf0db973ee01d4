"""What examining a file has found. Plain values, kept and sent as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from contest.images.formats import Format


class ProblemCode(StrEnum):
    """Why a file cannot be a poster as it is. `wording` says how to mend each."""

    EMPTY = "empty"
    TOO_HEAVY = "too-heavy"
    NOT_ACCEPTED = "not-accepted"
    NOT_A_PICTURE = "not-a-picture"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_SMALL = "too-small"
    WRONG_RATIO = "wrong-ratio"
    WRONG_ORIENTATION = "wrong-orientation"
    NO_PAGE = "no-page"
    SEVERAL_PAGES = "several-pages"
    ENCRYPTED = "encrypted"
    ANIMATED = "animated"
    POLYGLOT = "polyglot"
    TOO_SLOW = "too-slow"


class Note(StrEnum):
    """What is done to a file that is accepted, or worth a look before it is handed in."""

    STRAIGHTENED = "straightened"
    CMYK_CONVERTED = "cmyk-converted"
    PROFILE_CONVERTED = "profile-converted"
    TRANSPARENCY_FLATTENED = "transparency-flattened"
    ONE_COLOUR = "one-colour"


@dataclass(frozen=True)
class Problem:
    """One reason to refuse a file, with the figures that its sentence needs (JSON values)."""

    code: ProblemCode
    details: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {"code": self.code.value, "details": self.details}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The opposite of `as_json`."""
        return cls(ProblemCode(values["code"]), dict(values.get("details", {})))


@dataclass(frozen=True)
class Examination:
    """What a file was found to be.

    Attributes:
        format: None where the bytes are in none of the formats known here.
        width: pixels as seen, after its EXIF orientation; of a PDF, those it will be drawn with.
        height: likewise; both 0 where the size could not be read.
        bytes: the size of the file.
        sha256: of the whole file, in hexadecimal.
        fingerprint: 16 hexadecimal digits (see `fingerprint`); empty where it was not decoded.
        has_preview: whether a preview was written.
    """

    format: Format | None = None
    width: int = 0
    height: int = 0
    bytes: int = 0
    sha256: str = ""
    fingerprint: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    has_preview: bool = False

    @property
    def is_acceptable(self) -> bool:
        """Whether it was recognised and nothing speaks against it."""
        return self.format is not None and not self.problems

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "format": self.format.value if self.format else None,
            "width": self.width,
            "height": self.height,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "fingerprint": self.fingerprint,
            "problems": [problem.as_json() for problem in self.problems],
            "notes": [note.value for note in self.notes],
            "has_preview": self.has_preview,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The opposite of `as_json`; an empty mapping is a file that nobody examined."""
        return cls(
            format=Format(values["format"]) if values.get("format") else None,
            width=values.get("width", 0),
            height=values.get("height", 0),
            bytes=values.get("bytes", 0),
            sha256=values.get("sha256", ""),
            fingerprint=values.get("fingerprint", ""),
            problems=tuple(Problem.from_json(problem) for problem in values.get("problems", ())),
            notes=tuple(Note(note) for note in values.get("notes", ())),
            has_preview=values.get("has_preview", False),
        )
