"""The blocks that editors compose pages with."""

from __future__ import annotations

from wagtail import blocks

BODY_BLOCKS = [("text", blocks.RichTextBlock())]
