"""How often something may be tried: counted in the cache, under keyed hashes, by whoever tries.

An attempt is counted before it is made, so that many at once pass no limit. The first of a series
starts the time over which it is counted, and after which all of it is forgotten: nobody can be
kept out for longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts in `window`, for each thing counted under `name`."""

    name: str
    most: int
    window: timedelta

    def count(self, *parts: str, now: datetime) -> timedelta:
        """Count one attempt of `parts`; how long it has to wait, zero where it need not."""
        key, seconds = self._key(parts), int(self.window.total_seconds())
        # The cache forgets by its own clock; what counts is the one that we were given.
        if cache.get(f"{key}:until", now) < now:
            self.forget(*parts)
        cache.add(f"{key}:until", now + self.window, seconds)
        cache.add(key, 0, seconds)
        try:
            tried = cache.incr(key)
        except ValueError:  # forgotten between the two: this is the first of a new series
            cache.set(key, 1, seconds)
            tried = 1
        if tried <= self.most:
            return timedelta()
        until: datetime = cache.get(f"{key}:until", now + self.window)
        return max(until - now, timedelta(seconds=1))

    def forget(self, *parts: str) -> None:
        """Forget every attempt of `parts`."""
        key = self._key(parts)
        cache.delete_many([key, f"{key}:until"])

    def take_back(self, *parts: str) -> None:
        """Uncount one attempt of `parts`, which turned out well."""
        try:
            cache.decr(self._key(parts))
        except ValueError:  # already forgotten
            return

    def _key(self, parts: tuple[str, ...]) -> str:
        told = "\n".join(parts)
        digest = salted_hmac(f"accounts.attempts.{self.name}", told, algorithm="sha256")
        return f"attempts:{self.name}:{digest.hexdigest()}"


PASSWORDS = Limit("password", 5, timedelta(minutes=15))
"""Wrong passwords for one account from one network address.

Of both together: a stranger who tries somebody's account elsewhere keeps them out of nothing.
"""

PASSWORDS_OF_ADDRESS = Limit("address", 50, timedelta(minutes=15))
"""Wrong passwords from one network address, which a whole rectorat may share."""

PASSWORD_RESETS = Limit("reset", 3, timedelta(hours=1))
"""Mails with which one account may choose a new password."""


def wait_before_password(account: str, origin: str, *, now: datetime) -> timedelta:
    """Count a password tried for `account` from `origin`; how long it has to wait, if at all.

    Args:
        account: the username typed, whether or not somebody bears it.
        origin: `network.address_hash` of where the attempt comes from.
    """
    wait = PASSWORDS.count(account.casefold(), origin, now=now)
    return wait or PASSWORDS_OF_ADDRESS.count(origin, now=now)


def password_was_right(account: str, origin: str) -> None:
    """Forget the mistakes that somebody made before they signed in."""
    PASSWORDS.forget(account.casefold(), origin)
    PASSWORDS_OF_ADDRESS.take_back(origin)
