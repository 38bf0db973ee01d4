"""The headings under which the editor offers blocks."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Text")
HIGHLIGHTS = _("Highlights")
MEDIA = _("Pictures, videos and files")
LINKS = _("Ways on")
