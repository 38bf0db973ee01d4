"""Where a request comes from, and what may be kept of it."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

# A hop as proxies write it: "203.0.113.7:4711" or "[2001:db8::1]:4711", the port optional.
_WITH_PORT = re.compile(r"^(?:\[(?P<v6>[^\]]+)\]|(?P<v4>[\d.]+))(?::\d+)?$")


def client_address(request: HttpRequest) -> str:
    """The network address that `request` comes from; empty where nothing says.

    `X-Forwarded-For` is written by whoever sends the request, so it is read only from the right,
    past the `TRUSTED_PROXY_COUNT` hops that our own proxies added. A request with fewer hops did
    not pass through them all: it counts for the machine that connected.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    trusted: int = settings.TRUSTED_PROXY_COUNT
    if trusted:
        hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        if len(hops) >= trusted and _parse(hops[-trusted]) is not None:
            return hops[-trusted].strip()
    return peer


def address_hash(address: str) -> str:
    """What is kept of `address`: a keyed hash of 64 characters, the same for one subscriber.

    An IPv6 subscriber owns a whole /64, so the hash is of the network.
    """
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        origin = str(IPv6Network((parsed, 64), strict=False))
    else:
        origin = str(parsed or "unknown")
    return salted_hmac("accounts.network.address", origin, algorithm="sha256").hexdigest()


def _parse(address: str) -> IPv4Address | IPv6Address | None:
    """The address that `address` writes, without its port; None where it writes none."""
    text = address.strip()
    if found := _WITH_PORT.match(text):
        text = found["v6"] or found["v4"]
    try:
        parsed = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return parsed.ipv4_mapped
    return parsed
