"""Open the site of an académie on this installation."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from campaigns.provisioning import academy_with_code, open_site


class Command(BaseCommand):
    """Thin: `campaigns.provisioning.open_site` does the work."""

    help = """Open the site of an académie: site, home page, compulsory pages, list of editions,
group of editors. Called again, it adds what is missing and changes the address.

CODE is the ministry's code of the académie, as in the annuaire: 70 for Normandie, 20 for Amiens.

    manage.py open_academy 70 --hostname perseverance.ac-normandie.example --default

Then give people the group of editors of the académie, in Settings › Users."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the line breaks of the help."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which académie, and where."""
        parser.add_argument("code", help="the ministry's code of the académie")
        parser.add_argument("--hostname", required=True, help="without scheme nor port")
        parser.add_argument(
            "--port",
            type=int,
            default=443,
            help="as visitors see it (443: production speaks HTTPS only)",
        )
        parser.add_argument(
            "--default", action="store_true", help="also answer hostnames that no site has"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the site and say where it is."""
        try:
            academy = academy_with_code(options["code"])
            home_page = open_site(
                academy,
                hostname=options["hostname"],
                port=options["port"],
                is_default=options["default"],
            )
        except KeyError as error:
            raise CommandError(f"No académie has the code {options['code']}.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{academy.name}: {home_page.full_url}")
