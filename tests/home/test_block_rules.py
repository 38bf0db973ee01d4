"""What the blocks refuse from editors."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks

from establishments.models import Academy
from home.blocks import BODY_BLOCKS
from home.blocks.links import LinkBlock
from home.blocks.media import VideoBlock
from tests.home.contents import VIDEO, make_picture

BLOCKS = dict(BODY_BLOCKS)


def clean(block: blocks.Block, value: dict[str, Any]) -> Any:
    """`value` as the editor's form would check it."""
    return block.clean(block.normalize(value))


@pytest.mark.django_db
def test_an_image_needs_an_alternative_unless_it_is_decoration() -> None:
    block = BLOCKS["picture"]
    image = make_picture("Atelier")
    image.decorative, image.contextual_alt_text = False, ""
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"image": image, "caption": ""}))

    image.decorative = True
    assert block.clean(block.normalize({"image": image, "caption": ""}))


def test_a_video_needs_a_known_host_and_its_words() -> None:
    block = VideoBlock()

    with pytest.raises(ValidationError) as foreign:
        clean(block, {**VIDEO, "url": "https://autre.example/v/1"})
    with pytest.raises(ValidationError) as silent:
        clean(block, {**VIDEO, "transcript": ""})

    assert "url" in foreign.value.block_errors
    assert "transcript" in silent.value.block_errors
    assert clean(block, VIDEO)
    assert clean(block, {**VIDEO, "transcript": "", "is_speechless": True})


@pytest.mark.django_db
def test_a_link_has_one_destination(academy: Academy) -> None:
    page = academy.site.root_page
    elsewhere = "https://www.education.gouv.fr"

    with pytest.raises(ValidationError):
        clean(LinkBlock(), {"page": None, "url": ""})
    with pytest.raises(ValidationError):
        clean(LinkBlock(), {"page": page, "url": elsewhere})
    with pytest.raises(ValidationError):
        clean(LinkBlock(), {"page": None, "url": "javascript:alert(1)"})

    assert clean(LinkBlock(), {"page": None, "url": elsewhere}).is_external
    assert not clean(LinkBlock(), {"page": page, "url": ""}).is_external
    assert clean(LinkBlock(needed=False), {"page": None, "url": ""}).address() == ""
