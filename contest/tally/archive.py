"""Published files in and out of a ZIP or a folder. Nothing of it is ever written or run.

A ZIP may come from anybody: a name that is not ours, or twice the same, is refused; sizes are
bounded before and while reading.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from contest.tally.errors import BadPublication

DEFINITION = "definition.json"
BALLOTS = "ballots.csv"
TALLIES = "tallies.json"
RESULT = "result.json"
SALTS = "salts.json"
VERIFIER = "verify.py"
READ_ME = "LISEZMOI.txt"
SUMS = "SHA256SUMS"
MEMBERS = (DEFINITION, BALLOTS, TALLIES, RESULT, SALTS, VERIFIER, READ_ME, SUMS)
REQUIRED = (DEFINITION, BALLOTS, RESULT, SUMS)

LARGEST_ARCHIVE = 64 * 1024 * 1024
LARGEST_MEMBER = 64 * 1024 * 1024
LARGEST_CONTENT = 96 * 1024 * 1024
"""Bytes. 50,000 posters with three jurors and five criteria each need 25 million."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same files make the same archive, whenever it is made."""


def pack(members: Mapping[str, bytes]) -> bytes:
    """`members` by name as a ZIP."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, members[name])
    return target.getvalue()


def read_publication(path: Path) -> dict[str, bytes]:
    """The published files of a ZIP, or of the folder that it was unpacked into, by name.

    Raises:
        BadPublication: not there, not a ZIP, too large, damaged, or with files that are not ours.
    """
    try:
        if path.is_dir():
            return _of_folder(path)
        if path.stat().st_size > LARGEST_ARCHIVE:
            raise BadPublication("too_large", file=path.name)
        with path.open("rb") as stream:
            return read_archive(stream)
    except OSError as error:
        raise BadPublication("not_found", file=str(path)) from error


def read_archive(stream: BinaryIO) -> dict[str, bytes]:
    """The published files of a ZIP by name; errors as `read_publication`."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return _of_archive(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise BadPublication("not_a_zip") from error


def _of_archive(archive: zipfile.ZipFile) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = LARGEST_CONTENT
    for entry in archive.infolist():
        name = entry.filename
        if name not in MEMBERS or name in found:
            raise BadPublication("foreign_file", file=name)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadPublication("not_a_zip")
        with archive.open(entry) as member:
            content = member.read(min(LARGEST_MEMBER, left) + 1)
        if len(content) > min(LARGEST_MEMBER, left):
            raise BadPublication("too_large", file=name)
        left -= len(content)
        found[name] = content
    return found


def _of_folder(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = LARGEST_CONTENT
    for name in MEMBERS:
        path = folder / name
        if not path.is_file():
            continue
        if path.stat().st_size > min(LARGEST_MEMBER, left):
            raise BadPublication("too_large", file=name)
        found[name] = path.read_bytes()
        left -= len(found[name])
    return found
