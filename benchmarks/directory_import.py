"""How long an import of the whole country takes, and how much memory."""

from __future__ import annotations

import csv
import io
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from benchmarks.answering import own_database
from establishments.academies import ACADEMY_OF_DEPARTMENT
from establishments.directory_import import import_directory
from establishments.uai import KEY_ALPHABET

SAMPLE = Path(__file__).parents[1] / "tests/data/annuaire/ille-et-vilaine-2023.csv"
ROWS = 70_000


def measure() -> list[tuple[str, str]]:
    """Label and figure of a first and of a second import of 70,000 rows, in a database of its own.

    Memory is the whole process's at its highest, Django and Wagtail included.
    """
    with own_database(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "country.csv"
        write_country(path)
        first = _seconds(path)
        second = _seconds(path)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    on = f"{ROWS} rows, {connection.display_name}"
    return [
        (f"Import of the directory into an empty table ({on})", f"{first:.1f} s"),
        (f"Import of the same file again ({on})", f"{second:.1f} s"),
        (f"Memory at its highest during both ({on})", f"{memory:.0f} MB"),
    ]


def write_country(path: Path, rows: int = ROWS) -> None:
    """Write an export of `rows` lines: the sample's, dealt out over every department."""
    text = SAMPLE.read_text(encoding="utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text), delimiter=";")
    column = {heading: position for position, heading in enumerate(header)}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(header)
        for number, (uai, department) in zip(range(rows), _uais(), strict=False):
            line = list(lines[number % len(lines)])
            line[column["Identifiant_de_l_etablissement"]] = uai
            line[column["Code_departement"]] = department.zfill(3)
            line[column["Mail"]] = f"ce.{uai.lower()}@example.org"
            writer.writerow(line)


def _uais() -> Iterator[tuple[str, str]]:
    """Valid UAIs, a thousand for each department, and the department's code."""
    for department in ACADEMY_OF_DEPARTMENT:
        prefix = {"2A": "620", "2B": "720"}.get(department, department.zfill(3))
        for number in range(1_000):
            digits = f"{prefix}{number:04d}"
            yield digits + KEY_ALPHABET[int(digits) % 23], department


def _seconds(path: Path) -> float:
    start = time.perf_counter()
    with path.open("rb") as stream:
        import_directory(stream)
    return time.perf_counter() - start
