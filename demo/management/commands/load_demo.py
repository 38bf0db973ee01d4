"""Load the demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.loading.demonstration import load


class Command(BaseCommand):
    """Fills an empty database; a second run adds only what an option asks for."""

    help = "Load the demonstration: two académies, their editions, establishments, fiches, posters."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the volume to ask for."""
        parser.add_argument(
            "--actions",
            type=int,
            default=0,
            metavar="N",
            help="bring the edition whose call is open to N published fiches beside its own",
        )
        parser.add_argument(
            "--posters",
            type=int,
            default=0,
            metavar="N",
            help="bring its contest to N admitted posters beside its own",
        )

    def handle(self, *args: Any, actions: int, posters: int, **options: Any) -> None:
        """Load, and say what came of it."""
        if actions < 0:
            raise CommandError("--actions takes a number of fiches, not fewer than none.")
        if posters < 0:
            raise CommandError("--posters takes a number of posters, not fewer than none.")
        loaded = load(timezone.now(), actions=actions, posters=posters)
        if loaded.is_nothing:
            self.stdout.write("The demonstration is already loaded: nothing changed.")
            return
        self.stdout.write(
            f"Loaded: {loaded.academies} académies, {loaded.establishments} establishments, "
            f"{loaded.fiches} fiches, {loaded.posters} posters, {loaded.mails} mails."
        )
        if loaded.sites_moved:
            self.stdout.write("The sites' links now name the port in use.")
