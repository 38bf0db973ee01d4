"""Juries: who sits, what they have cast, what the commission has given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class MemberRecord:
    """Somebody in the juries; `establishment` is a UAI, empty where they belong to none."""

    slug: str
    first_name: str
    last_name: str
    email: str
    title: str
    college: str
    establishment: str = ""

    @property
    def name(self) -> str:
        """As the minutes have it."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class RoundRecord:
    """A round of a category, given by its code.

    `ballots`: by slug of a poster and of a member, the grades as digits, in the order of the
    questions. `signed_off` and `absent` are slugs of members.
    """

    category: str
    name: str
    method: str
    minimum: int
    ballots: Mapping[str, Mapping[str, str]]
    signed_off: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class AwardRecord:
    """A prize that the commission gives by hand to the poster of a slug."""

    prize: str
    poster: str
    reason: str


@dataclass(frozen=True)
class JuryRecord:
    """The jury of a contest: its rounds in order, the awards of its commission."""

    rounds: tuple[RoundRecord, ...]
    awards: tuple[AwardRecord, ...]
