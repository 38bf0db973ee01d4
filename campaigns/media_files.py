"""What a file that is sent for a fiche is, whether it fits, and what is kept of it.

The bytes decide, never the name. A picture is decoded in a child process with limits and kept as
a JPEG without metadata; a document is kept as it came, if it is of a kind that any office program
opens and holds no macro.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from . import picture_cleaning
from .enums import MediaKind
from .models import ActionMedia

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MEGABYTE = 1024 * 1024
HEAVIEST = {MediaKind.IMAGE: 20 * MEGABYTE, MediaKind.DOCUMENT: 10 * MEGABYTE}
"""Bytes of a file at most, by its kind."""

MOST_FILES = 10
"""Files of one fiche at most."""

PATIENCE = 40
"""Seconds by the clock that a picture may take."""

HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
ODT_TYPE = b"application/vnd.oasis.opendocument.text"


class Format(StrEnum):
    """A format that is accepted; its value is the ending under which it is kept."""

    PICTURE = ".jpg"
    PDF = ".pdf"
    ODT = ".odt"
    DOCX = ".docx"

    @property
    def kind(self) -> MediaKind:
        """Whether it is shown, or saved."""
        return MediaKind.IMAGE if self is Format.PICTURE else MediaKind.DOCUMENT


def file_name(medium: ActionMedia) -> str:
    """The last part of the file's path, drawn at random when it was stored."""
    return PurePosixPath(medium.file.name or "").name


def accept(upload: UploadedFile) -> ActionMedia:
    """The row of a file that was sent, in memory, with what is to be kept of it.

    Raises:
        ValidationError: the file is not accepted; the message says what to send instead.
    """
    found, content = content_of(upload)
    medium = ActionMedia(kind=found.kind)
    medium.file.save(f"file{found.value}", ContentFile(content), save=False)
    return medium


def content_of(upload: UploadedFile) -> tuple[Format, bytes]:
    """What a file that was sent is, and what is to be kept of it.

    Raises:
        ValidationError: as `accept`.
    """
    # Before anything of it is read: the list of what an archive holds is as long as one likes.
    heaviest = max(HEAVIEST.values())
    if (upload.size or 0) > heaviest:
        raise too_heavy(heaviest)
    found = format_of(upload)
    if found is None:
        raise ValidationError(
            _("Choose a picture (JPEG, PNG, WebP, HEIC) or a PDF, ODT or DOCX document.")
        )
    heaviest = HEAVIEST[found.kind]
    if (upload.size or 0) > heaviest:
        raise too_heavy(heaviest)
    upload.seek(0)
    content = upload.read()
    return found, clean_picture(content) if found is Format.PICTURE else content


def too_heavy(heaviest: int) -> ValidationError:
    """What is told of a file of more than `heaviest` bytes."""
    return ValidationError(
        _("This file is too heavy: %(most)d MB at most.") % {"most": heaviest // MEGABYTE}
    )


def format_of(upload: UploadedFile) -> Format | None:
    """What the bytes say the file is; None where it is not of a kind that is accepted.

    Raises:
        ValidationError: it is a document with macros.
    """
    upload.seek(0)
    head = upload.read(1024)
    if is_picture(head):
        return Format.PICTURE
    if b"%PDF-" in head:
        return Format.PDF
    return _office_format(upload) if head.startswith(b"PK\x03\x04") else None


def is_picture(head: bytes) -> bool:
    """Whether the first bytes are a picture's of an accepted format."""
    return (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS)
    )


def _office_format(upload: UploadedFile) -> Format | None:
    try:
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist())
            found = None
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    found = Format.ODT if stream.read(100).strip() == ODT_TYPE else None
            elif {"[Content_Types].xml", "word/document.xml"} <= names:
                found = Format.DOCX
    except Exception:  # noqa: BLE001 - whatever the reader raises, the file is at fault
        return None
    macros = [name for name in names if _is_macro(name)]
    if found and macros:
        raise ValidationError(
            _("This document holds macros, which are refused: save it without, or as PDF.")
        )
    return found


def _is_macro(name: str) -> bool:
    return name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/"))


def clean_picture(content: bytes) -> bytes:
    """The picture as it is kept: a JPEG, upright, bounded, without place, camera or author.

    Raises:
        ValidationError: it cannot be read, or is too large.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        source.write_bytes(content)
        try:
            status = subprocess.run(  # noqa: S603 - our own program and words
                [sys.executable, "-m", "campaigns.picture_cleaning", str(source), str(target)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).parents[1],
                env={"PYTHONPATH": str(Path(__file__).parents[1]), "LC_ALL": "C.UTF-8"},
                timeout=PATIENCE,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            status = picture_cleaning.DAMAGED
        if status == picture_cleaning.DONE:
            return target.read_bytes()
    if status == picture_cleaning.TOO_LARGE:
        raise ValidationError(_("This picture has too many pixels: make it smaller, then send it."))
    raise ValidationError(_("This picture cannot be read: open it, save it again, then send it."))
