"""Texts that a browser sends outside a form of Django's, which would have looked at them."""

from __future__ import annotations

from collections.abc import Mapping


def text_in(sent: Mapping[str, str], name: str) -> str:
    """The text sent as `name`, empty where there is none, without what no database stores (NUL)."""
    return sent.get(name, "").replace("\0", "")
