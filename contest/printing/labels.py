"""Labels to hang beside the posters of an exhibition, eight to an A4 page, to be cut out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.typesetting.typeset import typeset

TEMPLATE = Path(__file__).parent / "labels.typ"
PER_PAGE = 8
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
QUIET_ZONE = 4
"""White modules that ISO/IEC 18004 asks for around a QR code."""


@dataclass(frozen=True)
class Label:
    """What visitors read beside a poster. Texts may be empty, except the address.

    Attributes:
        number: the poster's public number.
        title: the poster's title.
        establishment: the name of the establishment, without its commune.
        commune: where the establishment is.
        category: the category's name in the contest.
        class_label: the class or group that made the poster, as the establishment writes it.
        pupils: how many pupils made it; None where nobody said.
        technique: with what it was made.
        address: the full URL of the poster's page, where the QR code leads.
    """

    number: int
    title: str
    establishment: str
    commune: str
    category: str
    class_label: str
    pupils: int | None
    technique: str
    address: str


def labels_pdf(labels: Sequence[Label], *, contest: str, edition: str) -> bytes:
    """An A4 PDF of `labels` in their order, with marks where to cut.

    Each label is 99 mm wide and 68 mm high. Long texts are set smaller, then cut short, so that
    none overflows. For PDF readers each label is a heading, its facts, and a described QR code.

    Args:
        labels: at least one.
        contest: the contest's name, in small on every label.
        edition: the edition's name or year, likewise.

    Raises:
        ValueError: there is no label, or an address is too long for a QR code.
        CannotTypeset: see `home.typesetting.typeset`.
    """
    if not labels:
        raise ValueError("no label to print")
    title = _("Exhibition labels: %(contest)s, %(edition)s") % {
        "contest": contest,
        "edition": edition,
    }
    return typeset(
        TEMPLATE,
        {
            "labels": [_shown(label) for label in labels],
            "number_sign": _("No."),
            "context": " · ".join(part for part in (contest, edition) if part),
        },
        title=title,
    )


def short_address(address: str) -> str:
    """`address` as people type it: without the scheme and the last slash."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    return parts.netloc + path + (f"?{parts.query}" if parts.query else "")


def symbol_of(address: str) -> segno.QRCode:
    """The QR code of `address`, at error correction M, or better where that costs no module."""
    return segno.make_qr(address, error="m")


def _shown(label: Label) -> dict[str, Any]:
    symbol = symbol_of(label.address)
    drawing = io.BytesIO()
    symbol.save(drawing, kind="svg", border=QUIET_ZONE, xmldecl=False, omitsize=True)
    pupils = label.pupils and ngettext("%(count)d pupil", "%(count)d pupils", label.pupils) % {
        "count": label.pupils
    }
    short = short_address(label.address)
    return {
        "number": label.number,
        "title": _one_line(label.title),
        "category": _one_line(label.category),
        "establishment": _place(_one_line(label.establishment), _one_line(label.commune)),
        "details": " · ".join(
            part
            for part in (_one_line(label.class_label), pupils, _one_line(label.technique))
            if part
        ),
        "address": short,
        "symbol": drawing.getvalue().decode(),
        "modules": symbol.symbol_size(border=0)[0],
        "quiet": QUIET_ZONE,
        "alternative": _("QR code of the poster’s page, %(address)s") % {"address": short},
    }


def _place(establishment: str, commune: str) -> str:
    # No line ends inside a commune's name: "(Le" above "Havre)" reads badly.
    named = commune.replace(" ", NO_BREAK_SPACE)
    return f"{establishment} ({named})" if establishment and commune else establishment or commune


def _one_line(text: str) -> str:
    return " ".join(text.split())
