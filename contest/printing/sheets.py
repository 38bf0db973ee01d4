"""Posters at full size for the editors' printer: A3 pages, and an archive of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, UnidentifiedImageError

from home.typesetting.typeset import CannotTypeset, typeset

TEMPLATE = Path(__file__).parent / "sheets.typ"
READ_ME = "LISEZMOI.txt"
EMBEDDED = {"JPEG": "jpg", "PNG": "png"}
"""Pillow's names of the formats that a page takes, and the ending that says so."""

Sheet = Callable[[], bytes] | bytes
"""A PDF, or what makes it when its turn comes."""


@dataclass(frozen=True)
class Archive:
    """What an archive holds: names of the sheets written, and of those that could not be made."""

    written: tuple[str, ...]
    missing: tuple[str, ...]


def sheet_name(number: int) -> str:
    """The file of poster `number` in an archive; numbers of three digits sort as they should."""
    return f"affiche-{number:03d}.pdf"


def a3_pdf(master: Path, *, number: int, alternative: str, title: str) -> bytes:
    """An A3 page that shows the picture `master` as large as its proportions allow.

    The page stands or lies as the picture does. A JPEG is embedded as it is, not compressed again.
    Nothing is printed but the picture: the number is in the document's title only.

    Args:
        master: a JPEG or PNG, already upright and sanitised.
        number: the poster's public number.
        alternative: what the picture shows, for those who cannot see it.
        title: the poster's title.

    Raises:
        CannotTypeset: the picture cannot be read, or has no alternative text.
    """
    if not alternative.strip():
        raise CannotTypeset(f"Poster {number} has no alternative text.")
    try:
        with Image.open(master, formats=list(EMBEDDED)) as picture:
            width, height = picture.size
            file = f"poster.{EMBEDDED[str(picture.format)]}"
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise CannotTypeset(f"Poster {number}: {error}") from error
    return typeset(
        TEMPLATE,
        {"file": file, "alternative": alternative, "landscape": width > height},
        {file: master},
        title=_("Poster %(number)d: %(title)s") % {"number": number, "title": title},
    )


def posters_zip(
    target: BinaryIO,
    sheets: Iterable[tuple[str, Sheet]],
    *,
    contest: str,
    edition: str,
    written_at: datetime,
    progress: Callable[[int], None] | None = None,
) -> Archive:
    """Write `sheets` and a word on how to print them to `target`, one in memory at a time.

    PDFs of pictures do not shrink, so they are stored as they are. A sheet that cannot be made
    is left out and named in the word to the reader: it does not cost the others.

    Args:
        target: where the archive goes; it need not be seekable, and stays open.
        sheets: names (see `sheet_name`) with the PDF or what makes it.
        contest: the contest's name.
        edition: the edition's name or year.
        written_at: the files' date.
        progress: told after each sheet how many are done.

    Raises:
        ValueError: two sheets have one name, or a name is not that of a plain file.
    """
    written: list[str] = []
    missing: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:

        def add(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(name, written_at.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)

        for done, (name, sheet) in enumerate(sheets, start=1):
            if name in {*written, *missing, READ_ME} or not name or {"/", "\\", "\0"} & {*name}:
                raise ValueError(f"{name!r} cannot name a sheet of this archive")
            try:
                add(name, sheet if isinstance(sheet, bytes) else sheet())
                written.append(name)
            except CannotTypeset:
                missing.append(name)
            if progress is not None:
                progress(done)
        # Last, because only now is their number known. With a mark and line ends that the plain
        # text editors of every system understand.
        text = read_me(contest=contest, edition=edition, written=len(written), missing=missing)
        add(READ_ME, text.replace("\n", "\r\n").encode("utf-8-sig"))
    return Archive(tuple(written), tuple(missing))


def read_me(*, contest: str, edition: str, written: int, missing: list[str]) -> str:
    """What the archive is, how to print it, and what it lacks, as plain text."""
    paragraphs = [
        _("Posters of the contest: %(contest)s, %(edition)s")
        % {"contest": contest, "edition": edition},
        ngettext(
            "This archive holds %(count)d poster, on an A3 page (PDF).",
            "This archive holds %(count)d posters, each on an A3 page (PDF).",
            written,
        )
        % {"count": written},
        _(
            "To print: choose A3 paper and “actual size” (100 %). The page is upright or lying as "
            "the poster is: let the printer turn it. If your printer leaves a margin, choose “fit "
            "to page”, or the edges are lost. On A4 paper, “fit to page” gives a poster half as "
            "large."
        ),
        _(
            "A file’s number is the poster’s number in the gallery and on its label. It is not "
            "printed on the poster."
        ),
        _(
            "The pupils are the authors of these posters: print them for the exhibitions that "
            "their authorisations name, and nothing else."
        ),
    ]
    if missing:
        paragraphs.append(
            _("These posters could not be prepared; ask the site’s administrator: %(names)s")
            % {"names": ", ".join(missing)}
        )
    return "\n\n".join(paragraphs) + "\n"
