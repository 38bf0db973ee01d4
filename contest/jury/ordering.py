"""How an order of posters changes by one press of a button. Pure values: groups of numbers.

The best group comes first; posters of one group are equal, told by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

Order = list[list[int]]


def order_of(ranks: Iterable[tuple[int, int]]) -> Order:
    """The order that pairs (number, rank) say."""
    groups: dict[int, list[int]] = {}
    for number, rank in sorted(ranks, key=lambda pair: (pair[1], pair[0])):
        groups.setdefault(rank, []).append(number)
    return list(groups.values())


def higher(order: Order, number: int) -> Order:
    """`number` before the poster or the group before it; before its equals, where it has some."""
    at = _group_of(order, number)
    rest = _without(order, number)
    if len(order[at]) > 1:
        rest.insert(at, [number])
    else:
        rest.insert(max(0, at - 1), [number])
    return rest


def lower(order: Order, number: int) -> Order:
    """`number` after the poster or the group that follows; after its equals, where it has some."""
    at = _group_of(order, number)
    rest = _without(order, number)
    rest.insert(at + 1, [number])
    return rest


def equal(order: Order, number: int) -> Order:
    """`number` equal to the group before its own."""
    at = _group_of(order, number)
    if at == 0:
        return [list(group) for group in order]
    groups = [[one for one in group if one != number] for group in order]
    groups[at - 1] = sorted([*groups[at - 1], number])
    return [group for group in groups if group]


def placed(order: Order, number: int) -> Order:
    """`number` last, after those that have a place."""
    return [*_without(order, number), [number]]


def taken_out(order: Order, number: int) -> Order:
    """`number` without a place."""
    return _without(order, number)


MOVES: dict[str, Callable[[Order, int], Order]] = {
    "higher": higher,
    "lower": lower,
    "equal": equal,
    "place": placed,
    "take_out": taken_out,
}
"""The moves by what their buttons send; all but "place" need a poster that has a place."""


def parse(text: str) -> Order | None:
    """An order as a script sends it, "12,7;3"; None where it is none."""
    if not text.strip():
        return []
    try:
        return [[int(number) for number in group.split(",")] for group in text.split(";")]
    except ValueError:
        return None


def written(order: Sequence[Sequence[int]]) -> str:
    """What `parse` reads."""
    return ";".join(",".join(str(number) for number in group) for group in order)


def _group_of(order: Order, number: int) -> int:
    return next(place for place, group in enumerate(order) if number in group)


def _without(order: Order, number: int) -> Order:
    groups = [[one for one in group if one != number] for group in order]
    return [group for group in groups if group]
