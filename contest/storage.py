"""Where the files of posters lie: a folder of the private storage for each, named at random."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import Storage, storages

from .models.poster_file import FOLDER, MASTER, PREVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .models import PosterFile


def private_storage() -> Storage:
    """The storage that nothing serves without asking `visible_to`."""
    return storages["private"]


def keep(source: Path, name: str) -> None:
    """Copy the local file `source` to `name` in the storage, over what may be there."""
    storage = private_storage()
    if storage.exists(name):
        storage.delete(name)
    with source.open("rb") as stream:
        storage.save(name, File(stream))


@contextlib.contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """A local file with the content of `name`, for what reads by path; gone afterwards.

    Raises:
        FileNotFoundError: the storage holds no such file.
    """
    with TemporaryDirectory(prefix="poster-") as folder:
        path = Path(folder) / Path(name).name
        with private_storage().open(name, "rb") as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy, 1024 * 1024)
        yield path


def names_of(file: PosterFile) -> list[str]:
    """Every name that `file` may hold in the storage."""
    names = [PREVIEW, MASTER, *(rendition.name for rendition in file.pictures)]
    kept = [f"{file.folder}/{name}" for name in names]
    return [file.original_name, *kept] if file.format else kept


def erase(folder: str) -> int:
    """Delete all that the storage holds in `folder`, a poster's; returns how many files."""
    if not folder.startswith(f"{FOLDER}/") or folder.count("/") != 1:
        raise ValueError(folder)
    storage = private_storage()
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return 0
    for name in names:
        storage.delete(f"{folder}/{name}")
    storage.delete(folder)  # an empty folder, where the storage knows folders
    return len(names)


def rows_without_files() -> Iterator[PosterFile]:
    """The files of posters whose original the storage has lost: to be restored from a backup."""
    from .models import PosterFile

    storage = private_storage()
    rows = PosterFile.objects.filter(poster__isnull=False).select_related("poster")
    for file in rows.iterator(chunk_size=500):
        if not storage.exists(file.original_name):
            yield file
