"""Making the master and the pictures for screens of a file handed in, in the task worker."""

from __future__ import annotations

import logging
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from .images.examination import ProblemCode
from .images.sandbox import Unpreparable, prepare
from .models import PosterFile
from .storage import erase, keep, local_copy

if TYPE_CHECKING:
    from .images.sandbox import Preparation

logger = logging.getLogger(__name__)


def prepare_later(file: PosterFile) -> None:
    """Queue the preparation of `file`, once the transaction is committed."""
    from .tasks import prepare_poster_file

    transaction.on_commit(lambda: prepare_poster_file.enqueue(file.pk))


def prepare_file(file_id: int) -> bool:
    """Make what everybody but the editors sees of a file; the original stays as it came.

    Safe to run twice, or while the file is replaced: what is made of a file that is gone by then
    is erased. A file that cannot be prepared keeps the reason, for the editors.

    Returns:
        Whether it is worth trying again: a machine that is too busy makes an honest file too slow.
    """
    file = PosterFile.objects.filter(pk=file_id, prepared_at=None).first()
    if file is None:
        return False
    try:
        with TemporaryDirectory(prefix="poster-") as folder, local_copy(file.original_name) as path:
            made = prepare(path, Path(folder))
            for picture in (made.master, *made.renditions):
                keep(Path(folder) / picture.name, f"{file.folder}/{picture.name}")
    except (Unpreparable, FileNotFoundError) as error:
        logger.warning("The pictures of file %s could not be made: %s", file_id, error)
        code = str(getattr(error, "code", "missing"))
        PosterFile.objects.filter(pk=file_id).update(preparation_error=code[:40])
        return code == ProblemCode.TOO_SLOW
    _write_down(file, made)
    return False


def pictures_of(made: Preparation) -> dict[str, Any]:
    """What the row of a file says of the pictures `made` of it, by the name of its field."""
    return {
        "preparation_error": "",
        "master_width": made.master.width,
        "master_height": made.master.height,
        "renditions": [asdict(picture) for picture in made.renditions],
    }


def _write_down(file: PosterFile, made: Preparation) -> None:
    still_there = PosterFile.objects.filter(pk=file.pk).update(
        prepared_at=timezone.now(), **pictures_of(made)
    )
    if not still_there:
        erase(file.folder)
