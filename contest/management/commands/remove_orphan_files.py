"""`remove_orphan_files`: delete the files of posters that belong to nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from contest.receiving import KEPT_WITHOUT_A_POSTER, forget_waiting_files, orphan_folders
from contest.storage import erase, rows_without_files


class Command(BaseCommand):
    """Removes what a crash or an unfinished form has left; safe to run as often as one likes."""

    help = (
        "Delete files of posters sent more than a day ago that no poster has taken, and folders "
        "that no row knows; name the posters whose file is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`--dry-run` only tells."""
        parser.add_argument("--dry-run", action="store_true", help="Tell, delete nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Find, say, delete."""
        before = timezone.now() - KEPT_WITHOUT_A_POSTER
        orphans = orphan_folders(before)
        for folder in orphans:
            self.stdout.write(f"Orphan folder: {folder}")
            if not dry_run:
                erase(folder)
        if not dry_run:
            waiting = forget_waiting_files(before)
            self.stdout.write(f"Files that no poster took: {waiting}")
        for file in rows_without_files():
            self.stderr.write(f"Missing file: {file.original_name} (poster {file.poster.pk})")
        self.stdout.write(f"Orphan folders: {len(orphans)}")
