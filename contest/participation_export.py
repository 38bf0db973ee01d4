"""The participation in a contest as a workbook for the editors of its académie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext as _

from home.spreadsheets import Column, Kind, Sheet, write_workbook

from .participation import Counts, counts_by_department, counts_by_network, lines
from .participation_wording import standing_in_words

if TYPE_CHECKING:
    from .models import ContestPage

COUNTED = ("eligible", "registered", "deposited", "posters_announced", "pupils_announced",
           "posters", "admitted")  # fmt: skip


def write_participation(contest: ContestPage, target: BinaryIO) -> None:
    """Write to `target` the establishments line by line, the registrations, and the counts.

    Holds the names and addresses of contacts: for the editors of the académie only.
    """
    write_workbook(
        target,
        [
            _establishments(contest),
            _registrations(contest),
            _counts(_("By department"), _("Department"), counts_by_department(contest)),
            _counts(_("By network"), _("Network"), counts_by_network(contest)),
        ],
    )


def _establishments(contest: ContestPage) -> Sheet:
    def rows() -> Iterator[tuple[Any, ...]]:
        found: Iterator[Any] = lines(contest).iterator(chunk_size=1000)
        for line in found:
            yield (
                line.uai,
                line.name,
                line.commune,
                line.get_kind_display(),
                line.department.name,
                line.network.name if line.network else "",
                standing_in_words(line),
                line.posters_announced,
                line.pupils_announced,
                line.deposited,
                line.admitted,
                line.last_deposit,
                line.reminded_at,
            )

    return Sheet(
        _("Establishments"),
        [
            Column(_("UAI"), 11),
            Column(_("Establishment"), 40),
            Column(_("Commune"), 22),
            Column(_("Kind"), 22),
            Column(_("Department"), 20),
            Column(_("Network"), 24),
            Column(_("Participation"), 24),
            Column(_("Posters announced"), 12, Kind.INTEGER),
            Column(_("Pupils announced"), 12, Kind.INTEGER),
            Column(_("Posters handed in"), 12, Kind.INTEGER),
            Column(_("Posters admitted"), 12, Kind.INTEGER),
            Column(_("Last deposit"), 18, Kind.DATE_TIME),
            Column(_("Last reminder"), 18, Kind.DATE_TIME),
        ],
        rows(),
    )


def _registrations(contest: ContestPage) -> Sheet:
    registrations = (
        contest.registrations.select_related("establishment")
        .prefetch_related("categories")
        .order_by("registered_at")
    )
    return Sheet(
        _("Registrations"),
        [
            Column(_("UAI"), 11),
            Column(_("Establishment"), 40),
            Column(_("Contact"), 26),
            Column(_("E-mail"), 30),
            Column(_("Telephone"), 16),
            Column(_("Categories"), 28),
            Column(_("Posters"), 10, Kind.INTEGER),
            Column(_("Pupils"), 10, Kind.INTEGER),
            Column(_("Debate held in class"), 60),
            Column(_("Registered on"), 18, Kind.DATE_TIME),
            Column(_("Cancelled on"), 18, Kind.DATE_TIME),
        ],
        (
            (
                one.establishment.uai,
                str(one.establishment),
                one.contact_name,
                one.contact_email,
                one.contact_phone,
                ", ".join(str(category) for category in one.categories.all()),
                one.posters_expected,
                one.pupils_expected,
                one.debate,
                one.registered_at,
                one.cancelled_at,
            )
            for one in registrations
        ),
    )


def _counts(title: str, label: str, counts: list[Counts]) -> Sheet:
    return Sheet(
        title,
        [
            Column(label, 30),
            Column(_("Establishments concerned"), 16, Kind.INTEGER),
            Column(_("Have registered"), 12, Kind.INTEGER),
            Column(_("Have handed in"), 12, Kind.INTEGER),
            Column(_("Posters announced"), 12, Kind.INTEGER),
            Column(_("Pupils announced"), 12, Kind.INTEGER),
            Column(_("Posters handed in"), 12, Kind.INTEGER),
            Column(_("Posters admitted"), 12, Kind.INTEGER),
        ],
        ((one.label or _("None"), *(getattr(one, name) for name in COUNTED)) for one in counts),
    )
