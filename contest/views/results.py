"""The palmarès for everybody, and the archive to check it with, below the contest’s address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from contest.gallery_filters import prize_key
from contest.jury import results
from contest.jury.explaining import rules_told
from contest.models.gallery_routes import GALLERY
from contest.models.result_routes import ARCHIVE, RESULTS, version_address, version_archive

from .gallery import results_to_come, shared_picture, short_alternative

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from contest.models import ContestPage, Laureate, Poster, Result

PODIUM_SIZES = "(min-width: 78em) 22rem, (min-width: 48em) 30vw, calc(100vw - 3rem)"
"""How wide a laureate's picture is shown; in step with `palmares.css`."""


@dataclass(frozen=True)
class Honour:
    """A prize and its poster, with the address of the poster's page.

    Once authorisations have ended (`is_shown`) there is neither, and nothing of the pupils.
    """

    label: str
    key: str
    rank: int | None
    is_shared: bool
    reason: str
    reward: str
    poster: Poster
    address: str
    alternative: str
    is_first: bool
    is_shown: bool


@dataclass(frozen=True)
class Podium:
    """The prizes of a category, or those of all categories together where it has no name."""

    name: str
    key: str
    honours: list[Honour]


def palmares(
    request: HttpRequest, contest: ContestPage, version: int | None = None
) -> HttpResponse:
    """The palmarès that counts, or one version of it; when it comes, where it is not out.

    Raises:
        Http404: the edition is not published, or no such version is public.
    """
    now = timezone.now()
    if not contest.edition.live:
        raise Http404("The edition is not published")
    versions = list(results.published(contest, now))
    base = contest.get_url(request) or ""
    address = f"{contest.get_full_url(request)}{RESULTS}"
    context: dict[str, Any] = {"page": contest, "base": base, "address": address}
    if not versions and version is None:
        context["results_at"] = results_to_come(contest, now)
        context["gallery"] = f"{base}{GALLERY}" if contest.gallery_is_open(now) else ""
        return TemplateResponse(request, "contest/results/closed.html", context)
    result = _chosen(versions, version)
    laureates = results.laureates_of(result, now)
    podiums = podiums_of(laureates, f"{base}{GALLERY}")
    is_current = result.pk == versions[0].pk
    context |= {
        "result": result,
        "is_current": is_current,
        "current": versions[0],
        "others": [(one, f"{base}{version_address(one.version)}") for one in versions[1:]],
        "palmares": f"{base}{RESULTS}",
        "gallery": f"{base}{GALLERY}",
        "archive": f"{base}{archive_address(result, is_current=is_current)}",
        "podiums": [one for one in podiums if one.name],
        "special": next((one for one in podiums if not one.name), None),
        "rules": rules_told(result),
        "size": _size_of(result),
        "sizes": PODIUM_SIZES,
        "title": contest.title,
        "social_image": _picture_to_share(request, contest, laureates, now),
    }
    return TemplateResponse(request, "contest/results/palmares.html", context)


def podiums_of(laureates: Iterable[Laureate], gallery: str) -> list[Podium]:
    """`laureates` by category, in their order; `gallery` is the address of the gallery."""
    podiums: dict[int | None, Podium] = {}
    for row in laureates:
        name = row.category.name if row.category else ""
        podium = podiums.setdefault(
            row.category_id, Podium(name, f"categorie-{row.category_id or 'toutes'}", [])
        )
        is_first = not any(one.honours for one in podiums.values())
        podium.honours.append(
            Honour(
                label=row.label,
                key=prize_key(row.label),
                rank=row.rank,
                is_shared=row.is_shared,
                reason=row.reason,
                reward=row.prize.reward if row.prize else "",
                poster=row.poster,
                address=f"{gallery}{row.poster.number}/",
                alternative=short_alternative(row.poster),
                is_first=is_first,
                is_shown=getattr(row, "is_shown", True),
            )
        )
    return list(podiums.values())


def archive(
    request: HttpRequest, contest: ContestPage, version: int | None = None
) -> HttpResponseBase:
    """The archive of the palmarès that counts, or of one version; it says what it is by its ETag.

    Caches may keep it but have to ask each time: the next version has the same address.

    Raises:
        Http404: the edition is not published, no such version is public, or its file is lost.
    """
    now = timezone.now()
    if not contest.edition.live:
        raise Http404("The edition is not published")
    result = _chosen(list(results.published(contest, now)), version)
    etag = f'"{result.fingerprint}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _content(request, contest, result)
    response["ETag"] = etag
    is_private = contest.get_view_restrictions().exists()
    response["Cache-Control"] = "private, no-cache" if is_private else "public, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def archive_name(contest: ContestPage, result: Result, kind: str = "palmares") -> str:
    """What the browser calls an archive: "palmares-2023-version-1.zip"."""
    return f"{kind}-{contest.edition.slug}-version-{result.version}.zip"


def archive_address(result: Result, *, is_current: bool) -> str:
    """Where the archive of `result` is, below its contest."""
    return ARCHIVE if is_current else version_archive(result.version)


def _content(request: HttpRequest, contest: ContestPage, result: Result) -> HttpResponseBase:
    name = archive_name(contest, result)
    try:
        if request.method == "HEAD":
            headers = {
                "Content-Length": str(result.public.size),
                "Content-Disposition": content_disposition_header(True, name) or "",
            }
            return HttpResponse(content_type="application/zip", headers=headers)
        return FileResponse(
            result.public.open("rb"),
            as_attachment=True,
            filename=name,
            content_type="application/zip",
        )
    except FileNotFoundError as error:
        raise Http404("The archive is lost") from error


def _size_of(result: Result) -> int:
    try:
        return int(result.public.size)
    except FileNotFoundError:
        return 0


def _chosen(versions: list[Result], version: int | None) -> Result:
    if version is None and versions:
        return versions[0]
    for one in versions:
        if one.version == version:
            return one
    raise Http404("No such palmarès is public")


def _picture_to_share(
    request: HttpRequest, contest: ContestPage, laureates: list[Laureate], now: datetime
) -> Any:
    """The first laureate's, where everybody may see it."""
    shown = [row for row in laureates if getattr(row, "is_shown", False)]
    if not shown or contest.get_view_restrictions().exists():
        return None
    poster: Any = shown[0].poster
    poster.is_public = contest.live and contest.gallery_is_open(now)
    return shared_picture(request, poster)
