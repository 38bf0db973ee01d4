"""Posters that look like another one handed in: the same file sent twice, or nearly the same.

A human decides: two classes may well paint the same slogan on the same blue. Within an académie,
this contest and the earlier ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .images.fingerprint import NEAR
from .models import Poster
from .querysets import SUBMITTED

if TYPE_CHECKING:
    from .models import ContestPage

MOST_SHOWN = 12
"""Of the posters that look like one, how many are shown."""

SAME_FILE = -1
"""Nearer than any two pictures that only look alike."""


@dataclass(frozen=True)
class Likeness:
    """Another poster that looks like the one in question."""

    poster: Poster
    is_same_file: bool


@dataclass
class _Known:
    """The pictures of an académie's posters, to be compared with.

    `keys` are those of the posters that hold a file, by its SHA-256; `bits` are the fingerprints,
    as numbers, each with its poster's key.
    """

    keys: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    bits: list[tuple[int, int]] = field(default_factory=list)

    def add(self, key: int, sha256: str, fingerprint: str) -> None:
        """Add the picture of the poster `key`."""
        if sha256:
            self.keys[sha256].append(key)
        if fingerprint:
            self.bits.append((int(fingerprint, 16), key))

    def alike(self, own_key: int, sha256: str, fingerprint: str) -> list[tuple[int, int]]:
        """How far each poster that looks like this one is from it, and its key; nearest first."""
        distances = {}
        if fingerprint:
            own = int(fingerprint, 16)
            # As `fingerprint.distance` says it, on numbers read once: a page compares 150,000.
            distances = {
                key: apart for bits, key in self.bits if (apart := (own ^ bits).bit_count()) <= NEAR
            }
        distances |= dict.fromkeys(self.keys.get(sha256, []), SAME_FILE)
        distances.pop(own_key, None)
        return sorted((apart, key) for key, apart in distances.items())


def keys_alike(contest: ContestPage, posters: Iterable[Poster]) -> dict[int, list[int]]:
    """The keys of the posters that look like each of `posters`, the likest first.

    Posters that look like no other are left out. One query, and a comparison of each poster with
    all those of its académie.

    Args:
        posters: with their file and establishment; those without a file look like nothing.
    """
    asked = [(poster, poster.file) for poster in posters if poster.file]
    if not asked:
        return {}
    known = _known(contest, {poster.establishment.academy_id for poster, _file in asked})
    found = {
        poster.pk: known[poster.establishment.academy_id].alike(
            poster.pk, file.sha256, file.fingerprint
        )
        for poster, file in asked
    }
    return {key: [other for _apart, other in alike] for key, alike in found.items() if alike}


def likenesses_of(poster: Poster) -> list[Likeness]:
    """The posters that look like `poster`, the likest first, ready to be shown."""
    if poster.file is None:
        return []
    academy = poster.establishment.academy_id
    known = _known(poster.contest, {academy})[academy]
    alike = known.alike(poster.pk, poster.file.sha256, poster.file.fingerprint)[:MOST_SHOWN]
    rows = Poster.objects.select_related("file", "establishment", "contest").in_bulk(
        [key for _apart, key in alike]
    )
    contests = {row.contest_id: row.contest for row in rows.values()}
    for row in rows.values():
        row.contest = contests[row.contest_id]  # asked once for its edition
    return [Likeness(rows[key], apart == SAME_FILE) for apart, key in alike if key in rows]


def _known(contest: ContestPage, academies: Iterable[int]) -> dict[int, _Known]:
    """Those of all posters handed in whose picture is kept, whatever was decided about them."""
    rows = Poster.objects.filter(
        SUBMITTED,
        establishment__academy__in=academies,
        contest__deposit_opens_at__lte=contest.deposit_opens_at,
        file__isnull=False,
    ).values_list("establishment__academy", "pk", "file__sha256", "file__fingerprint")
    found = {academy: _Known() for academy in academies}
    for academy, key, sha256, fingerprint in rows.order_by("pk"):
        found[academy].add(key, sha256, fingerprint)
    return found
