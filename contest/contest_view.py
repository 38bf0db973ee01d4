"""What the public page of a contest shows at a given instant, in a constant number of queries."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from campaigns.phases import local_day

from .enums import Shape
from .invitation import Invitation, contest_milestones, invitation
from .models import Round
from .models.gallery_routes import GALLERY
from .models.result_routes import RESULTS
from .vocabulary import formats_in_words, kinds_in_words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import ContestPage


def contest_context(contest: ContestPage, request: HttpRequest) -> dict[str, Any]:
    """The values of the template `contest/contest_page.html`."""
    now = timezone.now()
    criteria = list(contest.criteria.all())
    return {
        "invitation": invitation_of(contest, now),
        "milestones": contest_milestones(contest.calendar, exhibition_of(contest), now),
        "categories": [
            {"name": row.name, "kinds": kinds_in_words(row.kinds)}
            for row in contest.categories.all()
        ],
        "criteria": criteria,
        "scale": common(criterion.scale for criterion in criteria),
        "weights_differ": common(criterion.weight for criterion in criteria) is None,
        "prizes": list(contest.prizes.all()),
        "formats": formats_in_words(contest.formats),
        "tolerance": tolerance_in_words(contest),
        "exhibition": exhibition_of(contest),
        "gallery_url": gallery_url(contest, request, now),
        "results_url": results_url(contest, request, now),
        "results_to_come": contest.calendar.results_to_come(now),
        "jury_rounds": rounds_announced(contest),
    }


def rounds_announced(contest: ContestPage) -> list[Round]:
    """The rounds of the jury whose rules are fixed, in order; none of a page not saved yet."""
    if contest.pk is None:
        return []
    return list(
        Round.objects.filter(category__contest=contest, assigned_at__isnull=False)
        .select_related("category")
        .order_by("category__sort_order", "category", "sequence")
    )


def invitation_of(contest: ContestPage, now: datetime) -> Invitation:
    """The one thing to do in `contest` at `now`."""
    return invitation(
        contest.calendar,
        contest.registration,
        shows_posters=local_day(now) <= contest.authorisations_end_on,
        now=now,
    )


def gallery_url(contest: ContestPage, request: HttpRequest | None, now: datetime) -> str:
    """Where the gallery is; empty while the public sees none."""
    return f"{contest.get_url(request)}{GALLERY}" if contest.gallery_is_open(now) else ""


def results_url(contest: ContestPage, request: HttpRequest | None, now: datetime) -> str:
    """Where the palmarès is; empty while none is public. No query beside that for the jury."""
    jury = getattr(contest, "jury", None)
    if jury is None or jury.released_at is None or jury.released_at > now:
        return ""
    return f"{contest.get_url(request)}{RESULTS}"


def exhibition_of(contest: ContestPage) -> tuple[date, date] | None:
    """The first and last day of the exhibition, the same where it lasts one; None without one."""
    first = contest.exhibition_first_day
    return None if first is None else (first, contest.exhibition_last_day or first)


def tolerance_in_words(contest: ContestPage) -> str:
    """How far from its shape a poster may be, as "2 %"; empty where any shape will do."""
    if contest.shape == Shape.FREE or not contest.ratio_tolerance:
        return ""
    return f"{contest.ratio_tolerance}\N{NARROW NO-BREAK SPACE}%"


def common(values: Any) -> int | None:
    """The value that all of `values` share; None where they differ or there is none."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None
