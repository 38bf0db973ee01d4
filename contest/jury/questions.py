"""What a round asks of a juror about each poster, in words: the choices and their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contest.tally.definition import ABSTAIN, MENTIONS, NO, YES

from .enums import Method
from .rules import frozen_criteria

if TYPE_CHECKING:
    from contest.models import Round


@dataclass(frozen=True)
class Choice:
    """One answer: `value` is what a ballot keeps."""

    value: int
    label: str


@dataclass(frozen=True)
class Question:
    """What is asked; `choices` in the order in which they are shown."""

    key: str
    label: str
    help: str
    choices: tuple[Choice, ...]
    is_scale: bool = False

    def words(self, grade: int | None) -> str:
        """An answer as it is said: "Très bien", "4 sur 5"; empty for none."""
        found = next((one.label for one in self.choices if one.value == grade), "")
        if found and self.is_scale:
            return _("%(grade)s out of %(scale)s") % {
                "grade": found,
                "scale": self.choices[-1].label,
            }
        return found


def questions_of(round_: Round) -> tuple[Question, ...]:
    """The questions of a round; none for a ranking, whose answers are places in an order."""
    if round_.method == Method.MAJORITY:
        mentions = tuple(Choice(value, label) for value, label in enumerate(MENTIONS))
        return (Question("mention", _("Your mention"), "", mentions[::-1]),)
    if round_.method == Method.APPROVAL:
        opinions = (
            Choice(YES, _("Yes, keep it")),
            Choice(NO, _("No, leave it out")),
            Choice(ABSTAIN, _("I abstain")),
        )
        return (Question("opinion", _("Does this poster go on?"), "", opinions),)
    if round_.method == Method.CRITERIA:
        return tuple(
            Question(
                one["key"],
                one["label"],
                one["help"],
                tuple(Choice(value, str(value)) for value in range(one["scale"] + 1)),
                is_scale=True,
            )
            for one in frozen_criteria(round_)
        )
    return ()


def answers_in_words(round_: Round, grades: Mapping[str, int]) -> list[tuple[str, str]]:
    """Label and answer of each question that `grades` answers."""
    if round_.method == Method.RANKING:
        rank = grades.get("rank")
        return [(_("Your place for it"), place_in_words(rank))] if rank else []
    return [
        (one.label, one.words(grades[one.key]))
        for one in questions_of(round_)
        if grades.get(one.key) is not None
    ]


def place_in_words(rank: int) -> str:
    """A place in an order: "1st", "2nd"."""
    return _("1st place") if rank == 1 else _("place no. %(rank)s") % {"rank": rank}
