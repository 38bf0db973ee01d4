"""What takes place as an iCalendar file (RFC 5545), piece by piece. No ORM, no request, no clock.

Hours are on the clocks of Paris, with the rule of those clocks inside, so that a calendar abroad
shows them right. What has no hour is a whole day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDDDTypes, vRecur

from .phases import PARIS

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Persévérance//Semaine de la persévérance scolaire//FR"
END: Final = b"END:VCALENDAR\r\n"
LAST_DAY: Final = date.max - timedelta(days=1)
"""After which there is no day: a whole day ends where the next begins."""
ASK_AGAIN: Final = timedelta(hours=6)
"""How long a calendar that follows the address may wait before it asks again."""


@dataclass(frozen=True)
class Appointment:
    """One entry of a calendar.

    Args:
        uid: the same for ever, whatever changes, and no other entry's anywhere.
        first: its first day, `last` its last; hours count for one day only.
        modified_at: when its present version was published; an aware instant.
        sequence: grows with each published version.
        address: the page that tells more, in full.
    """

    uid: str
    title: str
    first: date
    last: date
    modified_at: datetime
    sequence: int
    address: str
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    description: str = ""


def pieces(name: str, appointments: Iterable[Appointment]) -> Iterator[bytes]:
    """A calendar called `name`, one piece for its head, one for each appointment, one for its end.

    Written as it is read, so that memory does not grow with the number of appointments.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _clean(name))
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("x-wr-timezone", PARIS.key)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDDDTypes(ASK_AGAIN))
    calendar.add_component(_clocks_of_paris())
    yield calendar.to_ical().removesuffix(END)
    for appointment in appointments:
        yield _event(appointment).to_ical()
    yield END


def _event(appointment: Appointment) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    # Without a method, the stamp of an entry is that of its version.
    event.add("dtstamp", appointment.modified_at.astimezone(UTC))
    event.add("last-modified", appointment.modified_at.astimezone(UTC))
    event.add("sequence", appointment.sequence)
    event.add("summary", _clean(appointment.title))
    _add_times(event, appointment)
    if appointment.place:
        event.add("location", _clean(appointment.place))
    if appointment.description:
        event.add("description", _clean(appointment.description))
    event.add("url", appointment.address)
    return event


def _add_times(event: Event, appointment: Appointment) -> None:
    first, starts, ends = appointment.first, appointment.starts_at, appointment.ends_at
    if starts is None or appointment.last > first:
        event.add("dtstart", min(first, LAST_DAY))
        last = min(appointment.last, LAST_DAY)
        event.add("dtend", last + timedelta(days=1))  # the day after, which is excluded
        event.add("transp", "TRANSPARENT")  # nobody is busy all day because of it
        return
    event.add("dtstart", datetime.combine(first, starts, tzinfo=PARIS))
    if ends is not None and ends > starts:
        event.add("dtend", datetime.combine(first, ends, tzinfo=PARIS))


def _clean(text: str) -> str:
    """`text` without what no calendar may hold: control characters, other ends of lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable() or sign.isspace())


def _clocks_of_paris() -> Timezone:
    """The rule of the clocks: an hour more between the last Sundays of March and of October."""
    zone = Timezone()
    zone.add("tzid", PARIS.key)
    for part, name, since, before, after, month in (
        (TimezoneDaylight(), "CEST", "1981-03-29T02:00", 1, 2, 3),
        (TimezoneStandard(), "CET", "1996-10-27T03:00", 2, 1, 10),
    ):
        part.add("tzname", name)
        part.add("dtstart", datetime.fromisoformat(since))  # on the clocks before the change
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        zone.add_component(part)
    return zone
