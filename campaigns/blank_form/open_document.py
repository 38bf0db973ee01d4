"""The blank form as an OpenDocument text (ISO/IEC 26300), to be filled in offline.

Headings, lists and paragraphs only: no table, so that a screen reader goes straight through it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from .contents import BlankForm, Part

MIME_TYPE = "application/vnd.oasis.opendocument.text"
BOX = "\N{BALLOT BOX}"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def odt_of(form: BlankForm, made_at: datetime) -> bytes:
    """The file, ready to be opened by an office suite. `made_at` is written into it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and stored as it is: programs know the kind of file by its first bytes.
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME_TYPE, zipfile.ZIP_STORED)
        for name, content in (
            ("META-INF/manifest.xml", _manifest()),
            ("meta.xml", _meta(form, made_at)),
            ("styles.xml", _styles()),
            ("content.xml", _content(form)),
        ):
            archive.writestr(name, _XML + content)
    return target.getvalue()


def _text(value: str) -> str:
    return escape(_NO_XML.sub("", value))


def _manifest() -> str:
    kinds = {"/": MIME_TYPE} | dict.fromkeys(("content.xml", "styles.xml", "meta.xml"), "text/xml")
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in kinds.items()
    )
    return (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{entries}</manifest:manifest>'
    )


def _meta(form: BlankForm, made_at: datetime) -> str:
    return (
        f'<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{_text(form.title)} – {_text(form.edition)}</dc:title>"
        f"<dc:creator>{_text(form.academy)}</dc:creator>"
        f"<dc:date>{made_at:%Y-%m-%dT%H:%M:%S}</dc:date>"
        "<dc:language>fr-FR</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _heading_style(level: int, size: str) -> str:
    return (
        f'<style:style style:name="Heading_{level}" style:display-name="Heading {level}" '
        f'style:family="paragraph" style:parent-style-name="Standard" '
        f'style:next-style-name="Standard" style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" '
        'fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}" fo:font-weight="bold" '
        f'fo:color="{"#161616" if level == 3 else "#000091"}"/></style:style>'
    )


def _styles() -> str:
    return (
        f'<office:document-styles {_NAMESPACES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties '
        'fo:font-family="Arial, Liberation Sans, sans-serif" fo:font-size="11pt" '
        'fo:language="fr" fo:country="FR"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
        '<style:paragraph-properties fo:margin-bottom="0.15cm"/></style:style>'
        f"{_heading_style(1, '20pt')}{_heading_style(2, '15pt')}{_heading_style(3, '11pt')}"
        '<style:style style:name="Hint" style:family="paragraph" '
        'style:parent-style-name="Standard"><style:text-properties fo:color="#3a3a3a"/>'
        "</style:style>"
        '<style:style style:name="Answer" style:family="paragraph" '
        'style:parent-style-name="Standard"><style:paragraph-properties '
        'fo:border="0.02cm solid #6a6a6a" fo:padding="0.2cm" fo:margin-bottom="0.3cm"/>'
        "</style:style>"
        "</office:styles><office:automatic-styles>"
        '<style:page-layout style:name="A4"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/></style:page-layout>'
        "</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="A4"/>'
        "</office:master-styles></office:document-styles>"
    )


def _content(form: BlankForm) -> str:
    body = [_heading(1, form.title), _paragraph(form.edition)]
    body += [_paragraph(said) for said in (form.theme, form.academy) if said]
    body += [_paragraph(note) for note in form.notes]
    if form.contact:
        body.append(_paragraph(_("A question? Write to %(contact)s.") % {"contact": form.contact}))
    body.append(_paragraph(_("To tick a box, type an X in its place."), "Hint"))
    for section in form.sections:
        body.append(_heading(2, section.title))
        for part in section.parts:
            body += _part(part)
    return (
        f'<office:document-content {_NAMESPACES} office:version="1.3"><office:body>'
        f"<office:text>{''.join(body)}</office:text></office:body></office:document-content>"
    )


def _part(part: Part) -> Iterable[str]:
    yield _heading(3, part.label)
    if part.hint:
        yield _paragraph(part.hint, "Hint")
    if part.choices:
        # The box is a character of the text, so that it can be replaced by an X.
        items = "".join(
            f"<text:list-item>{_paragraph(f'{BOX} {choice}')}</text:list-item>"
            for choice in part.choices
        )
        yield f"<text:list>{items}</text:list>"
    if part.lines:
        yield _paragraph("", "Answer")


def _heading(level: int, words: str) -> str:
    return (
        f'<text:h text:style-name="Heading_{level}" text:outline-level="{level}">'
        f"{_text(words)}</text:h>"
    )


def _paragraph(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{_text(words)}</text:p>'
