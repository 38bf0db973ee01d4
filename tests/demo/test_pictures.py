"""The landscapes are what pages need: pictures of the right shape, always the same."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from demo.pictures import SCENES, draw_jpeg
from demo.pictures.canvas import mix


@pytest.mark.parametrize("name", SCENES)
def test_a_landscape_is_a_light_picture_for_the_top_of_a_page(name: str) -> None:
    data = draw_jpeg(name)

    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size) == ("JPEG", (1600, 900))
    assert len(data) < 150_000


def test_a_landscape_is_always_the_same() -> None:
    assert draw_jpeg("amiens-2015") == draw_jpeg("amiens-2015")


def test_a_mix_of_colours_goes_from_one_to_the_other() -> None:
    assert mix((0, 0, 0), (200, 100, 50), 0) == (0, 0, 0)
    assert mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)
    assert mix((0, 0, 0), (200, 100, 50), 1) == (200, 100, 50)
