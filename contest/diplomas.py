"""From a palmarès to the diplomas of its posters: who gets which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format

from home.models import SiteSettings

from .enums import PosterStatus
from .errors import NothingToPrint
from .jury import results
from .models import Laureate, Poster
from .printing.diplomas import Diploma, diplomas_pdf
from .storage import local_copy, private_storage

if TYPE_CHECKING:
    from .models import ContestPage, Result

PICTURE_WIDTH = 1280
"""The widest picture that goes into a diploma: 78 mm at 400 dots per inch."""


def result_to_print(contest: ContestPage) -> Result | None:
    """The palmarès that the organisers print diplomas of: the last decided, even still to come."""
    return results.standing(contest).first()


def result_of_poster(poster: Poster, now: datetime) -> Result | None:
    """The palmarès by which the establishment of `poster` gets its diploma at `now`.

    None where there is none: it is not published, or the poster is not in the contest.
    """
    if poster.status != PosterStatus.ADMITTED or not poster.live:
        return None
    if not Poster.objects.admitted(now).filter(pk=poster.pk).exists():
        return None
    return results.current(poster.contest, now)


def write_diplomas(
    target: IO[bytes],
    posters: Sequence[Poster],
    *,
    contest: ContestPage,
    progress: Callable[[int], None],
) -> tuple[str, ...]:
    """Write a PDF with the diplomas of `posters` to `target`: laureates first, then all others.

    Returns:
        Nothing: all diplomas are made, or none.

    Raises:
        NothingToPrint: no palmarès is decided.
        CannotTypeset: see `diplomas_pdf`.
    """
    result = result_to_print(contest)
    if result is None:
        raise NothingToPrint
    target.write(diplomas_of(result, posters))
    progress(len(posters))
    return ()


def diplomas_of(result: Result, posters: Sequence[Poster]) -> bytes:
    """The PDF of the diplomas of `posters` by `result`: one for each prize, else one of thanks.

    Raises:
        ValueError: there is no poster.
        CannotTypeset: see `diplomas_pdf`.
    """
    laureates = list(Laureate.objects.filter(result=result, poster__in=posters).order_by("order"))
    own = {poster.pk: poster for poster in posters}
    rewarded = {row.poster_id for row in laureates}
    with ExitStack() as stack:
        pictures = {
            f"{poster.pk}.jpg": path
            for poster in posters
            if (path := _picture(poster, stack)) is not None
        }
        diplomas = [
            *(_diploma(own[row.poster_id], pictures, row) for row in laureates),
            *(_diploma(one, pictures) for one in posters if one.pk not in rewarded),
        ]
        return diplomas_pdf(
            diplomas,
            pictures,
            contest=result.contest.title,
            edition=result.contest.edition.title,
            issuer=_issuer(posters),
            published_on=date_format(timezone.localtime(result.published_at), "j F Y"),
        )


def _diploma(poster: Poster, pictures: Iterable[str], row: Laureate | None = None) -> Diploma:
    name = f"{poster.pk}.jpg"
    return Diploma(
        number=poster.number or 0,
        title=poster.title,
        establishment=poster.establishment.name,
        commune=poster.establishment.commune,
        category=poster.category.name if poster.category else "",
        class_label=poster.class_label,
        pupils=poster.pupils,
        prize=row.label if row else "",
        is_shared=row.is_shared if row else False,
        reason=row.reason if row else "",
        picture=name if name in pictures else "",
        alternative=poster.alternative,
    )


def _picture(poster: Poster, stack: ExitStack) -> Path | None:
    """A local copy of the poster's picture, while `stack` is open; None where it has none."""
    if poster.file is None or not poster.alternative.strip():
        return None
    jpegs = [one for one in poster.file.pictures if one.format == "jpeg"]
    fitting = [one for one in jpegs if one.width <= PICTURE_WIDTH] or jpegs
    if not fitting:
        return None
    name = f"{poster.file.folder}/{fitting[-1].name}"
    if not private_storage().exists(name):
        return None
    return stack.enter_context(local_copy(name))


def _issuer(posters: Sequence[Poster]) -> list[str]:
    academy = posters[0].establishment.academy
    if academy.site is None:
        return [academy.service_name]
    return SiteSettings.for_site(academy.site).brand_lines
