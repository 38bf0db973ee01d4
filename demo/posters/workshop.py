"""The drawn posters as files, examined and prepared by the site's own code; made once, then kept.

Making one takes about two seconds of processor. They are kept in a folder named after the code
that makes them, so that a second demonstration, or the next run of the tests, finds them ready.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

from contest.images import sandbox
from contest.images.examination import Examination
from contest.images.formats import Format
from contest.images.limits import Limits
from contest.images.preparation import Preparation

from . import draw

ORIGINAL = "original.jpg"
PREVIEW = "preview.jpg"
FOUND = "found.json"
QUALITY = 90
AT_ONCE = 2
_DRAWING = Lock()
ROOT = Path(__file__).parents[2]
SOURCES = ("demo/posters", "contest/images")

LIMITS = Limits(
    formats=frozenset(Format),
    max_bytes=10 * 1024 * 1024,
    min_short_side=1754,
    min_long_side=2480,
    ratio=2**0.5,
    ratio_tolerance=0.02,
    orientation="portrait",
)
"""A contest's own defaults: the demo's posters keep to them."""


@dataclass(frozen=True)
class Finished:
    """One poster on the disk: its original, its preview, its master and its renditions."""

    slug: str
    folder: Path
    examination: Examination
    preparation: Preparation

    @property
    def names(self) -> list[str]:
        """The names of its files, the original first."""
        made = [self.preparation.master, *self.preparation.renditions]
        return [ORIGINAL, PREVIEW, *(picture.name for picture in made)]


def finish_all(slugs: Iterable[str], cache: Path) -> dict[str, Finished]:
    """Every poster of `slugs` as files below `cache`, those that are missing made now."""
    shelf = cache / f"posters-{digest_of_sources()}"
    shelf.mkdir(parents=True, exist_ok=True)
    # Drawing keeps the interpreter busy while the other thread waits for its child process.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        finished = pool.map(lambda slug: _finish(slug, shelf), slugs)
        return {one.slug: one for one in finished}


def digest_of_sources() -> str:
    """What tells the posters of this code from those of another version of it."""
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _finish(slug: str, shelf: Path) -> Finished:
    folder = shelf / slug
    if not folder.exists():
        _make(slug, folder)
    found = json.loads((folder / FOUND).read_text())
    return Finished(
        slug,
        folder,
        Examination.from_json(found["examination"]),
        Preparation.from_json(found["preparation"]),
    )


def _make(slug: str, folder: Path) -> None:
    draft = Path(mkdtemp(prefix=f".{slug}-", dir=folder.parent))
    try:
        with _DRAWING:  # one at a time: a drawing takes up to 340 MB on its way
            draw(slug).save(draft / ORIGINAL, quality=QUALITY)
        examination = sandbox.examine(draft / ORIGINAL, LIMITS, draft / PREVIEW)
        preparation = sandbox.prepare(draft / ORIGINAL, draft)
        found = {"examination": examination.as_json(), "preparation": preparation.as_json()}
        (draft / FOUND).write_text(json.dumps(found))
        os.replace(draft, folder)  # noqa: PTH105 - the folder appears whole, or not at all
    except OSError:
        # Another process has put the same poster there meanwhile.
        shutil.rmtree(draft, ignore_errors=True)
        if not folder.exists():
            raise
