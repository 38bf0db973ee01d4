"""Which player shows a video, from the address that an editor pastes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

_YOUTUBE_HOSTS = {"youtube.com", "youtu.be", "m.youtube.com", "youtube-nocookie.com"}
_DAILYMOTION_HOSTS = {"dailymotion.com", "dai.ly"}
_IDENTIFIER = re.compile(r"[\w-]{5,64}")
_PEERTUBE_PATHS = re.compile(r"^/(?:w|videos/watch|videos/embed)/([\w-]{5,64})/?$")


class UnknownPlayerError(ValueError):
    """No player that the site may show plays this address."""


@dataclass(frozen=True)
class Player:
    """Who plays a video, and the address of its frame."""

    name: str
    frame_url: str


def player_of(url: str) -> Player:
    """The player for the page of a video at `url`.

    YouTube is asked at its host that sets no cookie before the video plays. PeerTube instances
    are those that the setting `VIDEO_HOSTS` (and so the content security policy) lets in.

    Raises:
        UnknownPlayerError: the host is not known, or the address is not that of a video.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme == "https":
        if host in _YOUTUBE_HOSTS and (identifier := _youtube_identifier(host, parts.path, url)):
            return Player("YouTube", f"https://www.youtube-nocookie.com/embed/{identifier}?rel=0")
        if host in _DAILYMOTION_HOSTS and (identifier := _last_segment(parts.path)):
            return Player(
                "Dailymotion", f"https://geo.dailymotion.com/player.html?video={identifier}"
            )
        found = _PEERTUBE_PATHS.match(parts.path)
        if found and is_allowed(parts.hostname or ""):
            return Player(host, f"https://{parts.netloc}/videos/embed/{found[1]}")
    raise UnknownPlayerError(url)


def is_allowed(host: str) -> bool:
    """Whether the policy lets frames of `host` in; `https://*.example.org` lets subdomains in."""
    for pattern in settings.VIDEO_HOSTS:
        allowed = urlsplit(pattern).netloc
        if host == allowed or (allowed.startswith("*.") and host.endswith(allowed[1:])):
            return True
    return False


def _youtube_identifier(host: str, path: str, url: str) -> str:
    if host == "youtu.be" or path.startswith(("/embed/", "/shorts/", "/live/")):
        return _last_segment(path)
    identifier = parse_qs(urlsplit(url).query).get("v", [""])[0]
    return identifier if _IDENTIFIER.fullmatch(identifier) else ""


def _last_segment(path: str) -> str:
    segment = path.rstrip("/").rsplit("/", 1)[-1]
    return segment if _IDENTIFIER.fullmatch(segment) else ""
