"""Blocks made of words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .groups import HIGHLIGHTS, TEXT
from .links import LinkBlock

# No image, no embed, no colour: what changes the page's structure has a block of its own.
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, headings, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        template = "home/blocks/text.html"
        preview_value = (
            "<h2>Prévenir le décrochage</h2><p>Chaque année, les équipes racontent ce qui a "
            "permis à des élèves de <b>tenir bon</b>.</p>"
        )
        description = _("Paragraphs with headings, lists and links.")


class QuoteBlock(blocks.StructBlock):
    """Somebody’s words, with their name and function."""

    text = blocks.TextBlock(label=_("Words"), max_length=600)
    author = blocks.CharBlock(label=_("Who says so"), required=False, max_length=120)
    function = blocks.CharBlock(label=_("Function"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = HIGHLIGHTS
        template = "home/blocks/quote.html"
        label_format = "{author}"
        preview_value = {
            "text": "On m’a montré où était ma chaise.",
            "author": "Une élève",
            "function": "en première professionnelle",
        }
        description = _("Somebody’s words, set apart.")


class CalloutBlock(blocks.StructBlock):
    """What must not be missed, in a coloured frame."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        group = HIGHLIGHTS
        template = "home/blocks/callout.html"
        label_format = "{title}"
        preview_value = {
            "title": "À retenir",
            "text": "<p>L’appel à actions ferme le 9 mars à 23 h 59.</p>",
        }
        description = _("A short text in a frame, for what must not be missed.")


class AccordionItemBlock(blocks.StructBlock):
    """A heading that opens on its text."""

    title = blocks.CharBlock(label=_("Heading"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)

    class Meta:
        icon = "list-ul"
        label = _("Part")


class AccordionBlock(blocks.StructBlock):
    """Questions and answers that open one by one."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        group = TEXT
        template = "home/blocks/accordion.html"
        label_format = "{title}"
        preview_value = {
            "title": "Questions fréquentes",
            "items": [
                {"title": "Qui peut proposer une action ?", "text": "<p>Tout établissement.</p>"},
                {"title": "Jusqu’à quand ?", "text": "<p>Jusqu’à la clôture de l’appel.</p>"},
            ],
        }
        description = _("Questions and answers that open one by one.")


class TimelineStepBlock(blocks.StructBlock):
    """One date of a timeline."""

    when = blocks.CharBlock(label=_("When"), max_length=60)
    title = blocks.CharBlock(label=_("What"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES, required=False)

    class Meta:
        icon = "date"
        label = _("Step")


class TimelineBlock(blocks.StructBlock):
    """Dates in their order."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    steps = blocks.ListBlock(TimelineStepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        group = TEXT
        template = "home/blocks/timeline.html"
        label_format = "{title}"
        preview_value = {
            "title": "Le calendrier",
            "steps": [
                {"when": "17 janvier", "title": "Ouverture de l’appel", "text": ""},
                {"when": "9 mars", "title": "Clôture de l’appel", "text": ""},
            ],
        }
        description = _("Dates in their order.")


class KeyFigureBlock(blocks.StructBlock):
    """One number, what it counts and where it comes from."""

    value = blocks.CharBlock(label=_("Figure"), max_length=30)
    label = blocks.CharBlock(label=_("What it counts"), max_length=160)
    source = blocks.CharBlock(
        label=_("Source"), max_length=200, help_text=_("Who published it, and when.")
    )
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "order"
        label = _("Key figure")


class KeyFiguresBlock(blocks.StructBlock):
    """Numbers with their sources."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1, max_num=4)

    class Meta:
        icon = "table"
        label = _("Key figures")
        group = HIGHLIGHTS
        template = "home/blocks/key_figures.html"
        label_format = "{title}"
        preview_value = {
            "title": "En chiffres",
            "figures": [
                {"value": "18 ans", "label": "l’âge de l’obligation de formation",
                 "source": "Code de l’éducation, article L. 114-1", "source_url": ""},
            ],
        }  # fmt: skip
        description = _("One to four numbers, each with its source.")


class CallToActionBlock(blocks.StructBlock):
    """An invitation with one button."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=400)
    button = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    link = LinkBlock(label=_("Link"))

    class Meta:
        icon = "resubmit"
        label = _("Call to action")
        group = HIGHLIGHTS
        template = "home/blocks/call_to_action.html"
        label_format = "{title}"
        preview_value = {
            "title": "Votre action compte",
            "text": "Décrivez-la en une page, avec l’aide de votre réseau.",
            "button": "Proposer une action",
            "link": {"page": None, "url": "https://www.education.gouv.fr"},
        }
        description = _("An invitation with one button.")
