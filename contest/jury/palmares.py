"""The palmarès as it would be published now: prizes that follow from the places, and awards.

The prizes of each category, in their order, go to the first, second, third places of its last
round: equal places share a prize, and the prizes of the places that they fill are not given. What
the commission gives by hand comes on top, always with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contest.enums import PosterStatus, PrizeKind
from contest.models import Award, Category, Entry, Poster, Prize, Round
from contest.tally.standing import Standing
from contest.tally.tallying import result_from_tallies, tallies_of

from .rules import ballots_of, rules_of

if TYPE_CHECKING:
    from contest.models import ContestPage

NOT_COUNTED = "not_counted"
NOT_JUDGED = "not_judged"
TIE = "tie"
SHARED = "shared"
GONE = "gone"

BLOCKING = (NOT_COUNTED, TIE, SHARED)
"""What has to be settled before anything is published; the others only need to be known."""


@dataclass(frozen=True)
class Line:
    """A prize and who gets it.

    `category`: None for a prize of all categories. `rank`: the place that it follows from; None
    for what the commission gave by hand, which has its `reason`. `is_shared`: others have the same
    prize in the same category (ex æquo).
    """

    prize: Prize
    label: str
    category: Category | None
    poster: Poster
    rank: int | None
    is_shared: bool
    reason: str


@dataclass(frozen=True)
class Problem:
    """What keeps the palmarès from being published, or has to be known before.

    `code` is one of the constants above; `numbers` are public numbers of posters.
    """

    code: str
    category: Category | None = None
    prize: Prize | None = None
    numbers: tuple[int, ...] = ()

    @property
    def is_blocking(self) -> bool:
        """Whether nothing may be published before it is settled."""
        return self.code in BLOCKING

    @property
    def text(self) -> str:
        """It in words."""
        return _TEXTS[self.code](self)


_TEXTS = {
    NOT_COUNTED: lambda one: (
        _("%(category)s: the last round is not counted.") % {"category": one.category}
    ),
    NOT_JUDGED: lambda one: (
        _("%(category)s: posters are admitted and no round has judged them.")
        % {"category": one.category}
    ),
    TIE: lambda one: (
        _(
            "%(category)s: %(prize)s cannot be shared, and these posters are ex æquo: %(posters)s. "
            "The commission has to say who gets it."
        )
        % {"category": one.category, "prize": one.prize, "posters": numbers_in_words(one.numbers)}
    ),
    SHARED: lambda one: (
        _("%(prize)s cannot be shared, and it is given to: %(posters)s.")
        % {"prize": one.prize, "posters": numbers_in_words(one.numbers)}
    ),
    GONE: lambda one: (
        _("%(prize)s would go to %(posters)s, which is not shown any more: it is left out.")
        % {"prize": one.prize, "posters": numbers_in_words(one.numbers)}
    ),
}


@dataclass(frozen=True)
class Palmares:
    """Every prize given, in the order in which they are read out, and what is in the way."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def is_ready(self) -> bool:
        """Whether it may be published as it is."""
        return bool(self.lines) and not any(one.is_blocking for one in self.problems)


def numbers_in_words(numbers: Iterable[int]) -> str:
    """Posters by their public numbers."""
    return ", ".join(_("no. %(number)s") % {"number": number} for number in numbers)


def palmares_of(contest: ContestPage) -> Palmares:
    """The palmarès of `contest` as its counted rounds and its commission make it now.

    Raises:
        contest.tally.errors.TallyError: see `contest.tally.tallying.tally_round`.
    """
    prizes = list(contest.prizes.all())
    awards = list(
        Award.objects.filter(contest=contest).select_related(
            "prize", "poster__category", "poster__establishment", "poster__file"
        )
    )
    lines: list[Line] = []
    problems: list[Problem] = []
    for category in contest.categories.all():
        standing, found = _standing_of(category)
        problems += found
        given = _of_category(category, prizes, standing, awards)
        lines += given.lines
        problems += given.problems
    given = _of_all(prizes, awards)
    return Palmares((*lines, *given.lines), (*problems, *given.problems))


def last_round(category: Category) -> Round | None:
    """The round whose places give the prizes of `category`: its last."""
    return (
        Round.objects.filter(category=category)
        .select_related("category__contest")
        .order_by("-sequence")
        .first()
    )


def standing_of(round_: Round) -> Standing:
    """The places of `round_`, without all that explains them."""
    rules = rules_of(round_)
    return result_from_tallies(rules, tallies_of(rules, ballots_of(round_))).standing


def _standing_of(category: Category) -> tuple[Standing | None, list[Problem]]:
    last = last_round(category)
    if last is not None and last.tallied_at is not None:
        return standing_of(last), []
    if last is not None:
        return None, [Problem(NOT_COUNTED, category)]
    admitted = Poster.objects.filter(category=category, status=PosterStatus.ADMITTED)
    return None, [Problem(NOT_JUDGED, category)] if admitted.exists() else []


def _of_category(
    category: Category,
    prizes: Iterable[Prize],
    standing: Standing | None,
    awards: Sequence[Award],
) -> Palmares:
    """The category's prizes by its places, and those that the commission adds to them."""
    own = [prize for prize in prizes if prize.kind == PrizeKind.CATEGORY]
    wanted = (
        [line.number for line in standing.lines if line.rank <= len(own)]
        if standing is not None
        else []
    )
    posters = _posters(category, wanted)
    lines: list[Line] = []
    problems: list[Problem] = []
    for rank, prize in enumerate(own, start=1):
        placed = [line.number for line in standing.lines if line.rank == rank] if standing else []
        by_hand = [
            award
            for award in awards
            if award.prize_id == prize.pk and award.poster.category_id == category.pk
        ]
        given = prize_lines(prize, category, rank, [posters[number] for number in placed], by_hand)
        lines += given.lines
        problems += given.problems
    return Palmares(tuple(lines), tuple(problems))


def prize_lines(
    prize: Prize,
    category: Category,
    rank: int,
    placed: Sequence[Poster],
    awards: Sequence[Award],
) -> Palmares:
    """Who gets `prize` in `category`: the posters `placed` at its rank, those of `awards`.

    Where it cannot be shared and several are placed, the awards alone say who gets it.
    """
    reasons = {award.poster_id: award.reason for award in awards}
    is_open_tie = len(placed) > 1 and not prize.ties_allowed
    problems: list[Problem] = []
    lines: list[Line] = []
    if is_open_tie and not reasons:
        numbers = tuple(sorted(poster.number or 0 for poster in placed))
        problems.append(Problem(TIE, category, prize, numbers))
    for poster in placed:
        if not is_open_tie or poster.pk in reasons:
            reason = reasons.get(poster.pk, "")
            lines.append(Line(prize, prize.label, category, poster, rank, False, reason))
    by_place = {poster.pk for poster in placed}
    lines += [
        Line(prize, prize.label, category, award.poster, None, False, award.reason)
        for award in awards
        if award.poster_id not in by_place
    ]
    return _shared(prize, category, lines, problems)


def _of_all(prizes: Iterable[Prize], awards: Sequence[Award]) -> Palmares:
    """The prizes of all categories together: by hand only."""
    found: list[Line] = []
    problems: list[Problem] = []
    for prize in prizes:
        if prize.kind == PrizeKind.CATEGORY:
            continue
        lines = [
            Line(prize, prize.label, None, award.poster, None, False, award.reason)
            for award in awards
            if award.prize_id == prize.pk
        ]
        given = _shared(prize, None, lines, [])
        found += given.lines
        problems += given.problems
    return Palmares(tuple(found), tuple(problems))


def _shared(
    prize: Prize, category: Category | None, lines: Sequence[Line], problems: Sequence[Problem]
) -> Palmares:
    """`lines`, all of one prize, without posters that are gone, told whether it is shared."""
    found = list(problems)
    shown = [line for line in lines if line.poster.status == PosterStatus.ADMITTED]
    gone = tuple(sorted(line.poster.number or 0 for line in lines if line not in shown))
    if gone:
        found.append(Problem(GONE, category, prize, gone))
    if len(shown) > 1 and not prize.ties_allowed:
        numbers = tuple(sorted(line.poster.number or 0 for line in shown))
        found.append(Problem(SHARED, category, prize, numbers))
    is_shared = len(shown) > 1
    return Palmares(tuple(replace(line, is_shared=is_shared) for line in shown), tuple(found))


def _posters(category: Category, numbers: Iterable[int]) -> dict[int, Poster]:
    """Those of the category's posters, by number, whatever has become of them."""
    entered = Entry.objects.filter(round__category=category).values("poster")
    return {
        poster.number: poster
        for poster in Poster.objects.filter(
            pk__in=entered, number__in=list(numbers)
        ).select_related("category", "establishment", "file")
        if poster.number is not None
    }
