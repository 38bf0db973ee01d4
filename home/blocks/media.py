"""Blocks that show a picture, a video or files."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from home.video import Player, UnknownPlayerError, player_of

from .groups import MEDIA
from .text import SHORT_TEXT_FEATURES


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative, unless it is decoration."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = MEDIA
        template = "home/blocks/picture.html"
        label_format = "{caption}"
        description = _("A picture with what it shows, its caption and its credit.")


class DocumentsBlock(blocks.StructBlock):
    """Files to download, each with its format and size."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    documents = blocks.ListBlock(
        DocumentChooserBlock(label=_("Document")), label=_("Documents"), min_num=1
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Documents")
        group = MEDIA
        template = "home/blocks/documents.html"
        label_format = "{title}"
        description = _("Files to download, each with its format and size.")


class VideoValue(blocks.StructValue):
    """A video and who plays it."""

    @property
    def player(self) -> Player | None:
        """The player; nothing when the host has been taken off the list since."""
        try:
            return player_of(self.get("url") or "")
        except UnknownPlayerError:
            return None


class VideoBlock(blocks.StructBlock):
    """A video of another site: nothing is asked of it before the visitor clicks."""

    url = blocks.URLBlock(
        label=_("Address of the video"),
        help_text=_("On YouTube, Dailymotion or a PeerTube of the State."),
    )
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    picture = ImageChooserBlock(label=_("Still picture"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), required=False, features=SHORT_TEXT_FEATURES
    )
    is_speechless = blocks.BooleanBlock(
        label=_("Nobody speaks in this video"), required=False, default=False
    )

    def clean(self, value: Any) -> Any:
        """Refuse an unknown player, and words that the deaf would miss."""
        cleaned = super().clean(value)
        errors: dict[str, Any] = {}
        try:
            player_of(cleaned["url"])
        except UnknownPlayerError:
            errors["url"] = ValidationError(
                _("Give the address of a video on YouTube, Dailymotion or a known PeerTube.")
            )
        transcript = cleaned.get("transcript")
        if not cleaned.get("is_speechless") and not (transcript and transcript.source.strip()):
            errors["transcript"] = ValidationError(
                _("Write what is said, or tick that nobody speaks.")
            )
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA
        value_class = VideoValue
        template = "home/blocks/video.html"
        label_format = "{title}"
        preview_value = {
            "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
            "title": "La Semaine en images",
            "picture": None,
            "transcript": "<p>Musique.</p>",
            "is_speechless": False,
        }
        description = _("A video of another site, loaded only when the visitor asks for it.")
