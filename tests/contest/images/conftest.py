"""Files on the disk, limits small enough for quick pictures, and examination in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from contest.images import child, sandbox
from contest.images.examination import Examination
from contest.images.formats import Format
from contest.images.limits import Limits

LIMITS = Limits(
    formats=frozenset(Format),
    max_bytes=10 * 1024 * 1024,
    min_short_side=200,
    min_long_side=283,
    ratio=2**0.5,
    ratio_tolerance=0.02,
    orientation="portrait",
)

Examine = Callable[[bytes], Examination]


@pytest.fixture
def examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Examine bytes with the child's own code, but without starting one: quick, and measured."""
    monkeypatch.setattr(sandbox, "ask_child", child.answer_to)

    def examine(data: bytes, limits: Limits = LIMITS) -> Examination:
        path = tmp_path / "affiche.bin"
        path.write_bytes(data)
        return sandbox.examine(path, limits, tmp_path / "preview.jpg")

    return examine


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[bytes], Path]:
    """Bytes as a file."""

    def write(data: bytes) -> Path:
        path = tmp_path / "affiche.bin"
        path.write_bytes(data)
        return path

    return write
