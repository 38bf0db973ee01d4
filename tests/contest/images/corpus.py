"""Hostile and odd pictures, each function named for what it makes: the bytes of one file."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

from .other_files import mp4
from .posters import A4, poster, saved

pillow_heif.register_heif_opener()

SECRET = b"Collegienne-Hortense-Vasseur"
"""What no clean picture may hold."""


def jpeg(size: tuple[int, int] = A4, **options: Any) -> bytes:
    return saved(poster(size), "JPEG", quality=85, **options)


def png(size: tuple[int, int] = A4, mode: str = "RGB", **options: Any) -> bytes:
    return saved(poster(size, mode=mode), "PNG", **options)


def webp(size: tuple[int, int] = A4, **options: Any) -> bytes:
    return saved(poster(size), "WEBP", method=0, **options)


def heic(size: tuple[int, int] = A4, **options: Any) -> bytes:
    return saved(poster(size), "HEIF", enc_params={"preset": "ultrafast"}, **options)


# JPEG


def progressive_jpeg() -> bytes:
    return jpeg(progressive=True)


def grey_jpeg() -> bytes:
    return saved(poster(mode="L"), "JPEG")


def cmyk_jpeg_as_adobe_writes_it() -> bytes:
    """Inverted, with Adobe's marker: what every program writes, Pillow too."""
    return saved(poster(mode="CMYK"), "JPEG", quality=95)


def cmyk_jpeg_without_adobe_marker() -> bytes:
    data = cmyk_jpeg_as_adobe_writes_it()
    at = data.index(b"\xff\xee")
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    return data[:at] + data[at + 2 + length :]


def wide_gamut_profile() -> bytes:
    """sRGB with its reds and greens exchanged, under another name: no screen is like it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for old, new in ((b"rXYZ", b"tmp1"), (b"gXYZ", b"rXYZ"), (b"tmp1", b"gXYZ")):
        profile = profile.replace(old, new)
    return profile.replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))


def exif_with_orientation(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def turned_jpeg(orientation: int) -> bytes:
    """As a camera held sideways stores it: seen upright only by who reads EXIF."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    image = poster()
    if orientation in back:
        image = image.transpose(back[orientation])
    return saved(image, "JPEG", quality=92, exif=exif_with_orientation(orientation))


def exif_of_a_phone(orientation: int = 1) -> bytes:
    """With a place, a name and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET.decode()
    exif[0x9286] = SECRET.decode()
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (49.0, 26.0, 38.0), "E", (1.0, 5.0, 58.0)
    place[29] = SECRET.decode()
    return exif.tobytes()


def xmp() -> bytes:
    return (
        b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>'
        + SECRET
        + b"</dc:creator></x:xmpmeta><?xpacket end='w'?>"
    )


def profile_with_a_name_in_it() -> bytes:
    """sRGB with a secret where its copyright was."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    at = profile.index(b"No copyright".decode().encode("utf-16-be"))
    return profile[:at] + SECRET[:12] + profile[at + 12 :]


def jpeg_with_everything_personal() -> bytes:
    iptc = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(SECRET) + 5)
    iptc += b"\x1c\x02\x50" + struct.pack(">H", len(SECRET)) + SECRET
    photoshop = b"Photoshop 3.0\x00" + iptc
    data = jpeg(
        exif=exif_of_a_phone(6), xmp=xmp(), comment=SECRET, icc_profile=profile_with_a_name_in_it()
    )
    return data[:2] + segment(0xED, photoshop) + data[2:]


def segment(code: int, content: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes([0xFF, code]) + struct.pack(">H", len(content) + 2) + content


def jpeg_of_declared_size(width: int, height: int) -> bytes:
    """A small JPEG whose header lies."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_of_many_scans(scans: int = 400) -> bytes:
    data = progressive_jpeg()
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff\xda", first + 2)
    return data[:first] + data[first:second] * scans + data[second:]


def jpeg_of_many_segments(segments: int = 20_000) -> bytes:
    data = jpeg()
    return data[:2] + segment(0xE1, b"Exif\x00\x00x") * segments + data[2:]


def motion_photo() -> bytes:
    """A JPEG with its video behind it, as several makes of phones write."""
    return jpeg() + mp4()


def samsung_photo() -> bytes:
    trailer = b"\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1680000000000SEFH" + bytes(20)
    return jpeg() + trailer + struct.pack("<I", 24) + b"SEFT"


def multi_picture_jpeg() -> bytes:
    return jpeg() + jpeg((105, 148))


def jpeg_in_another_space() -> bytes:
    return jpeg(icc_profile=wide_gamut_profile())


def jpeg_with_a_comment(comment: bytes) -> bytes:
    data = jpeg()
    return data[:2] + segment(0xFE, comment) + data[2:]


def jpeg_without_a_picture() -> bytes:
    return b"\xff\xd8" + segment(0xE0, b"JFIF\x00") + b"\xff\xd9"


def jpeg_of_twelve_bits() -> bytes:
    data = bytearray(jpeg())
    data[data.index(b"\xff\xc0") + 4] = 12
    return bytes(data)


# PNG


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def with_chunk(data: bytes, kind: bytes, content: bytes) -> bytes:
    """The PNG `data` with a chunk more, behind its header."""
    return data[:33] + chunk(kind, content) + data[33:]


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Nine hundred million pixels in a few hundred kilobytes."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\x00" + bytes((width + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row * 1000) for _ in range(height // 1000)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def png_of_16_bits() -> bytes:
    """A grey ramp: its darkest row 0, its lightest 65,535."""
    width, height = A4
    rows = [struct.pack(">H", 65_535 * y // (height - 1)) * width for y in range(height)]
    header = struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\x00" + row for row in rows))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def png_of_a_palette_with_a_transparent_colour() -> bytes:
    image = poster().quantize(16)
    return saved(image, "PNG", transparency=image.getpixel((0, 0)))


def png_half_transparent(mode: str = "RGBA") -> bytes:
    """Black, its alpha 0 on the left and 255 on the right."""
    image = Image.new("RGBA", A4, (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (A4[0] // 2, 0, *A4))
    return saved(image.convert(mode), "PNG")


def animated_png() -> bytes:
    frames = [poster(seed=2), poster(seed=3)]
    return saved(poster(), "PNG", save_all=True, append_images=frames)


def png_with_a_text_bomb(kind: bytes) -> bytes:
    """A hundred million letters in a chunk of a hundred kilobytes."""
    packed = zlib.compress(b"a" * 100_000_000, 9)
    heads = {b"zTXt": b"Comment\x00\x00", b"iTXt": b"Comment\x00\x01\x00\x00\x00"}
    return with_chunk(png(), kind, heads[kind] + packed)


def png_with_a_profile_bomb() -> bytes:
    return with_chunk(png(), b"iCCP", b"Profile\x00\x00" + zlib.compress(b"a" * 100_000_000, 9))


def png_with_everything_personal() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", xmp().decode())
    text.add_text("Comment", SECRET.decode(), zip=True)
    return saved(
        poster(),
        "PNG",
        pnginfo=text,
        exif=exif_of_a_phone(),
        icc_profile=profile_with_a_name_in_it(),
    )


def png_of_one_colour() -> bytes:
    return saved(Image.new("RGB", A4, "navy"), "PNG")


def png_of_many_chunks(chunks: int = 150_000) -> bytes:
    data = png()
    return data[:33] + chunk(b"teSt", b"") * chunks + data[33:]


def png_with_a_wrong_checksum() -> bytes:
    data = bytearray(png())
    data[29] ^= 0xFF
    return bytes(data)


# WebP and HEIC


def animated_webp() -> bytes:
    frames = [poster(seed=2), poster(seed=3)]
    return saved(poster(), "WEBP", method=0, save_all=True, append_images=frames)


def webp_of_declared_size(width: int = 16_000, height: int = 16_000) -> bytes:
    """A small WebP whose extended header lies."""
    data = bytearray(webp(exif=exif_with_orientation(1)))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def webp_with_everything_personal() -> bytes:
    return webp(exif=exif_of_a_phone(), xmp=xmp(), icc_profile=profile_with_a_name_in_it())


def heic_with_everything_personal() -> bytes:
    return heic(exif=exif_of_a_phone(), xmp=xmp(), icc_profile=profile_with_a_name_in_it())


def heic_burst() -> bytes:
    """Three pictures, the second of which is the primary."""
    file = pillow_heif.from_pillow(poster(seed=2))
    file.add_from_pillow(poster())
    file.add_from_pillow(poster(seed=3))
    stream = io.BytesIO()
    file.save(stream, primary_index=1, enc_params={"preset": "ultrafast"})
    return stream.getvalue()


def heic_of_declared_size(width: int, height: int) -> bytes:
    """A small HEIC whose `ispe` property lies."""
    data = bytearray(heic())
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", width, height)
    return bytes(data)


def heic_with_boxes_behind() -> bytes:
    """One whose length takes eight bytes, one that goes on to the end."""
    long = b"\x00\x00\x00\x01free" + (24).to_bytes(8, "big") + bytes(8)
    return heic() + long + b"\x00\x00\x00\x00free" + bytes(30)


def heic_sequence() -> bytes:
    """Moving pictures without a still one."""
    return b"\x00\x00\x00\x18ftypmsf1\x00\x00\x00\x00msf1hevc" + b"\x00\x00\x00\x10moov" + bytes(8)
