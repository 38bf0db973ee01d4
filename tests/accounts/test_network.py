"""Which network address a request counts for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from accounts.network import address_hash, client_address


def asked_from(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


def test_a_forwarded_address_is_not_believed_unless_the_settings_say_so() -> None:
    assert asked_from("192.0.2.1", "203.0.113.9") == "192.0.2.1"


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.66, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.66, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "not an address", "192.0.2.1"),
    ],
)
def test_hops_are_read_from_the_right_past_our_own_proxies(
    settings: Any, trusted: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = trusted

    assert asked_from("192.0.2.1", forwarded) == expected


def test_what_is_kept_is_no_address() -> None:
    kept = address_hash("203.0.113.9")

    assert len(kept) == 64
    assert "203" not in kept.partition("203.0.113.9")[1]
    assert kept != address_hash("203.0.113.10")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::42"),
        ("203.0.113.9", "::ffff:203.0.113.9"),
        ("203.0.113.9", "203.0.113.9:4711"),
        ("2001:db8::1", "[2001:db8::1]:443"),
        ("fe80::1%eth0", "fe80::1"),
        ("", "unix:"),
    ],
)
def test_one_subscriber_is_one_hash(one: str, other: str) -> None:
    assert address_hash(one) == address_hash(other)


def test_two_networks_are_two_hashes() -> None:
    assert address_hash("2001:db8:1:2::1") != address_hash("2001:db8:1:3::1")
