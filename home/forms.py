"""Forms of the public site, in the design system's dress and fit for assistive technologies.

    class SignInForm(AccessibleForm, forms.Form): ...
    class ActionForm(AccessibleForm, forms.ModelForm): ...

What a form gets:

- the system's classes (`fr-input`, `fr-select`, `fr-upload`…) beside those of its own widgets;
- each input described by its help text *and* its error (`aria-describedby`), and marked invalid;
- radios and lists of boxes in a `fieldset` with a `legend`;
- optional fields marked as such; `mark_optional = False` on a form where nothing is required;
- `{{ form }}` writes an error summary, with links to the fields, then the fields.

A template that lays its fields out itself writes the same with the parts:

    {% load accessible_forms %}
    <form method="post" novalidate>
      {% csrf_token %}
      {% error_summary form formset %}
      {{ form.title.as_field_group }}
    </form>

`novalidate` lets the server speak: its messages are in French and listed in the summary, which
takes the focus. Give the page's title the prefix “Erreur – ” when `form.errors` is not empty.
Extra options a widget may carry as attributes: `inline` on radios and boxes.

Django's own renderer stays the project's default, so that none of this reaches Wagtail's admin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.template.loader import get_template

OWN_TEMPLATES = "components/"


class AccessibleRenderer(DjangoTemplates):
    """Our templates for forms and fields, Django's for what lies inside a widget."""

    form_template_name = f"{OWN_TEMPLATES}form.html"
    field_template_name = f"{OWN_TEMPLATES}form_field.html"

    def get_template(self, template_name: str) -> Any:
        """The template, ours from the project's folder."""
        if template_name.startswith(OWN_TEMPLATES):
            return get_template(template_name)
        return super().get_template(template_name)


class AccessibleBoundField(BoundField):
    """A field with what its template and the error summary need to know."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Django's attributes and the design system's class."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        classes = [*str(widget.attrs.get("class", "")).split(), class_of(widget)]
        if any(classes):
            attrs["class"] = " ".join(dict.fromkeys(filter(None, classes)))
        return attrs

    @property
    def is_group(self) -> bool:
        """Whether it is a list of radios or boxes, each with its own label."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_box(self) -> bool:
        """Whether it is one box to tick, its label after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def option_class(self) -> str:
        """The class of each line of a group."""
        # Django's list of boxes is a subclass of its radios.
        boxes = isinstance(self.field.widget, forms.CheckboxSelectMultiple)
        return "fr-checkbox-group" if boxes else "fr-radio-group"

    @property
    def group_class(self) -> str:
        """The class of what surrounds the label and the input."""
        if self.is_box:
            return "fr-checkbox-group"
        return f"{class_of(self.field.widget) or 'fr-input'}-group"

    @property
    def first_input_id(self) -> str:
        """The id that a link to this field leads to."""
        has_parts = self.is_group or isinstance(self.field.widget, forms.MultiWidget)
        return f"{self.auto_id}_0" if has_parts else str(self.auto_id)

    @property
    def group_description(self) -> str:
        """The ids of what describes a group as a whole, beside its legend and its errors."""
        return ""

    @property
    def is_marked_optional(self) -> bool:
        """Whether its label says that it may stay empty."""
        is_marked = not self.field.required and getattr(self.form, "mark_optional", True)
        # Nobody takes a box for a question that must be answered by a tick.
        return is_marked and not self.is_box


class AccessibleForm(forms.BaseForm):
    """To be put before Django's class in the bases of a form; see the top of this module."""

    default_renderer = AccessibleRenderer
    bound_field_class = AccessibleBoundField
    mark_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.ClearableFileInput):
                field.widget.template_name = f"{OWN_TEMPLATES}file_input.html"

    @property
    def has_optional_fields(self) -> bool:
        """Whether saying that the other fields are required helps."""
        visible = [bound.field.required for bound in self.visible_fields()]
        return self.mark_optional and any(visible) and not all(visible)


@dataclass(frozen=True)
class Fault:
    """One line of an error summary; `target` is empty for what concerns a whole form.

    `page` is the address of another page that holds the target.
    """

    label: str
    message: str
    target: str = ""
    page: str = ""


def faults_of(
    forms_or_formsets: Iterable[forms.BaseForm | forms.BaseFormSet[Any]],
) -> list[Fault]:
    """Every error, in the order of the fields."""
    found = []
    for item in forms_or_formsets:
        if isinstance(item, forms.BaseFormSet):
            found += [Fault("", str(message)) for message in _messages(item.non_form_errors())]
            found += faults_of(item.forms)
        elif item.is_bound and item.errors:
            found += [Fault("", str(message)) for message in item.non_field_errors()]
            found += [
                Fault(str(bound.label), str(message), getattr(bound, "first_input_id", ""))
                for bound in item.visible_fields()
                for message in bound.errors
            ]
            found += [
                Fault(str(bound.label), str(message))
                for bound in item.hidden_fields()
                for message in bound.errors
            ]
    return found


def class_of(widget: forms.Widget) -> str:
    """The design system's class for an input of this kind; empty where it has none."""
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
        return ""
    if isinstance(widget, forms.FileInput):
        return "fr-upload"
    if isinstance(widget, forms.Select):
        return "fr-select"
    return "" if widget.is_hidden else "fr-input"


def _messages(errors: ErrorList) -> list[str]:
    return [str(message) for message in errors]
