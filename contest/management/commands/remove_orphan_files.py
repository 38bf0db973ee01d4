"""`remove_orphan_files`: delete the files of posters and fiches that belong to nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from campaigns import media_cleaning
from contest.receiving import KEPT_WITHOUT_A_POSTER, forget_waiting_files, orphan_folders
from contest.storage import erase, rows_without_files


class Command(BaseCommand):
    """Removes what a crash or an unfinished form has left; safe to run as often as one likes."""

    help = (
        "Delete files of posters sent more than a day ago that no poster has taken, folders that "
        "no row knows, and files taken off a fiche; name the posters and fiches whose file is "
        "missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`--dry-run` only tells."""
        parser.add_argument("--dry-run", action="store_true", help="Tell, delete nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Find, say, delete: of posters, then of fiches."""
        self._clean_posters(dry_run=dry_run)
        self._clean_fiches(dry_run=dry_run)

    def _clean_posters(self, *, dry_run: bool) -> None:
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

    def _clean_fiches(self, *, dry_run: bool) -> None:
        unused = media_cleaning.unused_files(timezone.now() - media_cleaning.KEPT_WITHOUT_A_FICHE)
        for name in unused:
            self.stdout.write(f"File of no fiche: {name}")
            if not dry_run:
                media_cleaning.remove(name)
        for medium in media_cleaning.media_without_files():
            self.stderr.write(f"Missing file: {medium.file.name} (fiche {medium.action_id})")
        self.stdout.write(f"Files of no fiche: {len(unused)}")
