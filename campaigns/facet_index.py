"""Which fiches have which key of which facet, as sets of bits: counts cost microseconds.

Position 0 is the first fiche of the list, the newest. A set of fiches is an integer whose bit n
says whether the fiche at position n belongs. No ORM, no request, no clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .criteria import Facet

PAIRS_A_SLIP = 3
"""Pairs of neighbours that one slip can spoil: two for a letter, three for a swap. A name that
shares fewer of a word's pairs than what its slips may leave is not compared with it."""

_BITS_OF = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]

SHORTEST_GUESSED = 4
"""Letters under which a word is not guessed: too many names are one letter away."""


@dataclass(frozen=True)
class Place:
    """Where a fiche's establishment is, in degrees (WGS 84), and its commune."""

    latitude: float
    longitude: float
    commune: str


@dataclass(frozen=True)
class Entry:
    """One fiche as it is indexed: its number, its keys, and what is told of it beside them."""

    pk: int
    keys: Mapping[Facet, Collection[str]]
    establishment: int
    names: Collection[str] = ()
    place: Place | None = None
    expires_at: datetime | None = None
    since: datetime | None = None

    @property
    def rank(self) -> tuple[float, int]:
        """What puts it in the order of the list: the newest first."""
        return -_instant(self.since), -self.pk


@dataclass(frozen=True)
class FacetIndex:
    """The public fiches of one edition. Build it with `build`; it is never changed.

    `words` and `since` say of each fiche what `campaigns.facet_changes` needs to make another.
    """

    ids: tuple[int, ...]
    bits: Mapping[Facet, Mapping[str, int]]
    positions: Mapping[int, int]
    places: tuple[Place | None, ...]
    establishments: tuple[int, ...]
    expiring: tuple[tuple[datetime, int], ...]
    names: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: tuple[frozenset[str], ...] = ()
    since: tuple[float, ...] = ()

    @property
    def everything(self) -> int:
        """All the fiches."""
        return (1 << len(self.ids)) - 1

    def shown_at(self, now: datetime) -> int:
        """The fiches whose dates have not ended at `now`."""
        shown = self.everything
        for ends, position in self.expiring:
            if ends <= now:
                shown &= ~(1 << position)
        return shown

    def of_ids(self, ids: Iterable[int]) -> int:
        """The fiches of these numbers; a number it does not know is left out."""
        flags = bytearray(len(self.ids) // 8 + 1)
        for pk in ids:
            position = self.positions.get(pk)
            if position is not None:
                flags[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(flags, "little")

    def of_facet(self, facet: Facet, keys: Collection[str]) -> int:
        """The fiches that have one of `keys`; all of them where no key is named."""
        if not keys:
            return self.everything
        known, found = self.bits.get(facet, {}), 0
        for key in keys:
            found |= known.get(key, 0)
        return found

    def chosen(self, chosen: Mapping[Facet, Collection[str]], *, but: Facet | None = None) -> int:
        """The fiches that satisfy every facet of `chosen`, except the facet `but`."""
        found = self.everything
        for facet, keys in chosen.items():
            if facet != but:
                found &= self.of_facet(facet, keys)
        return found

    def counts(
        self, facet: Facet, chosen: Mapping[Facet, Collection[str]], within: int
    ) -> dict[str, int]:
        """How many fiches each key of `facet` would leave, whatever is chosen of it now.

        Keys without a fiche are left out, unless they are chosen.
        """
        others = within & self.chosen(chosen, but=facet)
        held = chosen.get(facet, ())
        counted = {
            key: (bits & others).bit_count() for key, bits in self.bits.get(facet, {}).items()
        }
        return {key: number for key, number in counted.items() if number or key in held}

    def ids_of(self, found: int) -> list[int]:
        """The numbers of the fiches of `found`, in the order of the list."""
        return [self.ids[position] for position in positions_of(found)]

    def guesses(self, word: str) -> list[str]:
        """The words of names that a folded `word` may have been meant for; not itself.

        Up to seven letters one slip is forgiven (a letter wrong, missing, too many, or two
        swapped), beyond that two: the usual bounds of search engines.
        """
        if len(word) < SHORTEST_GUESSED or word in self.names:
            return []
        allowed = 1 if len(word) < 8 else 2
        own = pairs_of(word)
        shared: dict[str, int] = {}
        for pair in own:
            for name in self.pairs.get(pair, ()):
                shared[name] = shared.get(name, 0) + 1
        least = len(own) - PAIRS_A_SLIP * allowed
        near = [name for name, number in shared.items() if number >= least]
        close = [name for name in near if slips(word, name, most=allowed) <= allowed]
        return sorted(close, key=lambda name: (slips(word, name, most=allowed), name))[:5]


def build(entries: Sequence[Entry]) -> FacetIndex:
    """The index of `entries`, which come in the order of the list."""
    flags: dict[Facet, dict[str, bytearray]] = {facet: {} for facet in Facet}
    names: dict[str, int] = {}
    size = len(entries) // 8 + 1
    for position, entry in enumerate(entries):
        byte, bit = position >> 3, 1 << (position & 7)
        for facet, keys in entry.keys.items():
            of_facet = flags[facet]
            for key in keys:
                if key not in of_facet:
                    of_facet[key] = bytearray(size)
                of_facet[key][byte] |= bit
        for name in set(entry.names):
            names[name] = names.get(name, 0) + 1
    pairs: dict[str, set[str]] = {}
    for name in names:
        for pair in pairs_of(name):
            pairs.setdefault(pair, set()).add(name)
    return FacetIndex(
        ids=tuple(entry.pk for entry in entries),
        bits={
            facet: {key: int.from_bytes(held, "little") for key, held in of_facet.items()}
            for facet, of_facet in flags.items()
        },
        positions={entry.pk: position for position, entry in enumerate(entries)},
        places=tuple(entry.place for entry in entries),
        establishments=tuple(entry.establishment for entry in entries),
        expiring=tuple(
            (entry.expires_at, position)
            for position, entry in enumerate(entries)
            if entry.expires_at is not None
        ),
        names=names,
        pairs={pair: frozenset(held) for pair, held in pairs.items()},
        words=tuple(frozenset(entry.names) for entry in entries),
        since=tuple(_instant(entry.since) for entry in entries),
    )


def _instant(since: datetime | None) -> float:
    return since.timestamp() if since else 0.0


def positions_of(found: int) -> Iterator[int]:
    """The positions of the bits of `found`, the lowest first."""
    for byte, held in enumerate(found.to_bytes((found.bit_length() + 7) // 8, "little")):
        for bit in _BITS_OF[held]:
            yield (byte << 3) + bit


def pairs_of(word: str) -> set[str]:
    """The pairs of neighbouring letters of `word`, its start and its end marked by a space."""
    padded = f" {word} "
    return {padded[start : start + 2] for start in range(len(padded) - 1)}


def slips(one: str, other: str, *, most: int) -> int:
    """How many slips part two words (optimal string alignment distance); `most` + 1 if more.

    A slip is a letter replaced, left out, added, or swapped with its neighbour.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, other_letter in enumerate(other, start=1):
            cost = min(
                last[column] + 1,
                current[column - 1] + 1,
                last[column - 1] + (letter != other_letter),
            )
            is_swapped = (
                row > 1
                and column > 1
                and letter == other[column - 2]
                and one[row - 2] == other_letter
            )
            if is_swapped:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before_last, last = last, current
    return last[-1]
