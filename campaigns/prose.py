"""Turn the plain text that establishments type into safe HTML.

Three conventions that people use without being told: a blank line starts a paragraph, a line that
starts with a dash is an item of a list, any other line break is kept. Addresses of web pages stay
text, so that a published fiche never links to what nobody checked.
"""

from __future__ import annotations

import re
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_ITEM = re.compile(r"^\s*[-–—•*]\s+(?=\S)")
_LINE_BREAK = mark_safe("<br>")


def _html_of_lines(lines: list[str], *, are_items: bool) -> SafeString:
    """One list, or one paragraph."""
    texts = ((line,) for line in plain_lines(lines, are_items=are_items))
    if are_items:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", texts))
    return format_html("<p>{}</p>", format_html_join(_LINE_BREAK, "{}", texts))


def html_of(text: str) -> SafeString:
    """The paragraphs and lists of `text`; everything typed is escaped."""
    parts = [_html_of_lines(lines, are_items=are_items) for are_items, lines in blocks_of(text)]
    return format_html_join("\n", "{}", ((part,) for part in parts))


def blocks_of(text: str) -> list[tuple[bool, list[str]]]:
    """The paragraphs and lists of `text`: whether it is a list, and its lines as typed."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return [
        (are_items, list(lines))
        for block in blocks
        if block.strip()
        for are_items, lines in groupby(
            block.split("\n"), key=lambda line: _ITEM.match(line) is not None
        )
    ]


def plain_lines(lines: list[str], *, are_items: bool) -> list[str]:
    """The lines of a block without the dashes of a list and without outer blanks."""
    return [(_ITEM.sub("", line) if are_items else line).strip() for line in lines]
