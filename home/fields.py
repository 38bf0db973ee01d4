"""Field types shared by every page."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """A StreamField whose migrations hold no block tree.

    Blocks live in JSON: the database never depends on their definition, and a migration that
    repeats it grows by thousands of lines at each change of a label.
    """

    def __init__(self, block_types: Any = (), *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """The field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
