"""Which dates a contest cannot have. Pure values: no ORM, no request, no clock."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from campaigns.phases import local_day, shifted

if TYPE_CHECKING:
    from django.utils.functional import Promise

Problems = dict[str, "Promise"]
"""What is wrong, by the name of the field beside which it is told."""


@dataclass(frozen=True)
class ContestDates:
    """The dates that editors type; None where they have left one out. Instants are aware."""

    has_registration: bool
    registration_closes_at: datetime | None
    deposit_opens_at: datetime | None
    deposit_closes_at: datetime | None
    jury_on: date | None
    results_at: datetime | None
    exhibition_first_day: date | None
    exhibition_last_day: date | None
    rights_expire_on: date | None

    def moved(self, days: int) -> dict[str, date | datetime | None]:
        """Every date by its name, moved by whole days on the clocks of Paris."""
        moved: dict[str, date | datetime | None] = {}
        for name in DATE_FIELDS:
            value = getattr(self, name)
            if isinstance(value, datetime):
                moved[name] = shifted(value, days)
            else:
                moved[name] = None if value is None else value + timedelta(days=days)
        return moved


DATE_FIELDS = tuple(one.name for one in fields(ContestDates) if one.name != "has_registration")
"""The names of the dates, which are those of the fields of a contest's page."""


def problems_of_dates(dates: ContestDates) -> Problems:
    """What is wrong with the dates as they stand, whatever the edition."""
    found = {
        **_problems_of_deposit(dates),
        **_problems_of_jury_and_results(dates),
        **_problems_of_exhibition(dates),
    }
    if dates.rights_expire_on is not None and dates.rights_expire_on < _shown_until(dates):
        found["rights_expire_on"] = _(
            "The posters would leave the site before the results or before the exhibition is over."
        )
    return found


def problems_with_edition(
    dates: ContestDates, *, call_closes_at: datetime | None, rights_end_on: date | None
) -> Problems:
    """What is wrong with dates left empty, once the edition stands in for them.

    Args:
        call_closes_at: the edition's, when registrations close unless the contest says otherwise.
        rights_end_on: when authorisations end unless the contest says otherwise.
    """
    found: Problems = {}
    closes = dates.deposit_closes_at
    if (
        dates.has_registration
        and dates.registration_closes_at is None
        and call_closes_at is not None
        and closes is not None
        and call_closes_at > closes
        and not _problems_of_deposit(dates)
    ):
        found["registration_closes_at"] = _(
            "The edition’s call closes after the deposit: say here when registrations close."
        )
    if (
        dates.rights_expire_on is None
        and rights_end_on is not None
        and rights_end_on < _shown_until(dates)
    ):
        found["rights_expire_on"] = _(
            "Left empty, the authorisations would end before the results or before the exhibition "
            "is over: give a later date."
        )
    return found


def _problems_of_deposit(dates: ContestDates) -> Problems:
    opens, closes = dates.deposit_opens_at, dates.deposit_closes_at
    if opens is None or closes is None:
        return {}
    if closes <= opens:
        return {"deposit_closes_at": _("The deposit must close after it opens.")}
    registration = dates.registration_closes_at
    if dates.has_registration and registration is not None and registration > closes:
        return {
            "registration_closes_at": _("Registrations must close before the deposit, or with it.")
        }
    return {}


def _problems_of_jury_and_results(dates: ContestDates) -> Problems:
    found: Problems = {}
    closes, jury, results = dates.deposit_closes_at, dates.jury_on, dates.results_at
    if closes is not None and jury is not None and jury < local_day(closes):
        found["jury_on"] = _("The jury cannot meet before the deposit has closed.")
    if results is None:
        return found
    if jury is not None and local_day(results) < jury:
        found["results_at"] = _("The results cannot come before the jury meets.")
    elif closes is not None and results <= closes:
        found["results_at"] = _("The results cannot come before the deposit has closed.")
    return found


def _problems_of_exhibition(dates: ContestDates) -> Problems:
    first, last = dates.exhibition_first_day, dates.exhibition_last_day
    if last is None:
        return {}
    if first is None:
        return {"exhibition_first_day": _("Say when the exhibition opens, too.")}
    if last < first:
        return {"exhibition_last_day": _("The exhibition must end on or after its first day.")}
    return {}


def _shown_until(dates: ContestDates) -> date:
    """The last day known on which posters are shown."""
    known = [dates.exhibition_first_day, dates.exhibition_last_day]
    known += [local_day(one) for one in (dates.results_at, dates.deposit_closes_at) if one]
    return max((day for day in known if day is not None), default=date.min)
