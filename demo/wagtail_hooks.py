"""What the demo adds to Wagtail's admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def notice_style() -> SafeString:
    """The look of the notice that this is a demonstration."""
    return format_html('<link rel="stylesheet" href="{}">', static("demo/admin.css"))
