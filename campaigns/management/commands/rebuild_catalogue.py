"""Make the text index of the catalogues anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from campaigns import catalogue_stamp


class Command(BaseCommand):
    """Thin: `campaigns.catalogue_stamp.rebuild` does the work."""

    help = "Make anew the words by which every public fiche is found; safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how many fiches."""
        self.stdout.write(f"{catalogue_stamp.rebuild()} public fiches indexed.")
