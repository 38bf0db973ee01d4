"""Which jurors are tied to which by the posters that they share."""

from __future__ import annotations

from collections.abc import Iterable


def juror_groups(judged: Iterable[tuple[str, int]]) -> tuple[tuple[str, ...], ...]:
    """The groups of jurors that posters tie together, from pairs of a juror and a poster.

    One group, or none: the grades of all jurors can be compared. Jurors without a poster are in
    no group. Each group and the list of groups are sorted.
    """
    leader: dict[str, str] = {}
    first_juror: dict[int, str] = {}

    def lead(juror: str) -> str:
        while leader[juror] != juror:
            leader[juror] = leader[leader[juror]]
            juror = leader[juror]
        return juror

    for juror, number in judged:
        leader.setdefault(juror, juror)
        leader[lead(juror)] = lead(first_juror.setdefault(number, juror))
    groups: dict[str, list[str]] = {}
    for juror in sorted(leader):
        groups.setdefault(lead(juror), []).append(juror)
    return tuple(sorted(tuple(group) for group in groups.values()))
