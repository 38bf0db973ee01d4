"""What a contest's jury decided by, whole, as the tally publishes it: a pure value and ballots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contest.models import Round
from contest.tally.ballots import Ballot
from contest.tally.definition import Award, Category, Definition

from .rules import ballots_of, rules_of

if TYPE_CHECKING:
    from contest.models import ContestPage

    from .palmares import Palmares


def rounds_of(contest: ContestPage) -> list[Round]:
    """The rounds of `contest` whose posters were assigned, category by category, in order."""
    rounds = Round.objects.filter(
        category__contest=contest, assigned_at__isnull=False
    ).select_related("category__contest")
    return sorted(
        rounds, key=lambda one: (one.category.sort_order or 0, one.category_id, one.sequence)
    )


def category_key(category_id: int) -> str:
    """What a category is called in what is published, and in the receipts of its jurors."""
    return f"categorie-{category_id}"


def title_of(contest: ContestPage) -> str:
    """What the published files are titled."""
    return f"{contest.title} – {contest.edition.title}"


def definition_of(
    contest: ContestPage, palmares: Palmares, *, version: int = 1, note: str = ""
) -> Definition:
    """The rules and awards of `contest`: every round that was assigned, in order.

    Raises:
        contest.tally.errors.BadDefinition: the rules contradict each other.
    """
    categories: dict[int, Category] = {}
    for row in rounds_of(contest):
        rules = rules_of(row)
        known = categories.get(row.category_id)
        categories[row.category_id] = Category(
            key=category_key(row.category_id),
            name=row.category.name,
            rounds=(*(known.rounds if known else ()), rules),
        )
    return Definition(
        title=title_of(contest),
        categories=tuple(categories.values()),
        version=version,
        note=note,
        awards=_awards(palmares),
    )


def ballots_by_round(contest: ContestPage) -> dict[str, list[Ballot]]:
    """The ballots that count of every round that was assigned, by the key of the round."""
    return {row.key: ballots_of(row) for row in rounds_of(contest)}


def _awards(palmares: Palmares) -> tuple[Award, ...]:
    """What was given by hand; what follows from the places is computed by whoever checks."""
    given: dict[tuple[str, str], list[int]] = {}
    for line in palmares.lines:
        by_hand = line.rank is None or line.reason
        if by_hand and line.poster.number is not None:
            label = f"{line.category} – {line.label}" if line.category else line.label
            given.setdefault((label, line.reason), []).append(line.poster.number)
    return tuple(
        Award(label, tuple(sorted(numbers)), reason) for (label, reason), numbers in given.items()
    )
