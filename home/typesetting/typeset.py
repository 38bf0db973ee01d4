"""From a Typst template and data to a tagged PDF that everyone can read (PDF/UA-1).

A template reads its data with `json("/data.json")`: what people write reaches it as text, never
as code. Files given along are found under `/files/`, templates beside it by their name, and what
several templates share under `/library/`.
"""

from __future__ import annotations

import json
import logging
import re
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language

from .fonts import TYPEFACE, font_folder
from .repertoire import Repertoire, normalised

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
STANDARD: Final = "ua-1"
_PACKAGE = re.compile(r"[\"']@[\w-]+/")
_ROUNDS_TO_FORGET = 11
"""Typst keeps what its last ten runs have not used, decoded pictures included."""


class CannotTypeset(Exception):
    """The document cannot be made; the text says why, for those who look after the site."""


def typeset(
    source: Path | str,
    inputs: Mapping[str, Any],
    files: Mapping[str, bytes | Path] | None = None,
    *,
    title: str,
    author: str = "",
    fonts: Path | None = None,
) -> bytes:
    """The PDF that the template `source` makes of `inputs`.

    Safe in several threads and processes at once. Nothing is fetched from the network. In texts of
    any depth, characters that no font shows are replaced (see `Repertoire.printable`). Fonts of
    the system serve only for what the typeface lacks.

    Args:
        source: the file of a template, or its text.
        inputs: what the template finds in `/data.json`: texts (lazy translations too), numbers,
            dates (written as ISO 8601), and mappings and lists of them.
        files: pictures and the like by their plain file name.
        title: the document's title, which readers show and speak in place of the file's name.
        author: who publishes the document.
        fonts: the folder of the typeface; the installation's own if None.

    Raises:
        CannotTypeset: the template is wrong, a picture is damaged, a file cannot be read or
            written, or the document could not be read by everyone (no alternative text...).
    """
    try:
        shown, repertoire = _shelf(fonts or font_folder())
        about = {
            "title": normalised(title),
            "author": normalised(author),
            "language": (get_language() or "fr").split("-")[0],
            "family": TYPEFACE.family,
            "template": f"/template/{source.name if isinstance(source, Path) else 'template.typ'}",
        }
        with tempfile.TemporaryDirectory(prefix="typesetting-") as folder:
            root = Path(folder)
            _lay_out(root, source, files or {})
            _write(root / "about.json", about)
            _write(root / "data.json", repertoire.printable(inputs))
            return _compiled(root, shown)
    except OSError as error:
        raise CannotTypeset(str(error)) from error


def _compiled(root: Path, fonts: typst.Fonts) -> bytes:
    try:
        document, warnings = typst.Compiler(
            (HERE / "main.typ").read_bytes(), root=root, font_paths=fonts
        ).compile_with_warnings(format="pdf", pdf_standards=STANDARD)
    except typst.TypstError as error:
        raise CannotTypeset("\n".join([error.message, *error.hints, error.diagnostic])) from error
    finally:
        _forget(fonts)
    for warning in warnings:
        logger.warning("Typst: %s", warning.message)
    assert isinstance(document, bytes)  # noqa: S101 - a PDF is one file, unlike pictures of pages
    return document


def _forget(fonts: typst.Fonts) -> None:
    # A worker that sets a hundred posters would keep the last ten decoded, 60 MB each. Empty runs
    # (1 ms each) age them out.
    for _ in range(_ROUNDS_TO_FORGET):
        typst.compile(b"", format="pdf", font_paths=fonts)


@cache
def _shelf(folder: Path) -> tuple[typst.Fonts, Repertoire]:
    """The fonts that the typesetter may use, and what they show; read once for a process."""
    fonts = typst.Fonts(font_paths=[str(folder)])

    def shows(clusters: Iterable[str]) -> bool:
        try:
            typst.compile(
                b'#set document(title: "?")\n#sys.inputs.text',
                font_paths=fonts,
                format="pdf",
                pdf_standards=STANDARD,
                sys_inputs={"text": " ".join(clusters)},
            )
        except typst.TypstError:
            return False
        return True

    return fonts, Repertoire(shows)


def _lay_out(root: Path, source: Path | str, files: Mapping[str, bytes | Path]) -> None:
    (root / "library").symlink_to(HERE / "library")
    if isinstance(source, Path):
        (root / "template").symlink_to(source.resolve().parent)
    else:
        (root / "template").mkdir()
        (root / "template" / "template.typ").write_text(source, encoding="utf-8")
    for template in (root / "template").glob("*.typ"):
        if _PACKAGE.search(template.read_text(encoding="utf-8")):
            raise CannotTypeset(f"{template.name} imports a package, which nothing may fetch.")
    (root / "files").mkdir()
    for name, content in files.items():
        if name in {"", ".."} or PurePosixPath(name).name != name:
            raise CannotTypeset(f"{name!r} is not a plain file name.")
        if isinstance(content, Path):
            (root / "files" / name).symlink_to(content.resolve(strict=True))
        else:
            (root / "files" / name).write_bytes(content)


def _write(target: Path, value: Any) -> None:
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False)
    target.write_text(text, encoding="utf-8")
