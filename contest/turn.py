"""What an establishment can do in a contest at a given instant. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .calendar import ContestPhase
from .enums import RegistrationMode

if TYPE_CHECKING:
    from .calendar import ContestCalendar


class Turn(StrEnum):
    """What comes next for an establishment, as far as new posters are concerned."""

    WAIT = "wait"  # the deposit is not open yet
    REGISTER = "register"  # registering comes first, and is still possible
    LEFT_OUT = "left_out"  # only registered establishments hand in, and it is too late to register
    DEPOSIT = "deposit"
    FULL = "full"  # as many posters as the rules allow
    OVER = "over"  # the deposit is closed
    RESULTS = "results"


@dataclass(frozen=True)
class Room:
    """How many posters an establishment may have in a contest, and how many count already."""

    most: int
    taken: int

    @property
    def left(self) -> int:
        """How many more it may start; the rules may have become stricter since."""
        return max(0, self.most - self.taken)


def turn_of(
    calendar: ContestCalendar,
    registration: RegistrationMode | str,
    *,
    is_registered: bool,
    room: Room,
    now: datetime,
) -> Turn:
    """What the establishment can do at `now`."""
    phase = calendar.phase(now)
    if phase is ContestPhase.RESULTS:
        return Turn.RESULTS
    if phase is ContestPhase.JURY:
        return Turn.OVER
    lacks_registration = registration == RegistrationMode.REQUIRED and not is_registered
    if phase is ContestPhase.PREPARATION:
        return Turn.WAIT
    if lacks_registration:
        return Turn.REGISTER if calendar.accepts_registrations(now) else Turn.LEFT_OUT
    return Turn.DEPOSIT if room.left else Turn.FULL
