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
    if are_items:
        items = ((_ITEM.sub("", line).strip(),) for line in lines)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
    texts = ((line.strip(),) for line in lines)
    return format_html("<p>{}</p>", format_html_join(_LINE_BREAK, "{}", texts))


def html_of(text: str) -> SafeString:
    """The paragraphs and lists of `text`; everything typed is escaped."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    parts = [
        _html_of_lines(list(lines), are_items=are_items)
        for block in blocks
        if block.strip()
        for are_items, lines in groupby(
            block.split("\n"), key=lambda line: _ITEM.match(line) is not None
        )
    ]
    return format_html_join("\n", "{}", ((part,) for part in parts))
