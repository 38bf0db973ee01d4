"""Diplomas of a contest, one to a lying A4 page: of laureates, and of all who took part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.typesetting.typeset import typeset

TEMPLATE = Path(__file__).parent / "diplomas.typ"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Diploma:
    """What a diploma says. Texts may be empty, except the title and the establishment.

    `prize` is empty on a diploma of participation; `reason` is the commission's. `picture` names
    one of the pictures given along, `alternative` says what it shows.
    """

    number: int
    title: str
    establishment: str
    commune: str = ""
    category: str = ""
    class_label: str = ""
    pupils: int | None = None
    prize: str = ""
    is_shared: bool = False
    reason: str = ""
    picture: str = ""
    alternative: str = ""


def diplomas_pdf(
    diplomas: Sequence[Diploma],
    pictures: Mapping[str, bytes | Path] | None = None,
    *,
    contest: str,
    edition: str,
    issuer: Sequence[str],
    published_on: str,
) -> bytes:
    """A PDF of `diplomas` in their order, one a page. Long texts are set smaller, then cut short.

    Args:
        diplomas: at least one.
        pictures: JPEGs by the plain names that the diplomas give.
        issuer: the lines of the académie's name.
        published_on: the day of the palmarès, in words.

    Raises:
        ValueError: there is no diploma.
        CannotTypeset: see `home.typesetting.typeset`.
    """
    if not diplomas:
        raise ValueError("no diploma to print")
    return typeset(
        TEMPLATE,
        {
            "diplomas": [_shown(one) for one in diplomas],
            "issuer": list(issuer),
            "context": " · ".join(part for part in (contest, edition) if part),
            "foot": _("Palmarès published on %(day)s") % {"day": published_on},
            "signature": _("For the jury"),
        },
        pictures,
        title=_("Diplomas: %(contest)s, %(edition)s") % {"contest": contest, "edition": edition},
        author=" ".join(issuer),
    )


def _shown(one: Diploma) -> dict[str, Any]:
    pupils = one.pupils and ngettext("%(count)d pupil", "%(count)d pupils", one.pupils) % {
        "count": one.pupils
    }
    shared = _("ex æquo") if one.is_shared else ""
    prize = " ".join(part for part in (_one_line(one.prize), shared and f"({shared})") if part)
    commune = _one_line(one.commune).replace(" ", NO_BREAK_SPACE)
    return {
        "is_laureate": bool(one.prize),
        "kind": _("Diploma") if one.prize else _("Diploma of participation"),
        "prize": prize,
        "category": _one_line(one.category),
        "to": _("awarded to"),
        "establishment": _one_line(one.establishment),
        "commune": commune,
        "details": " · ".join(part for part in (_one_line(one.class_label), pupils) if part),
        "work": _("for the poster “%(title)s”") % {"title": _one_line(one.title)},
        "number": _("No. %(number)s") % {"number": one.number},
        "reason": _one_line(one.reason),
        "picture": one.picture,
        "alternative": one.alternative,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
