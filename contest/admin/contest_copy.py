"""Copying a contest by hand."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class ContestCopyForm(CopyForm):
    """Wagtail's, where the address is always the same and no copy follows its source.

    The posters of a contest refer to its rows: an alias, whose rows are written anew at each
    change of its source, cannot hold any.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].disabled = True
        self.fields.pop("alias", None)
