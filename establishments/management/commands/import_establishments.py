"""Import an export of the Annuaire de l'éducation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from establishments.annuaire import UnreadableDirectory
from establishments.directory_import import import_directory
from establishments.import_report import figures, report_of

UNREADABLE, LINES_LEFT_OUT = 1, 2


class Command(BaseCommand):
    """Thin: everything is in `establishments.directory_import`."""

    help = (
        "Imports the establishments of an export of the Annuaire de l'éducation. "
        "Exit status: 0 all lines taken, 1 file not read, 2 some lines left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path, help="the export (CSV)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, with progress on stderr and the report on stdout."""
        path: Path = options["file"]
        try:
            with (
                path.open("rb") as stream,
                tqdm(
                    total=path.stat().st_size,
                    unit="B",
                    unit_scale=True,
                    file=sys.stderr,  # Django's wrapper would end each step with a new line
                    disable=options["verbosity"] == 0,
                ) as bar,
            ):

                def show(bytes_read: int) -> None:
                    bar.update(bytes_read - bar.n)

                result = import_directory(stream, progress=show)
        except (OSError, UnreadableDirectory) as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        told = figures(report_of(result))
        width = max(len(label) for label, _figure in told)
        for label, figure in told:
            self.stdout.write(f"{label:<{width}}  {figure}")
        for bad in result.errors:
            self.stdout.write(
                _("line %(line)d: %(message)s") % {"line": bad.line, "message": bad.message}
            )
        if result.rejected:
            raise CommandError(
                _("Some lines were left out; the others are imported."),
                returncode=LINES_LEFT_OUT,
            )
