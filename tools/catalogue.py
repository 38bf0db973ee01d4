"""The French catalogue: extract what the source says, check that all is translated, compile.

Run as `python -m tools.catalogue extract|check|compile`. Needs no gettext programs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
SOURCES = [
    "accounts", "establishments", "home", "campaigns", "contest", "demo", "site", "templates",
]  # fmt: skip
KEYWORDS = [
    "gettext", "gettext_lazy", "ngettext:1,2", "ngettext_lazy:1,2", "pgettext:1c,2",
    "pgettext_lazy:1c,2", "npgettext:1c,2,3", "npgettext_lazy:1c,2,3",
]  # fmt: skip

NARROW, WIDE = "\u202f", "\u00a0"
TYPOGRAPHY = [
    (re.compile(r"(?<![\u202f\u00a0\s&]) ?[;!?](?=\s|$)"), f"a narrow no-break space before ; ! ? ({NARROW!r})"),
    (re.compile(r"[^\u00a0\u202f\s]? :(?=\s|$)|[a-zé)»]:(?=\s|$)"), f"a no-break space before : ({WIDE!r})"),
    (re.compile(r"«(?!\u202f)|(?<!\u202f)»"), "narrow no-break spaces inside « »"),
    (re.compile(r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ])"), "the curly apostrophe ’"),
    (re.compile(r"\.\.\."), "the ellipsis …"),
]  # fmt: skip


def extract(target: Path) -> None:
    """Write every msgid of the source to the template `target` (.pot)."""
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    subprocess.run(  # noqa: S603 - our own arguments
        [
            sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "tools/babel.cfg",
            "--no-location", "--sort-output", "--omit-header", "-o", str(target), *keywords, *SOURCES,
        ],
        check=True,
    )  # fmt: skip


def template() -> polib.POFile:
    """The source's msgids."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "django.pot"
        extract(target)
        return polib.pofile(str(target))


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    """What identifies a msgid."""
    return entry.msgctxt, entry.msgid


def update() -> int:
    """Add new msgids to the catalogue, untranslated, and drop those that are gone."""
    catalogue = polib.pofile(str(CATALOGUE))
    known = {key(entry): entry for entry in catalogue}
    fresh = polib.POFile(wrapwidth=96)
    fresh.metadata = catalogue.metadata
    for entry in template():
        old = known.get(key(entry))
        if old is not None:
            entry.msgstr, entry.msgstr_plural = old.msgstr, old.msgstr_plural
        fresh.append(entry)
    fresh.save(str(CATALOGUE))
    missing = [entry for entry in fresh if not entry.translated()]
    print(f"{len(fresh)} texts, {len(missing)} to translate")  # noqa: T201
    return 0


def faults() -> list[str]:
    """What is wrong with the catalogue, one line each."""
    catalogue = {key(entry): entry for entry in polib.pofile(str(CATALOGUE))}
    found = []
    for entry in template():
        known = catalogue.get(key(entry))
        if known is None or not known.translated():
            found.append(f"not translated: {entry.msgid!r}")
            continue
        for text in [known.msgstr, *known.msgstr_plural.values()]:
            bare = re.sub(r"%\(\w+\)s|https?://\S+|<[^>]+>|&\w+;|\d:\d", "x", text)
            found += [
                f"{entry.msgid!r}: {text!r} needs {rule}"
                for pattern, rule in TYPOGRAPHY
                if pattern.search(bare)
            ]
            if (
                sorted(re.findall(r"%\(\w+\)[sd]", text))
                != sorted(re.findall(r"%\(\w+\)[sd]", entry.msgid_plural or entry.msgid))
                and not entry.msgid_plural
            ):
                found.append(f"{entry.msgid!r}: its variables differ in {text!r}")
    return found


def check() -> int:
    """Print the catalogue's faults; 1 where there are any."""
    found = faults()
    for fault in found:
        print(fault)  # noqa: T201
    print(f"catalogue: {len(found)} faults")  # noqa: T201
    return 1 if found else 0


def compile_catalogue() -> int:
    """Write the binary catalogue that Django reads."""
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    return 0


if __name__ == "__main__":
    sys.exit({"extract": update, "check": check, "compile": compile_catalogue}[sys.argv[1]]())
