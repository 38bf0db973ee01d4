"""The blocks that editors compose pages with, one module a theme.

Their templates are in `templates/home/blocks/`. The title of a block is a heading of level 2, what
the block holds has headings of level 3: a block that needs the latter requires the former.
"""

from __future__ import annotations

from wagtail.blocks import Block

from .cards import CardsBlock
from .media import DocumentsBlock, PictureBlock, VideoBlock
from .text import (
    AccordionBlock,
    CalloutBlock,
    CallToActionBlock,
    KeyFiguresBlock,
    QuoteBlock,
    TextBlock,
    TimelineBlock,
)

BODY_BLOCKS: list[tuple[str, Block]] = [
    ("text", TextBlock()),
    ("accordion", AccordionBlock()),
    ("timeline", TimelineBlock()),
    ("quote", QuoteBlock()),
    ("callout", CalloutBlock()),
    ("key_figures", KeyFiguresBlock()),
    ("call_to_action", CallToActionBlock()),
    ("cards", CardsBlock()),
    ("picture", PictureBlock()),
    ("video", VideoBlock()),
    ("documents", DocumentsBlock()),
]

__all__ = ["BODY_BLOCKS"]
