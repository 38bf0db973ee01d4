"""`verify_results`: is a published result exactly what its ballots give?"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contest.tally.archive import VERIFIER, read_publication
from contest.tally.errors import BadPublication
from contest.tally.french import verdict_of
from contest.tally.publication import compare_verifier
from contest.tally.verification import UNREADABLE, Finding, Verification, verify
from contest.tally.verifier import exit_status, report


class Command(BaseCommand):
    """Thin: everything is in `contest.tally`. Runs no program of the archive, unpacks nothing."""

    help = (
        "Recomputes the result of a published ZIP (or of the folder it was unpacked into) and "
        "says, in French, whether it is the one published. "
        "Exit status: 0 confirmed, 1 something differs, 2 nothing that can be verified."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The ZIP, and what to show of it."""
        parser.add_argument("archive", type=Path, help="the published ZIP, or its folder")
        parser.add_argument("--poster", type=int, metavar="N", help="show one poster in full")
        parser.add_argument("--receipt", default="", metavar="CODE", help="show a juror's lines")
        parser.add_argument("--all", action="store_true", help="show every place")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, verify, say."""
        members: dict[str, bytes] = {}
        try:
            members = read_publication(options["archive"])
            verification = verify(members)
        except BadPublication as error:
            found = Finding(UNREADABLE, error.code, error.details)
            verification = Verification((found,))
        if VERIFIER in members:
            findings = (*verification.findings, compare_verifier(members))
            verification = replace(verification, findings=findings)
        for line in report(
            verification,
            members,
            number=options["poster"],
            receipt=options["receipt"],
            everything=options["all"],
        ):
            self.stdout.write(line)
        if status := exit_status(verification):
            raise CommandError(verdict_of(verification), returncode=status)
