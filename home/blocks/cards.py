"""Cards that lead elsewhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from .groups import LINKS
from .links import LinkBlock


class CardBlock(blocks.StructBlock):
    """A title, a line and, most often, a link; its picture is decoration."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=400)
    link = LinkBlock(label=_("Link"), needed=False)
    picture = ImageChooserBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "form"
        label = _("Card")


class CardsBlock(blocks.StructBlock):
    """Cards side by side."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    cards = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=1)

    class Meta:
        icon = "grip"
        label = _("Cards")
        group = LINKS
        template = "home/blocks/cards.html"
        label_format = "{title}"
        preview_value = {
            "title": "Vous êtes…",
            "cards": [
                {"title": "Parent", "text": "Voyez à qui parler.", "picture": None,
                 "link": {"page": None, "url": "https://www.education.gouv.fr"}},
                {"title": "Partenaire", "text": "Prenez contact.", "picture": None,
                 "link": {"page": None, "url": ""}},
            ],
        }  # fmt: skip
        description = _("Cards side by side, each with a link.")
