"""The names of formats, and of what schools send instead, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.images.formats import Appearance, Format

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from contest.images.limits import Limits

FORMAT_NAMES = {
    Format.JPEG: "JPEG",
    Format.PNG: "PNG",
    Format.WEBP: "WebP",
    Format.HEIC: "HEIC",
    Format.PDF: "PDF",
}

APPEARANCES: dict[Appearance, Promise] = {
    Appearance.GIF: gettext_lazy("a GIF picture"),
    Appearance.TIFF: gettext_lazy("a TIFF picture"),
    Appearance.AVIF: gettext_lazy("an AVIF picture"),
    Appearance.SVG: gettext_lazy("an SVG drawing"),
    Appearance.BMP: gettext_lazy("a BMP picture"),
    Appearance.JPEG_XL: gettext_lazy("a JPEG XL picture"),
    Appearance.JPEG_2000: gettext_lazy("a JPEG 2000 picture"),
    Appearance.PHOTOSHOP: gettext_lazy("a Photoshop document"),
    Appearance.POSTSCRIPT: gettext_lazy("a PostScript document"),
    Appearance.TEXT_DOCUMENT: gettext_lazy("a word processor’s document (Word, LibreOffice…)"),
    Appearance.PRESENTATION: gettext_lazy("a slideshow (PowerPoint, Impress…)"),
    Appearance.SPREADSHEET: gettext_lazy("a spreadsheet"),
    Appearance.OFFICE: gettext_lazy("an office document (Word, Publisher, PowerPoint…)"),
    Appearance.ZIP: gettext_lazy("a ZIP archive"),
    Appearance.ARCHIVE: gettext_lazy("an archive (RAR, 7z…)"),
    Appearance.VIDEO: gettext_lazy("a video"),
    Appearance.AUDIO: gettext_lazy("a sound recording"),
    Appearance.HTML: gettext_lazy("a web page"),
    Appearance.XML: gettext_lazy("an XML document"),
    Appearance.SCRIPT: gettext_lazy("a script"),
    Appearance.PROGRAM: gettext_lazy("a program"),
}
PICTURES = frozenset(
    {
        Appearance.GIF,
        Appearance.TIFF,
        Appearance.AVIF,
        Appearance.SVG,
        Appearance.BMP,
        Appearance.JPEG_XL,
        Appearance.JPEG_2000,
    }
)
DOCUMENTS = frozenset(
    {
        Appearance.PHOTOSHOP,
        Appearance.POSTSCRIPT,
        Appearance.TEXT_DOCUMENT,
        Appearance.PRESENTATION,
        Appearance.SPREADSHEET,
        Appearance.OFFICE,
    }
)
ARCHIVES = frozenset({Appearance.ZIP, Appearance.ARCHIVE})


def formats_named(limits: Limits) -> str:
    """The formats that are taken: "JPEG, PNG ou PDF"."""
    names = [name for format_, name in FORMAT_NAMES.items() if format_ in limits.formats]
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s or %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def contents_named(kind: str) -> str:
    """What a file holds besides the poster: the value of a `Format` or of an `Appearance`."""
    if kind in list(Format):
        return _("a file in the format %(format)s") % {"format": FORMAT_NAMES[Format(kind)]}
    return str(APPEARANCES[Appearance(kind)])
