"""What a new contest starts with: values seen in comparable school contests, dates of its edition.

Sources: the usual categories by level, five criteria graded out of 5, prizes shared *ex æquo* and a
favourite of the jury (contests of Limoges, Bordeaux, Dijon and Versailles); the calendar of the
Normandie letter of 2023.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.phases import PARIS, local_day
from contest.enums import PrizeKind
from establishments.enums import STAGE_OF_KIND, Kind, Stage

if TYPE_CHECKING:
    from campaigns.models import CampaignPage
    from contest.models import Category, ContestPage, Criterion, Prize

DEPOSIT_CLOSES_BEFORE = timedelta(days=14)
JURY_MEETS_BEFORE = timedelta(days=7)
"""Before the first day of the week."""

END_OF_DAY = time(23, 59, 59)
NOON = time(12)


@dataclass(frozen=True)
class DefaultDates:
    """The dates proposed for a contest; they always are in order."""

    registration_closes_at: datetime | None
    deposit_opens_at: datetime
    deposit_closes_at: datetime
    jury_on: date
    results_at: datetime
    exhibition_first_day: date
    exhibition_last_day: date


def default_dates(
    *, call_opens_at: datetime, call_closes_at: datetime, first_day: date, last_day: date
) -> DefaultDates:
    """The dates that follow from those of an edition. Pure; instants are aware.

    Args:
        call_opens_at: the deposit opens with the call.
        call_closes_at: registrations close with the call, which needs no date of their own unless
            the call lasts longer than the deposit.
        first_day: of the week; the deposit closes two weeks before, the jury meets one week before.
        last_day: of the week: the day of the results. The exhibition lasts as long as the week.
    """
    closes = datetime.combine(first_day - DEPOSIT_CLOSES_BEFORE, END_OF_DAY, tzinfo=PARIS)
    if closes <= call_opens_at:  # A call that opens late: the deposit lasts as long.
        closes = call_closes_at
    jury = max(first_day - JURY_MEETS_BEFORE, local_day(closes))
    results = datetime.combine(max(last_day, jury), NOON, tzinfo=PARIS)
    if results <= closes:
        results = datetime.combine(local_day(closes) + timedelta(days=1), NOON, tzinfo=PARIS)
    return DefaultDates(
        registration_closes_at=closes if call_closes_at > closes else None,
        deposit_opens_at=call_opens_at,
        deposit_closes_at=closes,
        jury_on=jury,
        results_at=results,
        exhibition_first_day=first_day,
        exhibition_last_day=last_day,
    )


def fill_in(contest: ContestPage, edition: CampaignPage) -> None:
    """Give `contest`, a new page in memory, its title, address, dates and rows; in French."""
    from contest.models.contest_page import CONTEST_SLUG

    dates = default_dates(
        call_opens_at=edition.call_opens_at,
        call_closes_at=edition.call_closes_at,
        first_day=edition.week_first_day,
        last_day=edition.week_last_day,
    )
    for name, value in vars(dates).items():
        setattr(contest, name, value)
    with override("fr"):
        contest.title = _("Poster contest")
        contest.slug = CONTEST_SLUG
        contest.categories = default_categories()
        contest.criteria = default_criteria()
        contest.prizes = default_prizes()


def default_categories() -> list[Category]:
    """One category a level of schooling; those that belong to none choose when asked."""
    from contest.models import Category

    kinds: dict[Stage, list[str]] = {stage: [] for stage in Stage}
    for kind in Kind:
        if kind in STAGE_OF_KIND:
            kinds[STAGE_OF_KIND[kind]].append(kind.value)
    names = {
        Stage.PRIMARY: _("Primary schools"),
        Stage.LOWER_SECONDARY: _("Collèges"),
        Stage.UPPER_SECONDARY: _("Lycées and apprentice training"),
    }
    return [
        Category(name=name, kinds=kinds[stage], sort_order=order)
        for order, (stage, name) in enumerate(names.items())
    ]


def default_criteria() -> list[Criterion]:
    """Five criteria of the same weight, out of 5."""
    from contest.models import Criterion

    rows = [
        (_("Respect of the theme"), _("The poster deals with the theme of the contest.")),
        (_("Originality"), _("It finds its own way to say it.")),
        (_("A message that is read at once"), _("It is understood from three metres away.")),
        (_("Graphic quality"), _("Composition, colours and letters serve the message.")),
        (_("Work of a group"), _("The statement tells how pupils debated and made it together.")),
    ]
    return [
        Criterion(label=label, help_text=help_text, sort_order=order)
        for order, (label, help_text) in enumerate(rows)
    ]


def default_prizes() -> list[Prize]:
    """One prize a category, a special one and the jury's favourite."""
    from contest.models import Prize

    rows = [
        (_("Prize of the category"), PrizeKind.CATEGORY),
        (_("Special prize of the jury"), PrizeKind.SPECIAL),
        (_("The jury’s favourite"), PrizeKind.FAVOURITE),
    ]
    return [
        Prize(label=label, kind=kind, sort_order=order) for order, (label, kind) in enumerate(rows)
    ]
