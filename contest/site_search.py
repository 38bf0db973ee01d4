"""The public posters in the search of the whole site."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Window
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Site

from home.search import SEARCH_HOOK, Found, Section

from .gallery_search import holding, results_are_out
from .jury.results import laurels_among
from .models import Poster
from .models.gallery_routes import GALLERY

READ = (
    "number",
    "title",
    "statement",
    "establishment__name",
    "establishment__commune",
    "contest__title",
    "contest__url_path",
)


@hooks.register(SEARCH_HOOK)
def find_posters(request: HttpRequest, query: str, limit: int) -> Section | None:
    """The site's public posters that hold every word of `query`, those of the last contest first.

    Establishments are searched, and named, only where the results are out.
    """
    site = Site.find_for_request(request)
    if site is None:
        return None
    now = timezone.now()
    out = results_are_out(now)
    posters = holding(
        Poster.objects.published(now).filter(contest__path__startswith=site.root_page.path),
        query,
        with_establishments=out,
    )
    shown = (
        posters.annotate(
            is_named=ExpressionWrapper(out, output_field=BooleanField()),
            total=Window(Count("pk")),
            in_last_contest=Window(Count("pk"), partition_by="contest"),
        )
        .select_related("establishment", "contest")
        .only(*READ)
        .order_by("-contest", "number")[:limit]
    )
    rows: list[Any] = list(shown)
    total = rows[0].total if rows else 0
    laurels = laurels_among([poster.pk for poster in rows if poster.is_named], now)
    found, galleries = [], set()
    for poster in rows:
        gallery = f"{poster.contest.get_url(request)}{GALLERY}"
        galleries.add(gallery)
        number = _("No. %(number)s") % {"number": poster.number}
        whose = [str(poster.establishment)] if poster.is_named else []
        prizes = [laurel.label for laurel in laurels.get(poster.pk, ())]
        found.append(
            Found(
                title=poster.title,
                url=f"{gallery}{poster.number}/",
                summary=poster.statement,
                detail=" · ".join([number, *prizes, *whose, poster.contest.title]),
            )
        )
    more = ""
    if total > limit and rows[0].in_last_contest == total:
        more = f"{galleries.pop()}?{urlencode({'q': query})}"
    return Section(_("Posters"), found, total=total, more_url=more)
