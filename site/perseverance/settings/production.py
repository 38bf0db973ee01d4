"""Production: refuses to start without what it cannot guess, over HTTPS only."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, env

# With a wrong number of proxies, all visitors would be one, and anybody could use up the sign-in
# attempts of every school: 0 has to be said too.
_NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "TRUSTED_PROXY_COUNT")
_MISSING = [name for name in _NEEDED if not env.str(name, "")]
if _MISSING:
    raise ImproperlyConfigured(
        f"Set the environment variable(s) {', '.join(_MISSING)}: production does not start "
        "without them. docs/administrator.md says what each one holds."
    )

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in ALLOWED_HOSTS if host.strip()]

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# W019 asks for X-Frame-Options: DENY; Wagtail shows its preview in a frame of the same origin.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
