"""Who judges what: panels with even loads, jurors paired evenly, nobody cut off from the others.

For the same jurors, posters, conflicts and seed the design is the same. Chance is drawn by
sha256 or from a generator of its own, never from the global one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from contest.tally.balancing import Panels
from contest.tally.connection import juror_groups
from contest.tally.errors import BadDefinition

EVERYONE_UP_TO = 60
"""Posters that one juror can judge in an hour. Up to there everyone judging everything finds the
best ones more often than panels do (0.79 of the true ten best of 60 with six jurors, against 0.68
for raw panels of three and 0.73 for severity-adjusted ones)."""


@dataclass(frozen=True)
class Shortfall:
    """A poster that gets fewer jurors than wanted: not enough of them may judge it."""

    number: int
    wanted: int
    given: int


@dataclass(frozen=True)
class Design:
    """Who judges what, and what an organiser should know before sending it.

    `panels`: the jurors of each poster. `loads`: posters of each of today's jurors, those without
    any too. `shortfalls`: posters with fewer jurors than wanted (where everyone judges everything,
    all who may are all that is wanted). `below_minimum`: posters with fewer than
    the ballots that count. `is_even`: loads differ by one at most; where they do not, conflicts
    or fixed assignments make it impossible. `groups`: the groups of jurors that posters tie
    together; more than one, and grades of one cannot be compared with those of another.
    """

    panels: Mapping[int, tuple[str, ...]]
    loads: Mapping[str, int]
    shortfalls: tuple[Shortfall, ...]
    below_minimum: tuple[int, ...]
    groups: tuple[tuple[str, ...], ...]

    @property
    def assignments(self) -> tuple[tuple[str, int], ...]:
        """Every juror and poster, sorted."""
        return tuple(
            sorted((juror, number) for number, panel in self.panels.items() for juror in panel)
        )

    @property
    def spread(self) -> int:
        """Between the heaviest and the lightest load."""
        return max(self.loads.values(), default=0) - min(self.loads.values(), default=0)

    @property
    def is_even(self) -> bool:
        """Whether loads differ by one poster at most."""
        return self.spread <= 1

    @property
    def is_connected(self) -> bool:
        """Whether all jurors who judge are tied together by posters they share."""
        return len(self.groups) <= 1

    @property
    def shared(self) -> dict[tuple[str, str], int]:
        """How many posters each two jurors share, pairs that share none too."""
        pairs = Counter(dict.fromkeys(combinations(sorted(self.loads), 2), 0))
        for panel in self.panels.values():
            pairs.update(combinations(panel, 2))
        return dict(pairs)


@dataclass(frozen=True)
class Reassignment:
    """A new design, and what changes: who gets which poster, who no longer has which."""

    design: Design
    added: tuple[tuple[str, int], ...]
    removed: tuple[tuple[str, int], ...]


def everyone_fits(posters: int, minutes: int = EVERYONE_UP_TO) -> bool:
    """Whether everyone should judge everything: a minute a poster fits the jurors' `minutes`."""
    return posters <= minutes


def design(
    posters: Iterable[int],
    jurors: Iterable[str],
    conflicts: Iterable[tuple[str, int]],
    *,
    panel_size: int | None,
    minimum: int,
    seed: str,
) -> Design:
    """Assign jurors (any stable names) to posters (public numbers).

    `conflicts`: juror and poster, never assigned. `panel_size`: None where everyone judges
    everything. `minimum`: ballots that a poster needs to have a place.

    Raises:
        BadDefinition: there is nobody to judge, or the panel is not a positive number.
    """
    panels = _panels(posters, jurors, conflicts, panel_size, seed)
    panels.fill()
    if panel_size is not None:
        panels.even_loads()
        panels.even_pairs()
        panels.connect()
    return _design(panels, minimum)


def reassign(
    current: Iterable[tuple[str, int]],
    posters: Iterable[int],
    jurors: Iterable[str],
    conflicts: Iterable[tuple[str, int]],
    *,
    fixed: Iterable[tuple[str, int]],
    panel_size: int | None,
    minimum: int,
    seed: str,
    even: bool = False,
) -> Reassignment:
    """Bring assignments in line with today's jurors and conflicts, moving as little as possible.

    `current`: juror and poster, as they stand. `fixed`: those that must stay, whatever happens:
    submitted ballots, and drafts if work begun is to be spared. For a recusal, add the conflict;
    for a juror who leaves, leave them out of `jurors`; for one who comes, put them in and ask for
    `even`, which hands them work that nobody has begun; with a recusal there is no need to. Jurors
    cut off from the others are tied to them again where a gift or a swap of open work can do it.

    Raises:
        BadDefinition: as `design`.
    """
    before, kept = set(current), set(fixed)
    panels = _panels(posters, jurors, conflicts, panel_size, seed)
    panels.keep(before | kept, kept)
    panels.fill()
    if panel_size is not None:
        if even:
            panels.even_loads()
        panels.connect()
    result = _design(panels, minimum)
    after = set(result.assignments)
    return Reassignment(result, tuple(sorted(after - before)), tuple(sorted(before - after)))


def shuffle_for(juror: str, round_key: str, seed: str, numbers: Iterable[int]) -> list[int]:
    """The order in which a juror meets the posters: their own, and stable.

    A poster added or removed later leaves the order of the others as it is.
    """

    def drawn(number: int) -> bytes:
        return hashlib.sha256(f"order|{seed}|{round_key}|{juror}|{number}".encode()).digest()

    return sorted(numbers, key=drawn)


def _panels(
    posters: Iterable[int],
    jurors: Iterable[str],
    conflicts: Iterable[tuple[str, int]],
    panel_size: int | None,
    seed: str,
) -> Panels:
    judging = sorted(set(jurors))
    if not judging:
        raise BadDefinition("no_juror")
    if panel_size is not None and panel_size < 1:
        raise BadDefinition("bad_panel")
    return Panels(sorted(set(posters)), judging, set(conflicts), panel_size, seed)


def _design(panels: Panels, minimum: int) -> Design:
    chosen = {number: tuple(sorted(panels.panels[number])) for number in panels.numbers}
    wanted = panels.size or 0
    return Design(
        chosen,
        {juror: panels.loads[juror] for juror in panels.jurors},
        tuple(
            Shortfall(number, wanted, len(panel))
            for number, panel in chosen.items()
            if len(panel) < wanted
        ),
        tuple(number for number, panel in chosen.items() if len(panel) < minimum),
        juror_groups((juror, number) for number, panel in chosen.items() for juror in panel),
    )
