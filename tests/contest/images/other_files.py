"""What schools send instead of a poster, or hide behind one: the bytes of one file each."""

from __future__ import annotations

import io
import random
import zipfile

from .posters import poster, saved


def gif(frames: int = 1) -> bytes:
    more = [poster(seed=seed) for seed in range(2, frames + 1)]
    return saved(poster(), "GIF", save_all=True, append_images=more)


def tiff() -> bytes:
    return saved(poster(), "TIFF", save_all=True, append_images=[poster(seed=2)])


def avif() -> bytes:
    return saved(poster(), "AVIF", speed=10)


def bmp() -> bytes:
    return saved(poster(), "BMP")


def svg() -> bytes:
    return b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="210"></svg>'


def html() -> bytes:
    return b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        for name in names or ("affiche.txt",):
            zipped.writestr(name, "Tous ensemble")
    return stream.getvalue()


def archive_with_a_comment(comment: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr("affiche.txt", "Tous ensemble")
        zipped.comment = comment
    return stream.getvalue()


def docx() -> bytes:
    return archive("[Content_Types].xml", "word/document.xml")


def odt() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        zipped.writestr("content.xml", "<office/>")
    return stream.getvalue()


def mp4() -> bytes:
    return b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x00\x10mdat" + bytes(8)


def random_bytes(size: int = 10_000) -> bytes:
    return random.Random(7).randbytes(size)
