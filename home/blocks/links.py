"""Links to a page of the site or to another site."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkValue(blocks.StructValue):
    """A link, whichever way it was given."""

    @property
    def is_external(self) -> bool:
        """Whether it leaves the site."""
        return not self.get("page") and bool(self.get("url"))

    def address(self, request: Any = None) -> str:
        """Where it leads; empty when there is no link, or its page is no longer public."""
        page = self.get("page")
        if page:
            return (page.get_url(request) or "") if page.live else ""
        return self.get("url") or ""


class LinkBlock(blocks.StructBlock):
    """A page of the site or an address elsewhere, one or the other."""

    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.URLBlock(label=_("Or address of another site"), required=False)

    def __init__(self, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        self.needed = needed
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        """Refuse two destinations, and none where one is needed."""
        cleaned = super().clean(value)
        if cleaned.get("page") and cleaned.get("url"):
            raise StructBlockValidationError(
                {"url": [_("Choose a page or type an address, not both.")]}
            )
        if self.needed and not cleaned.get("page") and not cleaned.get("url"):
            raise StructBlockValidationError(
                {"page": [_("Choose a page or type the address of another site.")]}
            )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue
