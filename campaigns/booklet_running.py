"""Making a recueil, in the task worker."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from home.typesetting.typeset import CannotTypeset

from . import booklets
from .catalogue_index import catalogue_of
from .criteria import Criteria
from .editions import catalogue_of as catalogue_page_of
from .models import Action, Booklet, BookletState
from .outputs.publisher import academy_of
from .outputs.rows import about
from .printing.documents import write_booklet
from .printing.fiche_data import fiche_data
from .printing.pictures import picture_of
from .printing.rows import read_all
from .selection import Selection

logger = logging.getLogger(__name__)


class Superseded(Exception):
    """The catalogue has changed, or another attempt has begun: nobody waits for this one."""


def run(booklet_id: int) -> None:
    """Make the recueil that waits; a failure is noted plainly, for the visitor to read.

    Raises:
        Exception: whatever was not foreseen, once it is noted.
    """
    started = Booklet.objects.filter(pk=booklet_id, state=BookletState.QUEUED).update(
        state=BookletState.RUNNING, progressed_at=timezone.now()
    )
    if not started:
        return
    booklet = Booklet.objects.select_related("campaign").get(pk=booklet_id)
    try:
        _make(booklet)
    except Superseded:
        logger.info("Booklet %s: nobody waits for it any more", booklet_id)
        _own(booklet).delete()
    except CannotTypeset as error:
        logger.error("Booklet %s failed: %s", booklet_id, error)
        _fail(booklet, _("The pages could not be laid out."))
    except Exception:
        _fail(booklet, _("Something went wrong."))
        raise
    booklets.discard_old(booklet.campaign_id)


def _make(booklet: Booklet) -> None:
    edition = booklet.campaign
    criteria = Criteria.read(QueryDict(booklet.criteria.removeprefix("?")))
    selection = Selection(edition, criteria, timezone.now())
    page = catalogue_page_of(edition)
    if selection.catalogue.stamp != booklet.stamp or page is None:
        raise Superseded
    academy = academy_of(edition)
    base = page.full_url
    pictures: dict[str, Path] = {}
    with tempfile.TemporaryDirectory(prefix="booklet-") as name:
        folder = Path(name)

        def printed(action: Action) -> dict[str, object]:
            picture = picture_of(action, folder, pictures)
            return fiche_data(action, f"{base}{action.pk}-{action.slug}/", picture)

        departments, themes = read_all(
            selection, printed, lambda done: _note(booklet, done=done, total=selection.total)
        )
        count = sum(len(one["fiches"]) for one in departments)
        target = folder / "booklet.pdf"
        write_booklet(
            target,
            about(selection, page, academy, ""),
            departments,
            themes,
            edition=edition,
            files=pictures,
            day=timezone.localdate(),
        )
        with target.open("rb") as content:
            _finish(booklet, File(content), count)


def _own(booklet: Booklet) -> QuerySet[Booklet]:
    """The row, as long as this attempt is the one that it tells of."""
    return Booklet.objects.filter(
        pk=booklet.pk, state=BookletState.RUNNING, asked_at=booklet.asked_at
    )


def _note(booklet: Booklet, **values: int) -> None:
    """Write down how far it is.

    Raises:
        Superseded: another attempt has begun.
    """
    if not _own(booklet).update(progressed_at=timezone.now(), **values):
        raise Superseded


def _finish(booklet: Booklet, content: File[bytes], count: int) -> None:
    booklet.file.save("booklet.pdf", content, save=False)
    try:
        with transaction.atomic():
            finished = _own(booklet).update(
                state=BookletState.DONE,
                file=booklet.file.name,
                done=count,
                total=count,
                finished_at=timezone.now(),
                error="",
            )
            if not finished or catalogue_of(booklet.campaign).stamp != booklet.stamp:
                raise Superseded
    except BaseException:
        booklet.file.delete(save=False)
        raise


def _fail(booklet: Booklet, told: str) -> None:
    _own(booklet).update(state=BookletState.FAILED, error=told, finished_at=timezone.now())
