"""The figures of a dashboard for spreadsheets, with what they mean; the list of establishments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext as _

from campaigns.answer_reminders import last_reminders
from campaigns.wording import instant_in_words
from home.spreadsheets import Column, Kind, Sheet, write_workbook

from .answers import Given, Narrowing, answers_given, listed
from .breakdowns import kind_label
from .wording import scope_in_words

if TYPE_CHECKING:
    from campaigns.models import CampaignPage

    from .dashboard import Dashboard
    from .figure import Figure
    from .numbers import Numbers
    from .scope import Scope

BATCH = 500


def write_figures(
    target: BinaryIO, figures: Sequence[Figure], dashboard: Dashboard, numbers: Numbers
) -> None:
    """Write `figures` to `target`, a sheet each, then what they mean."""
    told = [(figure.title, figure.definition) for figure in figures]
    write_workbook(
        target,
        [*(_sheet(figure) for figure in figures), _about(numbers, dashboard, told)],
    )


def _sheet(figure: Figure) -> Sheet:
    first, *others = figure.columns
    has_days = any(row.day for row in figure.rows)
    return Sheet(
        figure.title,
        [
            Column(first, 34, Kind.DATE if has_days else Kind.TEXT),
            *(Column(label, 20, Kind.INTEGER) for label in others),
        ],
        ([row.day or row.label, *(_plain(cell) for cell in row.cells)] for row in figure.rows),
    )


def _plain(cell: int | str | None) -> int | str:
    return "" if cell is None else cell


def _about(numbers: Numbers, dashboard: Dashboard, told: list[tuple[str, str]]) -> Sheet:
    rows: list[tuple[Any, Any]] = [
        (_("Edition"), numbers.edition.title),
        (_("Scope"), scope_in_words(numbers.scope)),
        (_("Date of the figures"), instant_in_words(numbers.now)),
    ]
    if numbers.previous:
        rows.append((_("Compared with"), f"{numbers.previous.title}, {dashboard.compared_at}"))
    rows += [(one.label, one.definition) for one in dashboard.key_numbers]
    return Sheet(
        _("Definitions"), [Column(_("What"), 34), Column(_("Definition"), 110)], [*rows, *told]
    )


def write_schools(
    target: BinaryIO, scope: Scope, edition: CampaignPage, asked: Narrowing, now: datetime
) -> None:
    """Write the establishments that `asked` keeps; mailboxes only for who may remind them."""
    columns = [
        Column(_("UAI"), 11),
        Column(_("Establishment"), 40),
        Column(_("Commune"), 22),
        Column(_("Kind"), 28),
        Column(_("Department"), 22),
        Column(_("Network"), 26),
        Column(
            _("Fiches handed in") if scope.sees_progress else _("Public fiches"), 12, Kind.INTEGER
        ),
        Column(_("Takes part in fiches of others"), 14, Kind.INTEGER),
    ]
    if scope.sees_progress:
        columns += [
            Column(_("Public fiches"), 12, Kind.INTEGER),
            Column(_("Last reminder"), 18, Kind.DATE_TIME),
            Column(_("Mailbox"), 32),
        ]
    write_workbook(
        target, [Sheet(_("Establishments"), columns, _schools(scope, edition, asked, now))]
    )


def _schools(
    scope: Scope, edition: CampaignPage, asked: Narrowing, now: datetime
) -> Iterator[list[Any]]:
    answers = answers_given(scope, edition, now)
    rows = list(listed(scope, asked, answers))
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        reminded = last_reminders(edition, [row.pk for row in part]) if scope.may_remind else {}
        for school in part:
            given = answers.get(school.pk, Given())
            cells: list[Any] = [
                school.uai,
                school.name,
                school.commune,
                kind_label(school.kind),
                school.department.name,
                school.network.name if school.network else "",
                given.carried,
                given.takes_part,
            ]
            if scope.sees_progress:
                cells += [given.public, reminded.get(school.pk), school.mailbox]
            yield cells
