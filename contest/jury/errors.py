"""Why an act of a jury is refused; what is wrong with a content is a `ValidationError`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contest.errors import ContestError

if TYPE_CHECKING:
    from contest.models import Ballot, LateBallot


class NotAJuror(ContestError):
    """The work is another juror's, or was taken away, or the juror stepped aside."""


class NotOpen(ContestError):
    """The round has not begun."""


class SignedOff(ContestError):
    """The juror has signed their work off: they have to take it up again first."""


class TooLate(ContestError):
    """The round is closed. What was sent is kept in `late`, for the juror to see; never counted."""

    def __init__(self, late: LateBallot | None) -> None:
        super().__init__()
        self.late = late


class ChangedElsewhere(ContestError):
    """Another device of the same juror changed the same answer since; `ballot` is what counts."""

    def __init__(self, ballot: Ballot | None) -> None:
        super().__init__()
        self.ballot = ballot


class NotReady(ContestError):
    """The act comes too early: `reasons` are codes, in the order in which to mend them."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons
