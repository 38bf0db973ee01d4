"""From admitted posters to a file for the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import IO, TYPE_CHECKING

from django.utils import timezone

from establishments.mailing import address_on
from home.typesetting.typeset import CannotTypeset

from .models.poster_file import MASTER
from .printing.labels import Label, labels_pdf
from .printing.sheets import a3_pdf, posters_zip, sheet_name
from .storage import local_copy

if TYPE_CHECKING:
    from .models import ContestPage, Poster


def write_labels(
    target: IO[bytes],
    posters: Sequence[Poster],
    *,
    contest: ContestPage,
    progress: Callable[[int], None],
) -> tuple[str, ...]:
    """Write a PDF with the label of each of `posters`, at least one, to `target`.

    Returns:
        Nothing: all labels are made, or none.

    Raises:
        CannotTypeset: see `labels_pdf`.
    """
    labels = [label_of(poster, contest) for poster in posters]
    target.write(labels_pdf(labels, contest=contest.title, edition=contest.edition.title))
    progress(len(labels))
    return ()


def label_of(poster: Poster, contest: ContestPage) -> Label:
    """What visitors of an exhibition read beside `poster`, an admitted one."""
    establishment = poster.establishment
    return Label(
        number=poster.number or 0,
        title=poster.title,
        establishment=establishment.name,
        commune=establishment.commune,
        category=poster.category.name if poster.category else "",
        class_label=poster.class_label,
        pupils=poster.pupils,
        technique=poster.technique,
        address=public_address(poster, contest),
    )


def public_address(poster: Poster, contest: ContestPage) -> str:
    """The full address of the page of `poster` in the gallery."""
    _site, _root, path = contest.get_url_parts() or (0, "", contest.url_path)
    return address_on(poster.establishment.academy, f"{path}galerie/{poster.number}/")


def write_sheets(
    target: IO[bytes],
    posters: Sequence[Poster],
    *,
    contest: ContestPage,
    progress: Callable[[int], None],
) -> tuple[str, ...]:
    """Write an archive with an A3 page of each of `posters` to `target`, one in memory at a time.

    Returns:
        The names of the sheets that could not be made.
    """
    archive = posters_zip(
        target,  # type: ignore[arg-type]  # a temporary file is no BinaryIO to the type checker
        [(sheet_name(poster.number or 0), partial(_sheet, poster)) for poster in posters],
        contest=contest.title,
        edition=contest.edition.title,
        written_at=timezone.localtime(),
        progress=progress,
    )
    return archive.missing


def _sheet(poster: Poster) -> bytes:
    """The A3 page of `poster`.

    Raises:
        CannotTypeset: its picture is gone or damaged, or it has no alternative text.
    """
    if poster.file is None:
        raise CannotTypeset(f"Poster {poster.number} has no file.")
    try:
        with local_copy(f"{poster.file.folder}/{MASTER}") as master:
            return a3_pdf(
                master,
                number=poster.number or 0,
                alternative=poster.alternative,
                title=poster.title,
            )
    except FileNotFoundError as error:
        raise CannotTypeset(f"Poster {poster.number} has lost its picture.") from error
