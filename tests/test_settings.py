"""Production starts only with what it cannot guess, and never with the demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMPLETE = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "perseverance.example",
    "DATABASE_URL": "sqlite://:memory:",
    "TRUSTED_PROXY_COUNT": "0",
}


def run_in_production(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a fresh Python on the production settings."""
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "perseverance.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_production_names_the_variable_it_misses(name: str) -> None:
    environment = {key: value for key, value in COMPLETE.items() if key != name}

    result = run_in_production("", **environment)

    assert result.returncode != 0
    assert f"Set the environment variable(s) {name}:" in result.stderr


def test_production_cannot_serve_the_demonstration() -> None:
    code = (
        "from django.apps import apps; from django.urls import Resolver404, resolve\n"
        "assert not apps.is_installed('demo')\n"
        "from django.core.management import get_commands\n"
        "assert 'load_demo' not in get_commands()\n"
        "view = resolve('/demo/').func\n"
        "print(view.__module__)"
    )

    result = run_in_production(code, **COMPLETE)

    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "wagtail.views", "only the page tree may answer there"


def test_production_speaks_https_only() -> None:
    code = (
        "from django.conf import settings as s\n"
        "print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG, "
        "s.SECURE_HSTS_SECONDS)"
    )

    result = run_in_production(code, **COMPLETE)

    assert result.stdout.split() == ["True", "True", "True", "False", str(365 * 24 * 3600)]


def test_sqlite_writes_ahead_in_immediate_transactions() -> None:
    from perseverance.settings.base import database

    options = database("sqlite:///x.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert options["timeout"] >= 5
