"""What the tests run on: fast hashing, tasks at once, and the demo's own app."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Before the base reads it: what a failing test prints is to show what failed.
os.environ.setdefault("LOG_LEVEL", "WARNING")

from .base import *  # noqa: F403
from .base import CACHES, INSTALLED_APPS, REDIS_URL, STORAGES, database, env

SECRET_KEY = "only-for-the-tests"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver", ".localhost"]
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
PORT = 80

DATABASES = {"default": database(env.str("DATABASE_URL", default="sqlite://:memory:"))}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "init_command" in DATABASES["default"].get("OPTIONS", {}):
    # The tests and their server share one memory, where SQLite refuses to write what somebody is
    # reading instead of waiting. Readers take no lock then; a file, as in the demo, waits.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA read_uncommitted=1;"
if "postgresql" in DATABASES["default"]["ENGINE"]:
    # Nothing in this database outlives the tests: they need not wait for the disk. Tables that
    # every test fills and empties look large to the planner, which would compile small queries.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        f"{os.environ.get('PGOPTIONS', '')} -c synchronous_commit=off -c jit=off"
    )

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "tests.quick_tasks.QuickBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

_FILES = Path(tempfile.mkdtemp(prefix="perseverance-tests-"))
EMAIL_FILE_PATH = _FILES / "mails"
MEDIA_ROOT = _FILES / "media"
PRIVATE_MEDIA_ROOT = _FILES / "private"
STATIC_ROOT = _FILES / "static"
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_MEDIA_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

if REDIS_URL:
    # Tests clear the cache, which empties a Redis database: each worker of pytest-xdist has one.
    _server, _, _number = REDIS_URL.rpartition("/")
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{_server}/{int(_number) + _worker}"
