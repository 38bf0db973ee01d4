"""Fiches that a reader of one may want next: the same themes, the same kind of action, near.

Read from the bits of the index (`campaigns.facet_index`): sums of 20,000 fiches are made of a few
operations on integers. No ORM, no request.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .criteria import Facet
from .facet_index import FacetIndex, positions_of

MOST_RELATED = 3

WEIGHTS: Final = {
    Facet.THEME: 4,
    Facet.TYPE: 2,
    Facet.LEVEL: 2,
    Facet.AUDIENCE: 1,
    Facet.BASIN: 1,
    Facet.DEPARTMENT: 1,
}
"""What each key in common is worth: powers of two. What an action is about comes first, then what
is done with whom, then where."""

ABOUT: Final = (Facet.THEME, Facet.TYPE)
"""Without one of these in common nothing is related, however near it is."""


def related_to(index: FacetIndex, pk: int, *, within: int, most: int = MOST_RELATED) -> list[int]:
    """The fiches nearest to the fiche `pk`, of other establishments, one of each; best first.

    Args:
        index: the fiches of the edition.
        pk: a fiche; one that the index does not know has none.
        within: the fiches to choose from, as a set of bits.
        most: how many at the most.
    """
    position = index.positions.get(pk)
    if position is None:
        return []
    sums = Sums()
    about = 0
    for facet, weight in WEIGHTS.items():
        for bits in index.bits.get(facet, {}).values():
            if bits >> position & 1:
                sums.add(bits, weight)
                about |= bits if facet in ABOUT else 0
    found: list[int] = []
    taken = {index.establishments[position]}
    for other in sums.highest_first(about & within):
        if index.establishments[other] not in taken:
            taken.add(index.establishments[other])
            found.append(index.ids[other])
            if len(found) == most:
                break
    return found


class Sums:
    """A number for each position, held as one integer for each binary digit of all of them."""

    def __init__(self) -> None:
        self._digits: list[int] = []

    def add(self, bits: int, weight: int) -> None:
        """Add `weight`, a power of two, to the numbers of the positions of `bits`."""
        place = weight.bit_length() - 1
        while bits:
            while len(self._digits) <= place:
                self._digits.append(0)
            self._digits[place], bits = self._digits[place] ^ bits, self._digits[place] & bits
            place += 1

    def highest_first(self, within: int) -> Iterator[int]:
        """The positions of `within` whose number is not zero: the highest, then the lowest one."""
        for number in range(2 ** len(self._digits) - 1, 0, -1):
            alike = within
            for place, digit in enumerate(self._digits):
                alike &= digit if number >> place & 1 else ~digit
                if not alike:
                    break
            yield from positions_of(alike)
