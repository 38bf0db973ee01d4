"""The typeface of printed documents, as files that the typesetter reads.

django-dsfr ships the State's fonts for browsers (WOFF 2). The typesetter wants them unpacked, so
they are unpacked once into a cache folder. Nothing else in the code names a typeface.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import dsfr
from django.conf import settings
from fontTools.ttLib import TTFont

SHIPPED = Path(dsfr.__file__).parent / "static" / "dsfr" / "dist" / "fonts"


@dataclass(frozen=True)
class Typeface:
    """A family as templates name it, and its shipped files without their `.woff2`."""

    family: str
    files: tuple[str, ...]


MARIANNE = Typeface(
    "Marianne",
    (
        "Marianne-Regular",
        "Marianne-Regular_Italic",
        "Marianne-Medium",
        "Marianne-Medium_Italic",
        "Marianne-Bold",
        "Marianne-Bold_Italic",
    ),
)
"""Reserved to the State's services."""

SPECTRAL = Typeface("Spectral", ("Spectral-Regular", "Spectral-ExtraBold"))
"""Under the Open Font License: what a site that is not the State's may print with."""

TYPEFACE = MARIANNE
"""What documents are set in. A site that is not the State's writes `SPECTRAL` here."""


def font_folder(cache: Path | None = None) -> Path:
    """The folder that holds the typeface's unpacked files, made where it is missing.

    Two processes may make it at once: each file appears whole or not at all. A folder belongs to
    one version of django-dsfr, so that an upgrade brings its own files.

    Args:
        cache: where such folders are kept; `fonts` in the installation's variable data if None.

    Raises:
        OSError: the folder cannot be written.
    """
    root = settings.VAR_DIR / "fonts" if cache is None else cache
    folder = root / f"django-dsfr-{version('django-dsfr')}"
    folder.mkdir(parents=True, exist_ok=True)
    for name in TYPEFACE.files:
        target = folder / f"{name}.ttf"
        if not target.exists():
            _unpack(SHIPPED / f"{name}.woff2", target)
    return folder


def _unpack(packed: Path, target: Path) -> None:
    # Written under a name of its own, then moved: another process never reads half a font.
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-")
    try:
        with os.fdopen(handle, "wb") as file, TTFont(packed) as font:
            font.flavor = None
            font.save(file)
        Path(temporary).chmod(0o644)
        os.replace(temporary, target)  # noqa: PTH105 - the call that is atomic, by its name
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
