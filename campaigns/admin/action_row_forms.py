"""The rows of the editors' form that ask more than their fields: files."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from campaigns.enums import MediaKind
from campaigns.media_files import content_of


class MediaRowForm(WagtailAdminModelForm):
    """A file that an editor sends is judged and cleaned as one that a school sends."""

    found: MediaKind | None = None

    def clean_file(self) -> Any:
        """What is kept of the file that was sent; one that was there before stays as it is.

        Raises:
            ValidationError: it is not accepted; the message says what to send instead.
        """
        sent = self.cleaned_data["file"]
        if not isinstance(sent, UploadedFile):
            return sent
        form, content = content_of(sent)
        self.found = form.kind
        return ContentFile(content, name=f"file{form.value}")

    def clean(self) -> dict[str, Any]:
        """The bytes say what it is, whatever was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.found is not None:
            cleaned["kind"] = self.found
        return cleaned


class MediaPanel(InlinePanel):
    """The files of a fiche."""

    def get_form_options(self) -> dict[str, Any]:
        """As Wagtail's, with the form above."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = MediaRowForm
        return options
