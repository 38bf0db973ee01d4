"""Receiving a file: kept in private as it came, examined, known by a token.

The file is stored before its row is written, and erased where the row cannot be: what a crash
leaves between the two is a folder without a row, which `remove_orphan_files` deletes. A file that
no poster takes is forgotten after a day, so that a form may be sent again without it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from . import access
from .errors import Closed, NotAllowed
from .images.examination import Examination
from .images.formats import Format, extension_of
from .images.sandbox import examine
from .models import ContestPage, PosterFile
from .models.poster_file import FOLDER, PREVIEW, unguessable
from .storage import erase, keep

if TYPE_CHECKING:
    from accounts.models import User
    from contest.images.limits import Limits
    from establishments.models import Establishment

KEPT_WITHOUT_A_POSTER = timedelta(days=1)

EXAMINED_AT_ONCE = 2
"""Files that one process of the web server has examined at once: others wait their turn.

Each takes a processor and up to half a gigabyte for a second or two, and the threads of a server,
many so that slow uploads do not hold it up, could otherwise start as many on a deadline's evening.
"""

_turns = BoundedSemaphore(EXAMINED_AT_ONCE)

MOST_WAITING = 20
"""Files of one establishment that wait for a poster: more push the oldest out."""


def receive(
    upload: UploadedFile,
    *,
    establishment: Establishment,
    contest: ContestPage,
    by: User,
    now: datetime,
) -> PosterFile:
    """Keep and examine a file that `establishment` has sent for `contest`.

    Nothing is refused because of its content: the file found says what is wrong with it, and a
    poster takes it only where nothing is. A file that is no picture at all is not kept, and its
    row, never saved, only carries the examination.

    Raises:
        NotAllowed: `by` does not sign in for `establishment`, or the contest is not for it.
        Closed: the contest takes neither deposits nor corrections at `now`.
    """
    file = PosterFile(establishment=establishment, contest=contest, token=unguessable())
    if not access.acts_for(by, file) or not access.takes_part(establishment, contest):
        raise NotAllowed
    calendar = contest.calendar
    may_send = calendar.accepts_deposits(now) or (
        now >= calendar.deposit_opens_at and calendar.accepts_corrections(now)
    )
    if not may_send:
        raise Closed
    file.uploaded_at = now
    with TemporaryDirectory(prefix="poster-") as folder:
        original, preview = Path(folder) / "original", Path(folder) / PREVIEW
        with original.open("wb") as local:
            for chunk in upload.chunks(1024 * 1024):
                local.write(chunk)
        describe(file, examine_in_turn(original, contest.limits, preview))
        if file.format:
            _keep(file, original, preview)
    return file


def examine_in_turn(original: Path, limits: Limits, preview: Path) -> Examination:
    """What `sandbox.examine` finds, once one of the process's `EXAMINED_AT_ONCE` turns is free."""
    with _turns:
        return examine(original, limits, preview)


def describe(file: PosterFile, found: Examination) -> None:
    """Write down on `file`, not saved, what its examination `found`."""
    file.format = str(found.format) if found.format else ""
    file.width, file.height, file.bytes = found.width, found.height, found.bytes
    file.sha256, file.fingerprint = found.sha256, found.fingerprint
    file.examination = found.as_json()
    file.has_preview = found.has_preview


def _keep(file: PosterFile, original: Path, preview: Path) -> None:
    try:
        keep(original, f"{file.folder}/original.{extension_of(Format(file.format))}")
        if file.has_preview:
            keep(preview, f"{file.folder}/{PREVIEW}")
        with transaction.atomic():
            file.save()
            _push_out_the_oldest(file)
    except BaseException:
        erase(file.folder)
        raise


def _push_out_the_oldest(file: PosterFile) -> None:
    waiting = PosterFile.objects.filter(
        establishment=file.establishment, contest=file.contest, poster=None
    ).order_by("-uploaded_at", "-pk")
    for old in waiting[MOST_WAITING:]:
        forget(old)


def waiting_file(
    token: str, *, establishment: Establishment, contest: ContestPage
) -> PosterFile | None:
    """The file `token` that `establishment` has sent for `contest`, while no poster has it."""
    return PosterFile.objects.filter(
        token=token, establishment=establishment, contest=contest, poster=None
    ).first()


def forget(file: PosterFile) -> None:
    """Delete `file` with everything made of it, once the transaction is committed."""
    folder = file.folder
    file.delete()
    transaction.on_commit(lambda: erase(folder))


def forget_waiting_files(before: datetime) -> int:
    """Delete the files sent before `before` that no poster has taken; returns how many."""
    left = PosterFile.objects.filter(poster=None, uploaded_at__lt=before)
    count = 0
    for file in left.iterator(chunk_size=200):
        with transaction.atomic():
            # A poster may take it meanwhile.
            locked = (
                PosterFile.objects.select_for_update(of=("self",))
                .filter(pk=file.pk, poster=None)
                .first()
            )
            if locked is not None:
                forget(locked)
                count += 1
    return count


def orphan_folders(older_than: datetime) -> list[str]:
    """The folders of the storage that no row knows and that were written before `older_than`."""
    from .storage import private_storage

    storage = private_storage()
    try:
        tokens, _names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    known = set(PosterFile.objects.values_list("token", flat=True))
    orphans = []
    for token in sorted(set(tokens) - known):
        _folders, names = storage.listdir(f"{FOLDER}/{token}")
        written = [storage.get_modified_time(f"{FOLDER}/{token}/{name}") for name in names]
        if not written or max(written) < older_than:
            orphans.append(f"{FOLDER}/{token}")
    return orphans
