"""The child that decodes a picture of a fiche: `python -m campaigns.picture_cleaning IN OUT`.

It writes a JPEG without any metadata, upright, in sRGB, of a bounded size. It runs with limits on
memory and time, so that no file can bring down or hold up the process that asked, and knows
neither Django nor the database. What it answers is its exit status.
"""

from __future__ import annotations

import io
import resource
import sys
from pathlib import Path

from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PIXELS = 60_000_000
"""Pixels above which a picture is not decoded."""

LONGEST_SIDE = 2_000
"""Pixels of the longest side of what is kept."""

MEMORY = 1_500 * 1024 * 1024
SECONDS = 20
DONE, TOO_LARGE, DAMAGED = 0, 3, 4
"""Exit statuses."""


def clean(source: Path, target: Path) -> int:
    """Write the clean picture of `source` to `target`: the exit status."""
    with Image.open(source, formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            return TOO_LARGE
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        plain = _in_srgb(_without_transparency(upright), profile)
        # Without the dictionary of what came with the picture: place, camera, thumbnail.
        fresh = Image.frombytes("RGB", plain.size, plain.tobytes())
        fresh.save(target, "JPEG", quality=85, optimize=True, progressive=True)
    return DONE


def _without_transparency(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(white, layer).convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return picture
    return turned or picture


def main() -> int:
    """Clean the picture that the command line names."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        return clean(Path(sys.argv[1]), Path(sys.argv[2]))
    except Image.DecompressionBombError:
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - whatever a decoder raises, the file is at fault
        return DAMAGED


if __name__ == "__main__":
    sys.exit(main())
