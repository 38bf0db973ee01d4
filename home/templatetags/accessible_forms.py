"""Template tags for forms: `{% load accessible_forms %}`."""

from __future__ import annotations

from typing import Any

from django import forms, template

from home.forms import faults_of

register = template.Library()


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms_or_formsets: forms.BaseForm | forms.BaseFormSet[Any]) -> dict[str, Any]:
    """All errors of the page's forms, first on the page, in focus, each a link to its field."""
    return {"faults": faults_of(item for item in forms_or_formsets if item)}
