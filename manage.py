#!/usr/bin/env python
"""Run Django's management commands; `DJANGO_SETTINGS_MODULE` names the settings."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Hand the command line to Django, with the project package on the path."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perseverance.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
