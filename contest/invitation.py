"""The one thing to do in a contest at a given instant, and its key dates. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from campaigns.milestones import Milestone, in_order, milestone_at, milestone_over
from campaigns.phases import local_day
from contest.calendar import ContestCalendar, ContestPhase
from contest.enums import RegistrationMode


class Step(StrEnum):
    """What the page of a contest invites to."""

    REGISTER = "register"
    DEPOSIT_OPENS = "deposit_opens"
    REGISTER_THEN_DEPOSIT = "register_then_deposit"
    DEPOSIT_IF_REGISTERED = "deposit_if_registered"
    DEPOSIT = "deposit"
    WAIT = "wait"
    SEE_GALLERY = "see_gallery"
    LOOK_BACK = "look_back"


SPACE_STEPS = frozenset(
    {Step.REGISTER, Step.REGISTER_THEN_DEPOSIT, Step.DEPOSIT_IF_REGISTERED, Step.DEPOSIT}
)
"""The steps that an establishment takes in its space."""


@dataclass(frozen=True)
class Invitation:
    """What to do now; whether registering is possible meanwhile, and the jury still to meet."""

    step: Step
    phase: ContestPhase
    takes_registrations: bool
    awaits_jury: bool

    @property
    def leads_to_space(self) -> bool:
        """Whether it is done in the establishments' space."""
        return self.step in SPACE_STEPS


def invitation(
    calendar: ContestCalendar,
    registration: RegistrationMode | str,
    *,
    shows_posters: bool,
    now: datetime,
) -> Invitation:
    """What to do at `now`.

    Args:
        shows_posters: whether posters may still be shown at `now`, authorisations not being over.
    """
    phase = calendar.phase(now)
    takes_registrations = calendar.accepts_registrations(now) and phase in (
        ContestPhase.PREPARATION,
        ContestPhase.DEPOSIT,
    )
    return Invitation(
        step=_step(phase, registration, takes_registrations, shows_posters),
        phase=phase,
        takes_registrations=takes_registrations,
        awaits_jury=calendar.jury_on is not None and local_day(now) < calendar.jury_on,
    )


def _step(
    phase: ContestPhase,
    registration: RegistrationMode | str,
    takes_registrations: bool,
    shows_posters: bool,
) -> Step:
    if phase is ContestPhase.RESULTS:
        return Step.SEE_GALLERY if shows_posters else Step.LOOK_BACK
    if phase is ContestPhase.JURY:
        return Step.WAIT
    if phase is ContestPhase.PREPARATION:
        return Step.REGISTER if takes_registrations else Step.DEPOSIT_OPENS
    if registration != RegistrationMode.REQUIRED:
        return Step.DEPOSIT
    return Step.REGISTER_THEN_DEPOSIT if takes_registrations else Step.DEPOSIT_IF_REGISTERED


class ContestDate(StrEnum):
    """What happens at a key date of a contest, in the order of one that goes as usual."""

    REGISTRATION_CLOSES = "registration_closes"
    DEPOSIT_OPENS = "deposit_opens"
    DEPOSIT_CLOSES = "deposit_closes"
    JURY = "jury"
    RESULTS = "results"
    EXHIBITION = "exhibition"


def contest_milestones(
    calendar: ContestCalendar, exhibition: tuple[date, date] | None, now: datetime
) -> tuple[Milestone, ...]:
    """The key dates of a contest as they look at `now`, the earliest first; known ones only."""
    instants = {
        ContestDate.REGISTRATION_CLOSES: calendar.registration_closes_at,
        ContestDate.DEPOSIT_OPENS: calendar.deposit_opens_at,
        ContestDate.DEPOSIT_CLOSES: calendar.deposit_closes_at,
        ContestDate.RESULTS: calendar.results_at,
    }
    found = [milestone_at(kind, at, now) for kind, at in instants.items() if at is not None]
    if calendar.jury_on is not None:
        found.append(milestone_over(ContestDate.JURY, calendar.jury_on, calendar.jury_on, now))
    if exhibition is not None:
        found.append(milestone_over(ContestDate.EXHIBITION, *exhibition, now))
    return in_order(found)
