"""Filters for plain text: `{% load home_text %}`."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def lines(text: str) -> list[str]:
    """The lines of `text` that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
