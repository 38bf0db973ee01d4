"""What the public sees of a contest's posters: the wall, one poster, the slideshow.

Everything starts from `shown_in`: nothing else may reach a page of the gallery. Before the results
no query of this module depends on whose posters these are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    When,
)

from .gallery_filters import (
    ANY_PRIZE,
    Facet,
    Filters,
    Group,
    Laurel,
    Loosening,
    facets_of,
    known_only,
    loosenings_of,
    number_found,
)
from .gallery_search import holding, holds_words, nobody, with_texts
from .jury.results import Laurels, laurels_of
from .models import Poster

if TYPE_CHECKING:
    from .models import ContestPage
    from .querysets import PosterQuerySet

POSTERS_A_PAGE = 24
"""A multiple of the 2, 3, 4 and 6 columns that the wall has on screens of all sizes."""

_CARD = (
    "number",
    "title",
    "alternative",
    "category__name",
    "establishment__name",
    "establishment__commune",
    "file__token",
    "file__renditions",
    "file__width",
    "file__height",
)


@dataclass(frozen=True)
class Wall:
    """One page of the wall, with the ways to narrow it."""

    filters: Filters
    page: Page[Poster]
    total: int
    facets: list[Facet]
    loosenings: list[Loosening]
    laurels: Laurels

    @property
    def found(self) -> int:
        """How many posters the filters keep."""
        return self.page.paginator.count

    @property
    def has_selects(self) -> bool:
        """Whether there is more to choose from than categories."""
        return any(facet.name != "category" for facet in self.facets)


@dataclass(frozen=True)
class Place:
    """Where a poster stands among those that the filters keep.

    `rank` starts at 1, and is None where the filters leave the poster itself out.
    """

    rank: int | None
    total: int
    previous: int | None
    following: int | None
    wall_page: int


def is_open(contest: ContestPage, now: datetime) -> bool:
    """Whether the contest's pages show posters at `now`."""
    return contest.live and contest.edition.live and contest.gallery_is_open(now)


def shown_in(contest: ContestPage, now: datetime) -> PosterQuerySet:
    """The posters that the contest's pages show at `now`, in the order of their numbers."""
    if not is_open(contest, now):
        return Poster.objects.none()
    return Poster.objects.admitted(now).filter(contest=contest).order_by("number")


def laurels_shown(contest: ContestPage, now: datetime) -> Laurels:
    """The prizes that the contest's pages show at `now`: none before the results."""
    return laurels_of(contest, now) if contest.shows_establishments(now) else {}


def wall_of(contest: ContestPage, filters: Filters, page: str | None, now: datetime) -> Wall:
    """A page of the contest's wall; a page that does not exist gives the nearest one.

    Four queries: one counts everything, one reads the posters, one their prizes, one asks for the
    edition.
    """
    posters = shown_in(contest, now)
    with_establishments = contest.shows_establishments(now)
    laurels = laurels_shown(contest, now)
    groups = _groups(posters, filters, laurels, with_establishments=with_establishments)
    filters = known_only(filters, groups)
    kept = _narrowed(posters, filters, laurels, with_establishments=with_establishments)
    paginator = Paginator(
        kept.select_related("file", "category", "establishment").only(*_CARD), POSTERS_A_PAGE
    )
    found = number_found(groups, filters)
    paginator.count = found  # known already
    return Wall(
        filters=filters,
        page=paginator.get_page(page),
        total=sum(group.count for group in groups),
        facets=facets_of(groups, filters),
        loosenings=[] if found else loosenings_of(groups, filters),
        laurels=laurels,
    )


def poster_shown(contest: ContestPage, number: int, now: datetime) -> Poster | None:
    """The poster of that number, if the gallery shows it.

    It knows as `is_public` whether the world may see it, and not only those who were let in.
    """
    public = Poster.objects.published(now).filter(pk=OuterRef("pk"))
    return (
        shown_in(contest, now)
        .filter(number=number)
        .select_related("file", "category", "establishment")
        .defer("file__examination", "attestation_scope")
        .annotate(is_public=Exists(public))
        .first()
    )


def place_of(
    poster: Poster, contest: ContestPage, filters: Filters, laurels: Laurels, now: datetime
) -> Place:
    """Where a poster that is shown stands among those that `filters` keep; one query."""
    kept = _narrowed(
        shown_in(contest, now),
        filters,
        laurels,
        with_establishments=contest.shows_establishments(now),
    )
    before, after = Q(number__lt=poster.number), Q(number__gt=poster.number)
    found = kept.order_by().aggregate(
        total=Count("pk"),
        before=Count("pk", filter=before),
        itself=Count("pk", filter=Q(pk=poster.pk)),
        previous=Max("number", filter=before),
        following=Min("number", filter=after),
    )
    return Place(
        rank=found["before"] + 1 if found["itself"] else None,
        total=found["total"],
        previous=found["previous"],
        following=found["following"],
        wall_page=found["before"] // POSTERS_A_PAGE + 1,
    )


@dataclass(frozen=True)
class Slide:
    """One poster of the slideshow, and the numbers to go on to, round and round."""

    poster: Poster
    rank: int
    total: int
    previous: int
    following: int
    laurels: tuple[Laurel, ...] = ()


def slide_of(contest: ContestPage, filters: Filters, number: int, now: datetime) -> Slide | None:
    """The poster shown of that number, else the next one, else the first; None without any.

    Asking for one that has been withdrawn meanwhile must not stop a projector. Three queries.
    """
    laurels = laurels_shown(contest, now)
    kept = _narrowed(
        shown_in(contest, now),
        filters,
        laurels,
        with_establishments=contest.shows_establishments(now),
    )
    posters = kept.select_related("file", "category", "establishment").only(*_CARD)
    poster = posters.filter(number__gte=number).first() or posters.first()
    if poster is None or poster.number is None:
        return None
    found = kept.order_by().aggregate(
        total=Count("pk"),
        before=Count("pk", filter=Q(number__lt=poster.number)),
        first=Min("number"),
        last=Max("number"),
        previous=Max("number", filter=Q(number__lt=poster.number)),
        following=Min("number", filter=Q(number__gt=poster.number)),
    )
    return Slide(
        poster=poster,
        rank=found["before"] + 1,
        total=found["total"],
        previous=found["previous"] or found["last"],
        following=found["following"] or found["first"],
        laurels=laurels.get(poster.pk, ()),
    )


def _narrowed(
    posters: PosterQuerySet, filters: Filters, laurels: Laurels, *, with_establishments: bool
) -> PosterQuerySet:
    if filters.words:
        posters = holding(
            posters, filters.words, with_establishments=Q() if with_establishments else nobody()
        )
    if filters.category:
        posters = posters.filter(category=int(filters.category))
    if filters.department and with_establishments:
        posters = posters.filter(establishment__department__code=filters.department)
    if filters.kind and with_establishments:
        posters = posters.filter(establishment__kind=filters.kind)
    if filters.prize:
        posters = posters.filter(pk__in=_having(filters.prize, laurels))
    return posters


def _having(prize: str, laurels: Laurels) -> list[int]:
    """The posters that have `prize`, as a filter names it."""
    return [
        poster
        for poster, won in laurels.items()
        if prize == ANY_PRIZE or prize in {one.key for one in won}
    ]


def _groups(
    posters: PosterQuerySet, filters: Filters, laurels: Laurels, *, with_establishments: bool
) -> list[Group]:
    """All that the facets count, in one query, words apart from the rest; each laureate alone."""
    columns = {
        "laureate": "laurels",
        "category_id": "category",
        "category__name": "category_name",
        "category__sort_order": "category_order",
    }
    if with_establishments:
        columns |= {
            "establishment__department__code": "department",
            "establishment__department__name": "department_name",
            "establishment__kind": "kind",
        }
    allowed = Q() if with_establishments else nobody()
    condition = holds_words(filters.words, allowed) if filters.words else None
    rows = (
        with_texts(posters)
        .order_by()
        .annotate(
            laureate=Case(
                When(pk__in=list(laurels), then=F("pk")),
                default=None,
                output_field=IntegerField(),
            )
        )
        .values(*columns)
        .annotate(count=Count("pk"), found=Count("pk", filter=condition))
    )
    groups = []
    for row in rows:
        values = {name: row[column] for column, name in columns.items()}
        values["category"] = str(values["category"] or "")
        values["category_name"] = values["category_name"] or ""
        values["category_order"] = values["category_order"] or 0
        values["laurels"] = laurels.get(values["laurels"], ())
        groups.append(Group(**values, count=row["count"], found=row["found"]))
    return groups
