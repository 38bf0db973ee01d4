"""The demonstration: one machine, SQLite, one-click entry as any role. Never for real use."""

from __future__ import annotations

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, VAR_DIR, env

SECRET_KEY = "demo-only-this-key-protects-nothing-and-is-public-on-purpose"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", ".localhost", "[::1]"]
INSTALLED_APPS = ["demo", *INSTALLED_APPS]

PORT: int = env.int("PORT", default=8000)
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default=f"http://localhost:{PORT}")

# Each mail is a file, so that /demo/ can show it whichever process sent it.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mails"
