"""Whatever the bytes, examining them gives an answer."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest.images import child, sandbox
from contest.images.examination import Examination
from contest.images.formats import Format

from . import corpus, pdf_files
from .conftest import LIMITS

VALID = {
    Format.JPEG: corpus.jpeg((84, 119), exif=corpus.exif_of_a_phone(6)),
    Format.PNG: corpus.png((84, 119), mode="RGBA", icc_profile=corpus.wide_gamut_profile()),
    Format.WEBP: corpus.webp((84, 119), exif=corpus.exif_of_a_phone(6)),
    Format.HEIC: corpus.heic((84, 119)),
    Format.PDF: pdf_files.pdf(box=(84, 119)),
}
SIGNATURES = {
    Format.JPEG: b"\xff\xd8\xff",
    Format.PNG: b"\x89PNG\r\n\x1a\n",
    Format.WEBP: b"RIFF\x00\x02\x00\x00WEBP",
    Format.HEIC: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    Format.PDF: b"%PDF-1.7\n",
}

here = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "ask_child", child.answer_to)


def examined(data: bytes) -> Examination:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "affiche"
        path.write_bytes(data)
        return sandbox.examine(path, LIMITS, Path(folder) / "preview.jpg")


def is_whole(found: Examination, data: bytes) -> bool:
    """Whether an examination is complete and agrees with itself."""
    return (
        found.bytes == len(data)
        and (found.format is not None or bool(found.problems))
        and found.has_preview == bool(found.fingerprint)
        and (found.width > 0) == (found.height > 0)
        and Examination.from_json(found.as_json()) == found
    )


@here
@given(st.binary(max_size=3_000))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    assert is_whole(examined(data), data)


@pytest.mark.parametrize("format_", list(Format))
@here
@given(rest=st.binary(max_size=2_000))
def test_any_bytes_behind_a_signature_have_an_answer(format_: Format, rest: bytes) -> None:
    data = SIGNATURES[format_] + rest
    assert is_whole(examined(data), data)


@pytest.mark.parametrize("format_", list(Format))
@here
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 12))
def test_a_valid_file_changed_anywhere_has_an_answer(
    format_: Format, seed: int, changes: int
) -> None:
    data = bytearray(VALID[format_])
    chance = random.Random(seed)
    for _ in range(changes):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(1, 40)]
            case 2:
                data[at:at] = chance.randbytes(chance.randrange(1, 40))
            case _:
                data[at : at + 4] = b"\xff\xff\xff\xff"
    assert is_whole(examined(bytes(data)), bytes(data))


@pytest.mark.parametrize("format_", list(Format))
def test_a_changed_file_has_an_answer_from_the_child_too(
    format_: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    data = bytearray(VALID[format_])
    data[len(data) // 2 : len(data) // 2 + 8] = bytes(8)
    assert is_whole(examined(bytes(data)), bytes(data))
