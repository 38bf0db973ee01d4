"""An index of fiches made from the one before it, where few of them changed.

Twenty thousand fiches take more than a second to be read and indexed; one of them that changes
moves a bit in some hundred integers. No ORM, no request, no clock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import reduce
from typing import Any

from .criteria import Facet
from .facet_index import Entry, FacetIndex, pairs_of

Move = Callable[[int], int]
"""What a set of bits becomes when a position goes, or comes."""


def changed(index: FacetIndex, fiches: Collection[int], entries: Sequence[Entry]) -> FacetIndex:
    """`index` with each of `fiches` as its entry says now; one without an entry is gone.

    It is the index that `build` makes of all the entries.
    """
    ids, since = list(index.ids), list(index.since)
    places, establishments = list(index.places), list(index.establishments)
    words = list(index.words)
    expires = dict(zip((place for _ends, place in index.expiring), index.expiring, strict=True))
    ends = [expires[place][0] if place in expires else None for place in range(len(ids))]
    columns: tuple[list[Any], ...] = (ids, since, places, establishments, words, ends)
    order = [(-instant, -pk) for instant, pk in zip(since, ids, strict=True)]
    names = dict(index.names)
    moves: list[Move] = []

    known = (index.positions[pk] for pk in set(fiches) if pk in index.positions)
    for position in sorted(known, reverse=True):
        _count(names, words[position], -1)
        moves.append(_without(position))
        del order[position]
        for column in columns:
            del column[position]
    for entry in entries:
        position = bisect_left(order, entry.rank)
        own = frozenset(entry.names)
        _count(names, own, 1)
        moves.append(_with_room(position))
        order.insert(position, entry.rank)
        cells = (entry.pk, -entry.rank[0], entry.place, entry.establishment, own, entry.expires_at)
        for column, cell in zip(columns, cells, strict=True):
            column.insert(position, cell)

    positions = {pk: position for position, pk in enumerate(ids)}
    return FacetIndex(
        ids=tuple(ids),
        bits=_bits(index, moves, entries, positions),
        positions=positions,
        places=tuple(places),
        establishments=tuple(establishments),
        expiring=tuple(
            (instant, position) for position, instant in enumerate(ends) if instant is not None
        ),
        names=names,
        pairs=_pairs(index.pairs, index.names, names),
        words=tuple(words),
        since=tuple(since),
    )


def _without(position: int) -> Move:
    below = (1 << position) - 1
    return lambda bits: (bits & below) | (bits >> position + 1 << position)


def _with_room(position: int) -> Move:
    below = (1 << position) - 1
    return lambda bits: (bits & below) | (bits >> position << position + 1)


def _count(names: dict[str, int], words: Collection[str], by: int) -> None:
    for word in words:
        number = names.get(word, 0) + by
        if number:
            names[word] = number
        else:
            del names[word]


def _bits(
    index: FacetIndex,
    moves: Sequence[Move],
    entries: Sequence[Entry],
    positions: Mapping[int, int],
) -> dict[Facet, dict[str, int]]:
    moved: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
    for facet, held in index.bits.items():
        for key, bits in held.items():
            moved[facet][key] = reduce(lambda one, move: move(one), moves, bits)
    for entry in entries:
        own = 1 << positions[entry.pk]
        for facet, keys in entry.keys.items():
            for key in keys:
                moved[facet][key] = moved[facet].get(key, 0) | own
    return {
        facet: {key: bits for key, bits in held.items() if bits} for facet, held in moved.items()
    }


def _pairs(
    pairs: Mapping[str, frozenset[str]], before: Mapping[str, int], after: Mapping[str, int]
) -> dict[str, frozenset[str]]:
    kept = dict(pairs)
    for name in before.keys() - after.keys():
        for pair in pairs_of(name):
            kept[pair] -= {name}
            if not kept[pair]:
                del kept[pair]
    for name in after.keys() - before.keys():
        for pair in pairs_of(name):
            kept[pair] = kept.get(pair, frozenset()) | {name}
    return kept
