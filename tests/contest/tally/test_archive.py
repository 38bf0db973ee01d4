"""An archive may come from anybody: it cannot fill the memory, nor write anywhere."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from contest.tally.archive import LARGEST_MEMBER, MEMBERS, pack, read_archive, read_publication
from contest.tally.errors import BadPublication
from contest.tally.publication import Publication


def archive_of(entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    target.seek(0)
    return target


def refused(stream: io.BytesIO) -> str:
    with pytest.raises(BadPublication) as error:
        read_archive(stream)
    return error.value.code


def test_what_is_packed_is_read_back(publication: Publication, tmp_path: Path) -> None:
    path = tmp_path / "resultats.zip"
    path.write_bytes(pack(publication.public))
    assert read_publication(path) == publication.public
    folder = tmp_path / "unpacked"
    folder.mkdir()
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    (folder / "notes.txt").write_text("mine")
    assert read_publication(folder) == publication.public


@pytest.mark.parametrize(
    "name", ["../result.json", "/etc/passwd", "sub/result.json", "RESULT.JSON", "evil.py", "sub/"]
)
def test_a_name_that_is_not_ours_is_refused(name: str) -> None:
    assert refused(archive_of([("ballots.csv", b""), (name, b"x")])) == "foreign_file"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused() -> None:
    assert refused(archive_of([("result.json", b"1"), ("result.json", b"2")])) == "foreign_file"


def test_a_member_that_swells_is_refused() -> None:
    bomb = archive_of([("result.json", bytes(LARGEST_MEMBER + 1))])
    assert len(bomb.getvalue()) < 100_000
    assert refused(bomb) == "too_large"


def test_members_that_swell_together_are_refused() -> None:
    half = bytes(LARGEST_MEMBER * 4 // 5)
    assert refused(archive_of([("result.json", half), ("ballots.csv", half)])) == "too_large"


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    honest = archive_of([("result.json", bytes(1_000_000))]).getvalue()
    size = (1_000_000).to_bytes(4, "little")
    assert refused(io.BytesIO(honest.replace(size, (10).to_bytes(4, "little")))) == "not_a_zip"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_we_do_not_use_is_refused(method: int) -> None:
    assert refused(archive_of([("result.json", b"{}")], method)) == "not_a_zip"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", b"PK\x05\x06" + bytes(17)])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    assert refused(io.BytesIO(content)) == "not_a_zip"


def test_a_damaged_or_encrypted_archive_is_refused() -> None:
    whole = archive_of([("result.json", b"0123456789" * 50)], zipfile.ZIP_STORED).getvalue()
    assert refused(io.BytesIO(whole.replace(b"0123", b"0124", 1))) == "not_a_zip"
    encrypted = bytearray(whole)
    encrypted[6] |= 1
    encrypted[whole.index(b"PK\x01\x02") + 8] |= 1
    assert refused(io.BytesIO(bytes(encrypted))) == "not_a_zip"


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPublication, match="not_found"):
        read_publication(tmp_path / "absent.zip")


def test_a_file_too_large_to_be_read_is_refused_unread(tmp_path: Path) -> None:
    archive = tmp_path / "large.zip"
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in (archive, folder / "result.json"):
        with path.open("wb") as stream:
            stream.truncate(LARGEST_MEMBER + 1)
    for path in (archive, folder):
        with pytest.raises(BadPublication, match="too_large"):
            read_publication(path)


def test_every_known_file_may_be_in_an_archive() -> None:
    entries = [(name, b"") for name in MEMBERS]
    assert set(read_archive(archive_of(entries))) == set(MEMBERS)
