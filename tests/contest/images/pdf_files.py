"""PDF files written by hand, each function named for what it makes: the bytes of one file."""

from __future__ import annotations

import hashlib
import zlib

A4 = (595.28, 841.89)
"""Points of an upright A4."""

DRAWING = b"0.8 0.2 0.2 rg 100 100 200 300 re f 0 0 1 rg 250 500 150 200 re f"


def pdf(
    pages: int = 1,
    box: tuple[float, float] = A4,
    page_entries: bytes = b"",
    catalogue_entries: bytes = b"",
    objects: tuple[bytes, ...] = (),
    drawing: bytes = DRAWING,
) -> bytes:
    """A file of `pages` pages; `objects` are numbered from 100."""
    parts = {
        1: b"<< /Type /Catalog /Pages 2 0 R " + catalogue_entries + b" >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (pages, b" ".join(b"%d 0 R" % (10 + number) for number in range(pages))),
        3: stream(drawing),
    }
    for number in range(pages):
        parts[10 + number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.4f %.4f] /Contents 3 0 R %s >>"
            % (*box, page_entries)
        )
    parts |= {100 + number: content for number, content in enumerate(objects)}
    return written(parts)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def written(parts: dict[int, bytes], trailer: bytes = b"", head: bytes = b"") -> bytes:
    """The objects `parts` with their table and trailer."""
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + head
    offsets = {}
    for number, content in sorted(parts.items()):
        offsets[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in sorted(offsets.items()):
        data += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(parts) + 1
    data += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    return data + b"startxref\n%d\n%%%%EOF\n" % table


def linearised_pdf() -> bytes:
    """Saved for slow lines: it tells its size at the start, and has an end near the start too."""
    head = b"99 0 obj << /Linearized 1 /L %010d >> endobj\n%%%%EOF\n"
    parts = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>",
        3: stream(DRAWING),
        10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.4f %.4f] /Contents 3 0 R >>" % A4,
    }
    size = len(written(parts, head=head % 0))
    return written(parts, head=head % size)


def pdf_without_a_page() -> bytes:
    return pdf(pages=0)


def pdf_with_a_script() -> bytes:
    action = b"<< /S /JavaScript /JS (app.alert\\('hello'\\); while\\(true\\){}) >>"
    return pdf(catalogue_entries=b"/OpenAction 100 0 R", objects=(action,))


def pdf_with_a_form() -> bytes:
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (nom) /Rect [50 50 200 80] "
        b"/AA << /K << /S /JavaScript /JS (app.alert\\(1\\)) >> >> >>"
    )
    return pdf(
        page_entries=b"/Annots [100 0 R]",
        catalogue_entries=b"/AcroForm << /Fields [100 0 R] >>",
        objects=(field,),
    )


def pdf_with_a_picture_too_large(side: int = 20_000) -> bytes:
    """A page of a hundred kilobytes that shows a picture of a gigabyte."""
    row = zlib.compressobj(9)
    packed = b"".join(row.compress(bytes(1_000_000)) for _ in range(side * side * 3 // 10_000_000))
    packed += row.flush()
    picture = stream(
        packed,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8 /Filter /FlateDecode" % (side, side),
    )
    return pdf(
        page_entries=b"/Resources << /XObject << /P 100 0 R >> >>",
        objects=(picture,),
        drawing=b"q 595 0 0 841 0 0 cm /P Do Q",
    )


def pdf_that_never_ends(depth: int = 12) -> bytes:
    """Forms that draw the next ten times each: 10¹² rectangles."""
    forms = []
    for number in range(depth):
        last = number == depth - 1
        drawing = b"0 0 9 9 re f" if last else b"/N Do " * 10
        resources = b"" if last else b"/Resources << /XObject << /N %d 0 R >> >>" % (101 + number)
        forms.append(
            stream(drawing, b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] " + resources)
        )
    return pdf(
        page_entries=b"/Resources << /XObject << /N 100 0 R >> >>",
        objects=tuple(forms),
        drawing=b"/N Do",
    )


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def encrypted_pdf(password: bytes) -> bytes:
    """By the standard handler of old (RC4, 40 bits): `password`, which may be empty, opens it."""
    owner = _rc4(hashlib.md5(_padded(b"owner")).digest()[:5], _padded(password))
    identifier = b"0123456789abcdef"
    permissions = (0xFFFFFFC0).to_bytes(4, "little")
    key = hashlib.md5(_padded(password) + owner + permissions + identifier).digest()[:5]
    user = _rc4(key, _PADDING)
    of_object = hashlib.md5(key + (3).to_bytes(3, "little") + bytes(2)).digest()[:10]
    parts = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>",
        3: stream(_rc4(of_object, DRAWING)),
        4: b"<< /Filter /Standard /V 1 /R 2 /P -64 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), user.hex().encode()),
        10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.4f %.4f] /Contents 3 0 R >>" % A4,
    }
    name = identifier.hex().encode()
    return written(parts, b"/Encrypt 4 0 R /ID [<%s> <%s>]" % (name, name))


def _padded(password: bytes) -> bytes:
    return (password + _PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
