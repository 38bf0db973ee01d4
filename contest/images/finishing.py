"""From what a decoder gives to a plain picture: opaque, upright, sRGB, no larger than asked."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from contest.images.examination import Note
from contest.images.sources.source import Source

WHITE = (255, 255, 255, 255)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DEEP_GREYS = frozenset(["I;16", "I;16B", "I;16L", "I", "F"])
_PROFILE_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}


def finished(image: Image.Image, source: Source, long_side: int) -> tuple[Image.Image, list[Note]]:
    """`image`, decoded from `source`, as plain RGB with a long side of at most `long_side` pixels.

    Nothing of the file but its pixels is left. The notes say what was done to it.
    """
    notes = []
    image, was_transparent = opaque(image)
    if was_transparent:
        notes.append(Note.TRANSPARENCY_FLATTENED)
    if image.mode == "CMYK":
        notes.append(Note.CMYK_CONVERTED)
    image = fitted(image, long_side)
    image, was_converted = in_srgb(image, source.profile)
    if was_converted and Note.CMYK_CONVERTED not in notes:
        notes.append(Note.PROFILE_CONVERTED)
    if source.orientation in _TURNS:
        image = image.transpose(_TURNS[source.orientation])
        notes.append(Note.STRAIGHTENED)
    if all(low == high for low, high in _extremes(image)):
        notes.append(Note.ONE_COLOUR)
    image.info = {}
    return image, notes


def opaque(image: Image.Image) -> tuple[Image.Image, bool]:
    """`image` in mode L, RGB or CMYK, on white; and whether any of it was transparent."""
    if image.mode in _DEEP_GREYS:
        # Pillow would clip 16 bits to 8, not scale them.
        return image.point(lambda value: value * (1 / 256)).convert("L"), False
    if image.mode == "LA":
        # By its two bands: as RGBA it would not fit in memory beside itself.
        return _on_white(image.getchannel("L"), image.getchannel("A"), 255)
    if image.mode in ("RGBA", "PA", "La", "RGBa") or "transparency" in image.info:
        if image.mode != "RGBA":
            image = image.convert("RGBA")
        image, was_transparent = _on_white(image, image.getchannel("A"), WHITE)
        return image.convert("RGB"), was_transparent
    if image.mode not in _PROFILE_SPACES:
        image = image.convert("L" if image.mode == "1" else "RGB")
    return image, False


def _on_white(
    image: Image.Image, alpha: Image.Image, white: int | tuple[int, ...]
) -> tuple[Image.Image, bool]:
    """`image` painted white, in place, as far as `alpha` lets through."""
    is_transparent = alpha.getextrema()[0] < 255
    if is_transparent:
        image.paste(white, mask=alpha.point(lambda value: 255 - value))
    return image, is_transparent


def fitted(image: Image.Image, long_side: int) -> Image.Image:
    """`image` made smaller until neither side is longer than `long_side`; as it is if it fits."""
    long = max(image.size)
    if long <= long_side:
        return image
    width, height = (max(1, round(side * long_side / long)) for side in image.size)
    return resized(image, (width, height))


def resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """`image` at `size`, which is not larger; several times smaller in two steps, for speed."""
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def in_srgb(image: Image.Image, profile: bytes) -> tuple[Image.Image, bool]:
    """`image` as RGB in sRGB; and whether its own profile was another, and was used."""
    if profile:
        converted = _through(image, profile)
        if converted is not None:
            return converted, True
    return (image if image.mode == "RGB" else image.convert("RGB")), False


def _through(image: Image.Image, profile: bytes) -> Image.Image | None:
    """`image` converted from `profile`; None where that is sRGB already, or makes no sense."""
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if own.profile.xcolor_space.strip() != _PROFILE_SPACES[image.mode]:
            return None
        if "sRGB" in (own.profile.profile_description or ""):
            return None
        return ImageCms.profileToProfile(
            image,
            own,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _extremes(image: Image.Image) -> tuple[tuple[int, int], ...]:
    extremes: tuple[tuple[int, int], ...] = image.getextrema()
    return extremes
