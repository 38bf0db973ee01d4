"""The minutes of a jury, to be signed: a tagged PDF, in French."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from home.typesetting.typeset import typeset

TEMPLATE = Path(__file__).parent / "minutes.typ"


@dataclass(frozen=True)
class Member:
    """Somebody in the jury. `remark`: that they left, say; may be empty."""

    name: str
    title: str
    college: str
    remark: str


@dataclass(frozen=True)
class Place:
    """A place of a round, with what decided it."""

    place: str
    number: int
    value: str
    sentence: str


@dataclass(frozen=True)
class RoundMinutes:
    """A round: `facts` are pairs of a label and a text; `incidents` are dated sentences."""

    title: str
    facts: Sequence[tuple[str, str]]
    incidents: Sequence[str]
    places: Sequence[Place]
    others: str
    placeless: Sequence[str]
    fingerprint: str


@dataclass(frozen=True)
class PrizeGiven:
    """A prize and who gets it. `reason` may be empty for what follows from the places."""

    prize: str
    category: str
    poster: str
    origin: str
    reason: str


@dataclass(frozen=True)
class Minutes:
    """Everything that the minutes say."""

    contest: str
    edition: str
    academy: str
    service: str
    written_on: str
    status: str
    members: Sequence[Member]
    rounds: Sequence[RoundMinutes]
    prizes: Sequence[PrizeGiven]
    problems: Sequence[str] = field(default_factory=list)
    palmares: str = ""


def minutes_pdf(minutes: Minutes) -> bytes:
    """The minutes on A4 pages, with room for the signature of each member present.

    Raises:
        CannotTypeset: see `home.typesetting.typeset`.
    """
    title = _("Minutes of the jury: %(contest)s, %(edition)s") % {
        "contest": minutes.contest,
        "edition": minutes.edition,
    }
    return typeset(
        TEMPLATE, {**asdict(minutes), "words": _words()}, title=title, author=minutes.service
    )


def _words() -> dict[str, str]:
    """The fixed texts of the template."""
    return {
        "heading": _("Minutes of the jury"),
        "written": _("Drawn up on"),
        "members": _("The jury"),
        "name": _("Name"),
        "title": _("Title"),
        "college": _("College"),
        "signature": _("Signature"),
        "rounds": _("Rounds"),
        "incidents": _("Incidents and decisions"),
        "no_incident": _("None."),
        "places": _("Places"),
        "place": _("Place"),
        "poster": _("Poster"),
        "result": _("Result"),
        "why": _("What decided it"),
        "placeless": _("Without a place"),
        "fingerprint": _("Fingerprint of the result (sha256)"),
        "prizes": _("Prizes"),
        "prize": _("Prize"),
        "origin": _("Where it comes from"),
        "no_prize": _("No prize is given yet."),
        "problems": _("To be settled"),
        "signatures": _("Signatures"),
        "done_at": _("Done at"),
        "done_on": _("on"),
        "president": _("The president of the jury"),
        "organiser": _("For the académie"),
        "palmares": _("Fingerprint of the published palmarès"),
        "number_sign": _("no."),
        "page": _("Page"),
    }
