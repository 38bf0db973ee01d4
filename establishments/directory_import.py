"""Bring the establishments of an annuaire export into the database.

An establishment is known by its UAI. What the annuaire says replaces what an earlier import said;
what people here decided stays: network, mailbox used instead, account, and a basin where the file
names none. A record entered by hand is never touched. An establishment that a file leaves out
stays as it is, since a file may hold one department only: it closes when a file says it is closed.

The work is done in batches, each in its own transaction: other people can write meanwhile, memory
does not grow, and an import that is cut off leaves whole batches, which the next run completes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone

from .annuaire import AnnuaireFile, BadRow, GoodRow
from .annuaire_rows import DirectoryRow, merge_rows
from .enums import Source
from .models import Establishment
from .models.establishment import search_text_of
from .signals import directory_changed
from .territory_reference import Territory

BATCH = 1_000
REPORTED = 1_000
"""How many lines of each list a result keeps; `rejected` counts them all."""

_ADVISORY_LOCK = 3_576_080
"""Any number that nothing else in the database locks."""

_FIELDS = (
    "name",
    "kind",
    "sector",
    "academy_id",
    "department_id",
    "basin_id",
    "address",
    "postcode",
    "commune",
    "latitude",
    "longitude",
    "phone",
    "email",
    "is_open",
    "search_text",
)
_UPDATED = [*(name.removesuffix("_id") for name in _FIELDS), "updated_at"]


@dataclass
class ImportResult:
    """What an import did.

    `rows` counts the lines read, bad ones included; `merged` those that told of an establishment
    already told of; `rejected` the bad ones, of which `errors` holds the first thousand with line
    number and reason. `untouched` holds the UAIs entered by hand that the file also lists, and
    `last_change` the latest day on which the ministry changed a line of the file.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    rejected: int = 0
    errors: list[BadRow] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)
    last_change: date | None = None

    @property
    def establishments(self) -> int:
        """How many establishments of the file are now in the database as the file says."""
        return self.created + self.updated + self.unchanged


def import_directory(
    stream: BinaryIO, *, progress: Callable[[int], None] | None = None
) -> ImportResult:
    """Create and update the establishments that `stream`, an export of the annuaire, describes.

    Args:
        stream: the file, open for reading in binary, seekable.
        progress: called after each batch with the number of bytes read so far.

    Raises:
        UnreadableDirectory: the file is no export of the annuaire; nothing was written.
    """
    source = AnnuaireFile(stream)
    repeated = source.repeated_uais()
    result = ImportResult()
    territory = Territory()
    rows = _establishments(source, repeated, result)
    while batch := list(islice(rows, BATCH)):
        _write(batch, territory, result)
        if progress is not None:
            progress(source.bytes_read)
    return result


def _establishments(
    source: AnnuaireFile, repeated: set[str], result: ImportResult
) -> Iterator[DirectoryRow]:
    """One row for each establishment of the file; those of several lines come last, merged."""
    several: dict[str, list[DirectoryRow]] = defaultdict(list)
    for item in source.rows():
        result.rows += 1
        if isinstance(item, BadRow):
            result.rejected += 1
            if len(result.errors) < REPORTED:
                result.errors.append(item)
            continue
        row = _note(item, result)
        if row.uai in repeated:
            several[row.uai].append(row)
        else:
            yield row
    for rows in several.values():
        result.merged += len(rows) - 1
        yield merge_rows(rows)


def _note(item: GoodRow, result: ImportResult) -> DirectoryRow:
    changed = item.row.updated_on
    if changed is not None and (result.last_change is None or changed > result.last_change):
        result.last_change = changed
    return item.row


def _write(batch: list[DirectoryRow], territory: Territory, result: ImportResult) -> None:
    """Write what differs, in one transaction."""
    # The same order in every import: two of them cannot wait for each other's rows.
    batch = sorted(batch, key=lambda row: row.uai)
    with transaction.atomic():
        _wait_for_the_directory()
        known = _known(row.uai for row in batch)
        new, changed, moved = [], [], []
        for row in batch:
            establishment = _as_establishment(row, territory)
            present = known.get(row.uai)
            if present is None:
                new.append(establishment)
            elif present.source == Source.MANUAL:
                result.untouched.append(row.uai)
            elif _follows(establishment, present):
                changed.append(establishment)
                if establishment.academy_id != present.academy_id:
                    moved.append(row.uai)
            else:
                result.unchanged += 1
        # An establishment that an editor enters by hand at this very moment is left alone.
        Establishment.objects.bulk_create(new, ignore_conflicts=True)
        Establishment.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["uai"], update_fields=_UPDATED
        )
        if moved:  # a network never reaches into another académie
            Establishment.objects.filter(uai__in=moved).update(network=None)
        if changed:
            uais = [establishment.uai for establishment in changed]
            directory_changed.send(sender=Establishment, uais=uais)
    result.created += len(new)
    result.updated += len(changed)


def _wait_for_the_directory() -> None:
    """Hold off other imports until the transaction ends; SQLite has one writer anyway.

    Without it two imports at once would still leave the right rows, but count each other's.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])


def _known(uais: Iterable[str]) -> dict[str, Establishment]:
    present = Establishment.objects.filter(uai__in=list(uais)).only("uai", "source", *_FIELDS)
    return {establishment.uai: establishment for establishment in present}


def _follows(establishment: Establishment, present: Establishment) -> bool:
    """Whether `establishment`, as the file has it, differs from `present` and has to be written.

    It first takes over the basin, where the file names none for the same department.
    """
    if establishment.basin_id is None and establishment.department_id == present.department_id:
        establishment.basin_id = present.basin_id
    return any(getattr(establishment, name) != getattr(present, name) for name in _FIELDS)


def _as_establishment(row: DirectoryRow, territory: Territory) -> Establishment:
    academy_id, department_id = territory.department(row.department)
    return Establishment(
        uai=row.uai,
        name=row.name,
        kind=row.kind.value,
        sector=str(row.sector),
        academy_id=academy_id,
        department_id=department_id,
        basin_id=territory.basin(row),
        address=row.address,
        postcode=row.postcode,
        commune=row.commune,
        latitude=row.latitude,
        longitude=row.longitude,
        phone=row.phone,
        email=row.email,
        is_open=row.is_open,
        source=Source.DIRECTORY,
        search_text=search_text_of(row.uai, row.name, row.commune),
        updated_at=timezone.now(),
    )
