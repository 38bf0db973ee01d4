"""Which addresses of videos are understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from home.video import UnknownPlayerError, player_of


@pytest.fixture(autouse=True)
def _video_hosts(settings: Settings) -> None:
    """An installation that lets some PeerTube instances in."""
    settings.VIDEO_HOSTS = ["https://tube.ac.example", "https://*.tubes.example"]


@pytest.mark.parametrize(
    ("url", "name", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=aB3_d-fGhIj&t=12s",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aB3_d-fGhIj?rel=0",
        ),
        (
            "https://youtu.be/aB3_d-fGhIj",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aB3_d-fGhIj?rel=0",
        ),
        (
            "https://m.youtube.com/shorts/aB3_d-fGhIj",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aB3_d-fGhIj?rel=0",
        ),
        (
            "https://www.dailymotion.com/video/x8abcde",
            "Dailymotion",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
        (
            "https://tube.ac.example/w/9c9de5e8",
            "tube.ac.example",
            "https://tube.ac.example/videos/embed/9c9de5e8",
        ),
        (
            "https://nord.tubes.example/videos/watch/9c9de5e8-0a1e",
            "nord.tubes.example",
            "https://nord.tubes.example/videos/embed/9c9de5e8-0a1e",
        ),
    ],
)
def test_the_page_of_a_video_gives_its_player(url: str, name: str, frame: str) -> None:
    player = player_of(url)

    assert (player.name, player.frame_url) == (name, frame)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.youtube.com/watch?v=aB3_d-fGhIj",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/watch?v=a%22onload%3D",
        "https://youtube.com.evil.example/watch?v=aB3_d-fGhIj",
        "https://evil.example/w/9c9de5e8",
        "https://tubes.example.evil.example/w/9c9de5e8",
        "https://eviltubes.example/w/9c9de5e8",
        "https://tube.ac.example/about",
        "javascript:alert(1)",
        "",
    ],
)
def test_other_addresses_have_no_player(url: str) -> None:
    with pytest.raises(UnknownPlayerError):
        player_of(url)


@given(st.text(max_size=200))
def test_a_frame_is_always_of_a_known_host(typed: str) -> None:
    try:
        frame = player_of(f"https://{typed}").frame_url
    except ValueError:
        return
    assert frame.startswith(
        ("https://www.youtube-nocookie.com/", "https://geo.dailymotion.com/", "https://tube.ac.")
    )
