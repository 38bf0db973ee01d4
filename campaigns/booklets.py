"""The recueil of a selection: asked for by anybody, made once in the background, kept for a while.

One row, and one file, for each selection at each state of the catalogue: two visitors who ask at
once wait for the same one. A fiche that changes gives the catalogue another stamp, and nobody
reaches the file that held it any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from . import catalogue_stamp
from .models import Booklet, BookletState, CampaignPage, CatalogueStamp
from .models.booklet import private_storage
from .selection import Selection

if TYPE_CHECKING:
    from django.core.files.storage import Storage

FOLDER: Final = "booklets"
UNFINISHED: Final = (BookletState.QUEUED, BookletState.RUNNING)

MOST_FICHES: Final = 1_000
"""Fiches of one recueil: 2,000 pages, and 2 GB of memory while it is laid out."""

MOST_WAITING: Final = 5
"""Recueils of one edition on their way at once: anybody may ask for any selection."""

MOST_KEPT: Final = 40
"""Recueils of one edition kept ready."""

LOST_AFTER: Final = timedelta(minutes=6)
"""Without progress for so long, the worker of a recueil has been stopped."""

TRIED_AGAIN_AFTER: Final = timedelta(minutes=2)
"""How long a recueil that could not be made is left alone."""

LONGEST_CRITERIA: Final = 1_000


class BookletRefused(Exception):
    """No recueil is made of the selection; each subclass says why."""


class NothingToPrint(BookletRefused):
    """No fiche is selected."""


class TooManyFiches(BookletRefused):
    """More than `MOST_FICHES` are selected."""


class TooManyCriteria(BookletRefused):
    """The selection is made of more criteria than a person would choose."""


class TooManyWaiting(BookletRefused):
    """`MOST_WAITING` others of the same edition are on their way."""


def check(selection: Selection) -> None:
    """Refuse a selection of which no recueil is made, however long one waits.

    Raises:
        NothingToPrint, TooManyFiches, TooManyCriteria: see there.
    """
    if not selection.total:
        raise NothingToPrint
    if selection.total > MOST_FICHES:
        raise TooManyFiches
    if len(selection.criteria.query) > LONGEST_CRITERIA:
        raise TooManyCriteria


def ready(selection: Selection) -> Booklet | None:
    """The finished recueil of `selection` as the catalogue is now, if there is one."""
    booklet = _row_of(selection)
    return booklet if booklet is not None and _is_ready(booklet, selection) else None


def ask(selection: Selection) -> Booklet:
    """The recueil of `selection`, ready or on its way; queued where it is neither.

    Raises:
        BookletRefused: it is not made, or not now.
    """
    check(selection)
    if not selection.catalogue.stamp:
        catalogue_stamp.touch([selection.edition.pk])
        selection = Selection(selection.edition, selection.criteria, selection.now)
    booklet = _row_of(selection)
    if booklet is not None and not _is_to_be_made(booklet, selection):
        return booklet
    with transaction.atomic():
        # One at a time for each edition: so that two visitors make one row, and the limit holds.
        CampaignPage.objects.select_for_update(of=("self",), no_key=True).get(
            pk=selection.edition.pk
        )
        booklet = _row_of(selection)
        if booklet is not None and not _is_to_be_made(booklet, selection):
            return booklet
        if _on_their_way(selection).count() >= MOST_WAITING:
            raise TooManyWaiting
        return _queued(selection, booklet)


def _row_of(selection: Selection) -> Booklet | None:
    return Booklet.objects.filter(
        campaign=selection.edition.pk,
        criteria=selection.criteria.query,
        stamp=selection.catalogue.stamp,
    ).first()


def _is_ready(booklet: Booklet, selection: Selection) -> bool:
    # With the same stamp, only a fiche whose date has ended makes another number.
    return (
        booklet.state == BookletState.DONE
        and bool(booklet.file)
        and booklet.total == selection.total
    )


def _is_to_be_made(booklet: Booklet, selection: Selection) -> bool:
    if booklet.state == BookletState.FAILED:
        failed_at = booklet.finished_at or booklet.asked_at
        return failed_at < selection.now - TRIED_AGAIN_AFTER
    if booklet.state in UNFINISHED:
        return (booklet.progressed_at or booklet.asked_at) < selection.now - LOST_AFTER
    return not _is_ready(booklet, selection)


def _on_their_way(selection: Selection) -> QuerySet[Booklet]:
    since = selection.now - LOST_AFTER
    return Booklet.objects.filter(
        Q(progressed_at__gte=since) | Q(progressed_at=None, asked_at__gte=since),
        campaign=selection.edition.pk,
        state__in=UNFINISHED,
    )


def _queued(selection: Selection, booklet: Booklet | None) -> Booklet:
    if booklet is None:
        booklet = Booklet(
            campaign=selection.edition,
            criteria=selection.criteria.query,
            stamp=selection.catalogue.stamp,
        )
    old = booklet.file.name
    booklet.state = BookletState.QUEUED
    booklet.asked_at = selection.now  # tells this attempt from an earlier one that still runs
    booklet.progressed_at = booklet.finished_at = None
    booklet.done = booklet.pages = 0
    booklet.total = selection.total
    booklet.error = booklet.file.name = ""
    booklet.save()

    def begin() -> None:
        from .tasks import make_booklet

        delete_files([old] if old else [])
        make_booklet.enqueue(booklet.pk)

    transaction.on_commit(begin)
    return booklet


def discard_old(campaign_id: int) -> None:
    """Delete the recueils of an edition that nobody reaches any more, and the oldest of the rest.

    Those on their way are left: they find out by themselves.
    """
    known = CatalogueStamp.objects.filter(campaign=campaign_id).values_list("number", flat=True)
    finished = Booklet.objects.filter(campaign=campaign_id).exclude(state__in=UNFINISHED)
    current = finished.filter(stamp__in=list(known)).order_by("-asked_at", "-pk")
    kept = list(current.values_list("pk", flat=True)[:MOST_KEPT])
    _delete(finished.exclude(pk__in=kept))


def purge(before: datetime) -> int:
    """Delete the recueils asked for before `before`, and files that none knows; how many."""
    count = _delete(Booklet.objects.filter(asked_at__lt=before))
    delete_files(_unknown_files(before))
    return count


def delete_files(names: Iterable[str]) -> None:
    """Delete files of recueils from the storage."""
    storage: Storage = private_storage()
    for name in names:
        storage.delete(name)


def _delete(booklets: QuerySet[Booklet]) -> int:
    held = list(booklets.values_list("pk", "file"))
    Booklet.objects.filter(pk__in=[pk for pk, _name in held]).delete()
    delete_files(name for _pk, name in held if name)
    return len(held)


def _unknown_files(before: datetime) -> list[str]:
    """What a crash has left in the folder, written before `before`."""
    storage = private_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    known = set(Booklet.objects.values_list("file", flat=True))
    paths = {f"{FOLDER}/{name}" for name in names} - known
    return [path for path in sorted(paths) if storage.get_modified_time(path) < before]
