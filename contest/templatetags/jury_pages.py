"""The jurors' pages: `{% load jury_pages %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.models import Round
from home.templatetags.shell import breadcrumb

register = template.Library()


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def jury_breadcrumb(
    context: Context, current: object, round_: Round | None = None
) -> dict[str, Any]:
    """The way from the home page, through the juror's rounds, to what is shown."""
    parents = [(_("Jury"), reverse("jury:desk"))]
    if round_ is not None:
        parents.append((round_.name, reverse("jury:round", args=[round_.pk])))
    trail: dict[str, Any] = breadcrumb(context, current=str(current), parents=parents)
    return trail
