"""What an examination found, in sentences for a school: what is wrong, and how to mend it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import filesizeformat, floatformat
from django.utils.translation import gettext as _

from contest.images.examination import Note, Problem, ProblemCode
from contest.images.formats import Appearance, Format
from contest.images.naming import (
    APPEARANCES,
    ARCHIVES,
    DOCUMENTS,
    FORMAT_NAMES,
    PICTURES,
    contents_named,
    formats_named,
)
from contest.images.preparation import MASTER_SIDE

if TYPE_CHECKING:
    from contest.images.limits import Limits

_MILLION = 1_000_000
_A_SERIES = math.sqrt(2)


def sentence_of(problem: Problem | Mapping[str, Any], limits: Limits) -> str:
    """What is wrong with a file, and what to do about it.

    Args:
        problem: as found, or its JSON.
    """
    if not isinstance(problem, Problem):
        problem = Problem.from_json(problem)
    return _SENTENCES[problem.code](problem.details, limits)


def note_sentence(note: Note | str) -> str:
    """What is done to an accepted file, or worth a look."""
    return {
        Note.STRAIGHTENED: _(
            "The picture was stored on its side or mirrored: we turn it as your device shows it."
        ),
        Note.CMYK_CONVERTED: _(
            "The colours are meant for a printing press (CMYK): we convert them for screens, which "
            "may change them a little. Check the preview; if it does not suit you, export the "
            "poster in RGB."
        ),
        Note.PROFILE_CONVERTED: _(
            "The colours are converted to sRGB, so that every screen shows the same."
        ),
        Note.TRANSPARENCY_FLATTENED: _("The transparent parts are shown on white."),
        Note.ONE_COLOUR: _(
            "The picture is of one colour only. Check the preview: the drawing may be missing."
        ),
    }[Note(note)]


def _empty(details: Mapping[str, Any], limits: Limits) -> str:
    return _(
        "This file is empty: it was probably not saved to the end. Open the poster on your device, "
        "save it again under another name, and send that file."
    )


def _too_heavy(details: Mapping[str, Any], limits: Limits) -> str:
    figures = {
        "weight": filesizeformat(details["bytes"]),
        "excess": filesizeformat(details["bytes"] - details["max_bytes"]),
        "most": filesizeformat(details["max_bytes"]),
    }
    fault = _("This file weighs %(weight)s: %(excess)s more than the %(most)s allowed.") % figures
    if details.get("format") == Format.PDF:
        return f"{fault} " + _(
            "Export the PDF again with its pictures compressed (“minimum size” or “for screens” in "
            "most programs)."
        )
    return f"{fault} " + _("Save the picture again as JPEG, with a quality of about 85%.")


def _not_accepted(details: Mapping[str, Any], limits: Limits) -> str:
    formats = {"formats": formats_named(limits)}
    if details["format"] in list(Format):
        fault = _("This is a file in the format %(format)s.") % {
            "format": FORMAT_NAMES[Format(details["format"])]
        }
        remedy = _("Open this file on your device and export it as %(formats)s.") % formats
    else:
        appearance = Appearance(details["format"])
        fault = _("This is %(what)s.") % {"what": APPEARANCES[appearance]}
        remedy = _remedy_for(appearance, limits) % formats
    return f"{fault} {remedy}"


def _remedy_for(appearance: Appearance, limits: Limits) -> str:
    if appearance in PICTURES:
        return _("Open this file on your device and export it as %(formats)s.")
    if appearance in DOCUMENTS and Format.PDF in limits.formats:
        return _("Open this file in its program and export it as a PDF of one page.")
    if appearance in DOCUMENTS:
        return _("Open this file in its program and export its page as %(formats)s.")
    if appearance in ARCHIVES:
        return _("Unpack this file and send the poster that is inside.")
    if appearance is Appearance.VIDEO:
        return _("Send a still picture of the poster, as %(formats)s.")
    return _("Send the poster itself, as %(formats)s.")


def _not_a_picture(details: Mapping[str, Any], limits: Limits) -> str:
    return _(
        "This file is neither a picture nor a PDF, whatever its name says; changing the name does "
        "not change the format. Open the poster in the program that made it, and export it as "
        "%(formats)s."
    ) % {"formats": formats_named(limits)}


def _truncated(details: Mapping[str, Any], limits: Limits) -> str:
    return _(
        "This file stops before its end: a part of the poster is missing. A copy or a download was "
        "probably cut short. Copy it again from where it comes from (phone, USB stick, mail), "
        "check that it opens whole, and send it again."
    )


def _damaged(details: Mapping[str, Any], limits: Limits) -> str:
    return _(
        "This file is damaged and cannot be read. If it opens on your device, save it there under "
        "another name and send the copy; if not, export the poster again from the program that "
        "made it."
    )


def _too_many_pixels(details: Mapping[str, Any], limits: Limits) -> str:
    return _(
        "This picture is %(width)s × %(height)s pixels, that is %(pixels)s million; a file of this "
        "kind may have %(most)s million. Make it smaller: %(enough)s pixels on the long side are "
        "enough to print an A3 sheet."
    ) % {
        **_size(details),
        "pixels": _whole(math.ceil(details["width"] * details["height"] / _MILLION)),
        "most": _whole(details["largest"] // _MILLION),
        "enough": _whole(MASTER_SIDE),
    }


def _too_small(details: Mapping[str, Any], limits: Limits) -> str:
    return _(
        "This picture is %(width)s × %(height)s pixels. To be printed sharply it needs at least "
        "%(short)s on its short side and %(long)s on its long side. Send the original file rather "
        "than a screenshot or a copy received by a messaging service, or scan the poster again at "
        "a higher resolution; enlarging the picture would not make it sharper."
    ) % {
        **_size(details),
        "short": _whole(details["min_short_side"]),
        "long": _whole(details["min_long_side"]),
    }


def _wrong_ratio(details: Mapping[str, Any], limits: Limits) -> str:
    measured, expected = _told_apart(details["ratio"], details["expected"])
    is_a_series = abs(details["expected"] - _A_SERIES) < 0.005
    fault = (
        _(
            "This poster does not have the shape of an A3 or A4 sheet: its long side is "
            "%(measured)s times its short side, instead of %(expected)s."
        )
        if is_a_series
        else _(
            "This poster does not have the shape that is asked for: its long side is %(measured)s "
            "times its short side, instead of %(expected)s."
        )
    ) % {"measured": measured, "expected": expected}
    percent = {"percent": floatformat(details["percent"], "-1")}
    excess = (
        _("It is too wide by %(percent)s %%: crop it on the left or on the right.")
        if details["fault"] == "too-wide"
        else _("It is too tall by %(percent)s %%: crop it at the top or at the bottom.")
    ) % percent
    page = _("You can also set the page to A3 or A4 in the program, and export it again.")
    return " ".join([fault, excess, page] if is_a_series else [fault, excess])


def _wrong_orientation(details: Mapping[str, Any], limits: Limits) -> str:
    if details["orientation"] == "portrait":
        return _(
            "This poster is wider than tall, and the contest asks for upright ones. If it was only "
            "scanned or photographed sideways, turn the picture on your device and save it."
        )
    return _(
        "This poster is taller than wide, and the contest asks for wide ones. If it was only "
        "scanned or photographed sideways, turn the picture on your device and save it."
    )


def _no_page(details: Mapping[str, Any], limits: Limits) -> str:
    return _("This PDF has no page. Export the poster again from the program that made it.")


def _several_pages(details: Mapping[str, Any], limits: Limits) -> str:
    return _("This PDF has %(pages)s pages. A poster is one page: export that page alone.") % {
        "pages": _whole(details["pages"])
    }


def _encrypted(details: Mapping[str, Any], limits: Limits) -> str:
    return _("This PDF opens with a password only. Export it again without a password.")


def _animated(details: Mapping[str, Any], limits: Limits) -> str:
    return _("This picture moves, and a poster stands still. Export one still picture of it.")


def _polyglot(details: Mapping[str, Any], limits: Limits) -> str:
    return _(
        "Besides the poster, this file holds something else: %(what)s. Open the poster on your "
        "device and save it under another name: the copy will hold nothing but the poster."
    ) % {"what": contents_named(details["contains"])}


def _too_slow(details: Mapping[str, Any], limits: Limits) -> str:
    return _(
        "This file takes too long, or too much memory, to be read. Export the poster again as a "
        "simple JPEG, of %(enough)s pixels on its long side."
    ) % {"enough": _whole(MASTER_SIDE)}


def _size(details: Mapping[str, Any]) -> dict[str, str]:
    return {"width": _whole(details["width"]), "height": _whole(details["height"])}


def _whole(number: int) -> str:
    return str(floatformat(number, "0g"))


def _told_apart(measured: float, expected: float) -> tuple[str, str]:
    """Both ratios with as many decimals as it takes for them to differ, two at least."""
    for decimals in (2, 3):
        texts = floatformat(measured, decimals), floatformat(expected, decimals)
        if texts[0] != texts[1]:
            return texts
    return floatformat(measured, 4), floatformat(expected, 4)


_SENTENCES: dict[ProblemCode, Callable[[Mapping[str, Any], Limits], str]] = {
    ProblemCode.EMPTY: _empty,
    ProblemCode.TOO_HEAVY: _too_heavy,
    ProblemCode.NOT_ACCEPTED: _not_accepted,
    ProblemCode.NOT_A_PICTURE: _not_a_picture,
    ProblemCode.TRUNCATED: _truncated,
    ProblemCode.DAMAGED: _damaged,
    ProblemCode.TOO_MANY_PIXELS: _too_many_pixels,
    ProblemCode.TOO_SMALL: _too_small,
    ProblemCode.WRONG_RATIO: _wrong_ratio,
    ProblemCode.WRONG_ORIENTATION: _wrong_orientation,
    ProblemCode.NO_PAGE: _no_page,
    ProblemCode.SEVERAL_PAGES: _several_pages,
    ProblemCode.ENCRYPTED: _encrypted,
    ProblemCode.ANIMATED: _animated,
    ProblemCode.POLYGLOT: _polyglot,
    ProblemCode.TOO_SLOW: _too_slow,
}
