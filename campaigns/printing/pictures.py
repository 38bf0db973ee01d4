"""The picture of a fiche, made small for print."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import Image, ImageOps

from campaigns.enums import MediaKind

if TYPE_CHECKING:
    from campaigns.models import Action, ActionMedia

logger = logging.getLogger(__name__)

LONGEST_SIDE: Final = 900
"""Pixels: 200 an inch at the width that a picture takes."""

MOST_PIXELS: Final = 50_000_000
FORMATS: Final = ("JPEG", "PNG", "WEBP")
WIDEST: Final = 110
HIGHEST: Final = 75
"""Millimetres on the page."""


def picture_of(action: Action, folder: Path, files: dict[str, Path]) -> dict[str, Any] | None:
    """The first picture that may be shown, written to `folder` and added to `files`.

    One that cannot be read is left out: it does not cost the others their page. Nor is one shown
    without an alternative text, which a document for everybody must have.
    """
    for medium in action.media.all():
        if medium.kind != MediaKind.IMAGE or not medium.is_authorised:
            continue
        if not medium.alternative.strip():
            continue
        name = f"{medium.pk}.jpg"
        size = _written(medium, folder / name)
        if size is not None:
            files[name] = folder / name
            return {
                "file": name,
                "alternative": medium.alternative,
                "credit": medium.credit,
                "width": round(min(WIDEST, HIGHEST * size[0] / size[1]), 1),
            }
    return None


def _written(medium: ActionMedia, target: Path) -> tuple[int, int] | None:
    """The size of the small picture, or None where there is none to make."""
    try:
        with medium.file.open("rb") as stream, Image.open(stream, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            flat = Image.new("RGB", upright.size, "white")
            flat.paste(upright, mask=upright.convert("RGBA").getchannel("A"))
            flat.save(target, "JPEG", quality=82)
            return flat.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        logger.warning("Picture %s of fiche %s: %s", medium.pk, medium.action_id, error)
        return None
