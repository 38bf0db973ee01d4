"""Prepare the next edition from this one: a copy with its dates moved, all of it in draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.editions import ensure_catalogue
from campaigns.models import CampaignPage
from campaigns.school_year import contains, following

if TYPE_CHECKING:
    from accounts.models import User

WEEKS_BETWEEN_EDITIONS = 52
"""The default: the same weekday, and nearly the same day, of the following year."""

FURTHEST = timedelta(weeks=5 * WEEKS_BETWEEN_EDITIONS + 1)


@runtime_checkable
class Dated(Protocol):
    """A page that holds dates or links of one edition."""

    def values_for_next_edition(self, days: int) -> dict[str, Any]:
        """What a copy holds instead, dates being moved by `days`."""


@dataclass(frozen=True)
class NextEdition:
    """What an editor decides about the next edition; everything else follows."""

    title: str
    slug: str
    school_year: str
    edition: int | None
    week_first_day: date
    theme: str = ""


@dataclass(frozen=True)
class MovedDate:
    """One date of one page, before and after."""

    page: str
    label: str
    before: date | datetime
    after: date | datetime


def proposal(source: CampaignPage) -> NextEdition:
    """What to propose for the edition after `source`."""
    first = source.week_first_day + timedelta(weeks=WEEKS_BETWEEN_EDITIONS)
    this_year, next_year = str(source.week_first_day.year), str(first.year)
    renamed = source.title.replace(this_year, next_year)
    return NextEdition(
        title=renamed if renamed != source.title else f"{source.title} {next_year}",
        slug=source.slug.replace(this_year, next_year) if this_year in source.slug else next_year,
        school_year=following(source.school_year),
        edition=source.edition + 1 if source.edition else None,
        week_first_day=first,
    )


def moved_dates(source: CampaignPage, first_day: date) -> list[MovedDate]:
    """Every date that changes when the week starts on `first_day`, the edition's own first."""
    days = (first_day - source.week_first_day).days
    moved = []
    for page in source.get_descendants(inclusive=True).specific():
        for name, after in _values_for_next_edition(page, days).items():
            before = getattr(page, name)
            if isinstance(before, date) and isinstance(after, date):
                label = str(page._meta.get_field(name).verbose_name)
                moved.append(MovedDate(page.title, label, before, after))
    return moved


def _values_for_next_edition(page: Page, days: int) -> dict[str, Any]:
    """What `page` says its copy holds; nothing where it holds no date."""
    return page.values_for_next_edition(days) if isinstance(page, Dated) else {}


def first_day_problem(source: CampaignPage, first_day: date) -> str:
    """What forbids a week that starts on `first_day`; empty when nothing does."""
    if first_day <= source.week_first_day:
        return _("The next edition comes after this one.")
    if first_day > source.week_first_day + FURTHEST:
        return _("The next edition is at most five years after this one.")
    return ""


def problems(source: CampaignPage, plan: NextEdition) -> dict[str, str]:
    """What forbids `plan`, by the name of its field."""
    found = {}
    too_soon_or_late = first_day_problem(source, plan.week_first_day)
    if too_soon_or_late:
        found["week_first_day"] = too_soon_or_late
    elif not contains(plan.school_year, plan.week_first_day):
        found["school_year"] = _("The week is not in this school year.")
    if not Page._slug_is_available(plan.slug, source.get_parent()):
        found["slug"] = _("A page has this address already.")
    return found


@transaction.atomic
def prepare_next_edition(source: CampaignPage, plan: NextEdition, *, by: User) -> CampaignPage:
    """Copy `source` and the pages below it as drafts, with the dates of `plan`.

    Fiches are not pages and stay with their edition. What belongs to one year only (theme, patron,
    letter, links to register or to watch again) is left empty, scheduled publishing and locks are
    removed, and nothing is public until an editor publishes it.

    Raises:
        PermissionDenied: `by` may not add an edition beside `source`.
        ValidationError: the plan cannot be; keys are the names of its fields.
    """
    # One at a time for a site: a form sent twice finds the address of the first copy taken.
    parent = Page.objects.select_for_update().get(pk=source.get_parent().pk).specific
    if not source.permissions_for_user(by).can_copy_to(parent, recursive=True):
        raise PermissionDenied
    found = problems(source, plan)
    if found:
        raise ValidationError(found)
    days = (plan.week_first_day - source.week_first_day).days
    edition = _copy_tree(
        source,
        parent,
        days,
        by,
        title=plan.title,
        slug=plan.slug,
        school_year=plan.school_year,
        edition=plan.edition,
        theme=plan.theme,
    )
    ensure_catalogue(edition, by=by)
    return edition


def _copy_tree(page: Page, parent: Page, days: int, by: User, **values: Any) -> Any:
    """Copy `page` below `parent`, then its children below the copy.

    Page by page rather than with Wagtail's recursive copy, which takes new values for the topmost
    page only: so each copy has one revision, and that one holds the new dates.
    """
    copy = page.copy(
        to=parent,
        update_attrs={
            "draft_title": values.get("title", page.title),
            "go_live_at": None,
            "expire_at": None,
            "expired": False,
            "locked": False,
            "locked_at": None,
            "locked_by": None,
            **_values_for_next_edition(page, days),
            **values,
        },
        copy_revisions=False,
        keep_live=False,
        user=by,
    )
    for child in page.get_children().specific():
        _copy_tree(child, copy, days, by)
    return copy
