"""The editors' form of a fiche: every field and every row, in tabs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.panels import TabbedInterface as Tabs

from campaigns.forms.parts import offered
from establishments.models import Establishment
from home.keys import key_in
from home.typed import text_in

from .action_row_forms import MediaPanel

VOCABULARIES = (
    "audiences",
    "levels",
    "themes",
    "action_types",
    "production_types",
    "funding_sources",
)


class UAIInput(forms.TextInput):
    """An establishment typed by its UAI: no list of them all fits a page."""

    def format_value(self, value: Any) -> str:
        """The UAI of the establishment that the field holds; what was typed, if it is none."""
        key = key_in(str(value))
        found = Establishment.objects.filter(pk=key).first() if key is not None else None
        return found.uai if found else str(value or "")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The key of the establishment whose UAI was typed; what was typed, if it is none."""
        typed = "".join(text_in(data, name).split()).upper().rstrip("?")
        found = Establishment.objects.filter(uai=typed).first()
        if found:
            return str(found.pk)
        # A UAI ends with a letter; a number would be taken for the key of any establishment.
        return f"{typed} ?" if typed[-1:].isdecimal() else typed


class ActionAdminForm(WagtailAdminModelForm):
    """Offers the terms that the fiche's académie uses, and those that the fiche already holds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in VOCABULARIES:
            field = self.fields[name]
            model = field.queryset.model
            held = [term.pk for term in getattr(self.instance, name).all()]
            academy = self.instance.establishment.academy_id
            field.queryset = offered(model, academy) | model.objects.filter(pk__in=held)

    def clean(self) -> dict[str, Any]:
        """Refuse to associate the establishment that carries the fiche, or another académie's."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        carrier = self.instance.establishment
        for row in self.formsets["associated"].forms:
            if not row.is_valid() or "establishment" not in row.changed_data:
                continue
            named = row.cleaned_data.get("establishment")
            if named is None or row.cleaned_data.get("DELETE"):
                continue
            if named.pk == carrier.pk:
                row.add_error("establishment", _("This establishment carries the fiche already."))
            elif named.academy_id != carrier.academy_id:
                row.add_error(
                    "establishment", _("Choose an establishment of the académie of the fiche.")
                )
        return cleaned


def _terms(name: str) -> FieldPanel:
    return FieldPanel(name, widget=forms.CheckboxSelectMultiple)


# Every child relation of `Action` stands here: Wagtail deletes the rows that its form leaves out
# (wagtail issue 14615). A test compares.
ACTION_PANELS = Tabs(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldPanel("summary"),
                MultiFieldPanel(
                    [
                        FieldPanel("coordinator_name"),
                        FieldPanel("coordinator_function"),
                        FieldPanel("coordinator_email"),
                    ],
                    heading=_("Coordination"),
                ),
                FieldPanel("objectives"),
                FieldPanel("course"),
                FieldPanel("outcome"),
                _terms("production_types"),
                InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
                InlinePanel(
                    "associated",
                    heading=_("Associated establishments"),
                    label=_("Establishment"),
                    panels=[
                        FieldPanel(
                            "establishment",
                            widget=UAIInput,
                            help_text=_("Its UAI, as in 0760083C."),
                        ),
                        FieldPanel("may_edit"),
                    ],
                ),
            ],
            heading=_("Action"),
        ),
        ObjectList(
            [
                _terms("audiences"),
                _terms("levels"),
                _terms("themes"),
                _terms("action_types"),
                FieldPanel("pupils_planned"),
                FieldPanel("adults_planned"),
            ],
            heading=_("Audiences and themes"),
        ),
        ObjectList(
            [
                FieldPanel("moment"),
                FieldPanel("novelty"),
                FieldPanel("starts_on"),
                FieldPanel("ends_on"),
                FieldPanel("place"),
                FieldPanel("openness"),
                FieldPanel("registration"),
                InlinePanel("sessions", heading=_("Sessions"), label=_("Session")),
            ],
            heading=_("Dates and place"),
        ),
        ObjectList(
            [
                InlinePanel("indicators", heading=_("Indicators"), label=_("Indicator")),
                FieldPanel("ready_to_reuse"),
                FieldPanel("reuse_tips"),
                FieldPanel("pupils_actual"),
                FieldPanel("adults_actual"),
                FieldPanel("satisfaction"),
                FieldPanel("continued"),
                FieldPanel("strengths"),
                FieldPanel("improvements"),
                FieldPanel("advice"),
            ],
            heading=_("Effects and follow-up"),
        ),
        ObjectList(
            [
                MediaPanel(
                    "media",
                    heading=_("Pictures and documents"),
                    label=_("File"),
                    panels=[
                        FieldPanel("kind"),
                        # Wagtail's own widget would link the file, which has no address.
                        FieldPanel("file", widget=forms.FileInput),
                        FieldPanel("alternative"),
                        FieldPanel("credit"),
                        FieldPanel("is_authorised"),
                    ],
                ),
            ],
            heading=_("Pictures and documents"),
        ),
        ObjectList(
            [FieldPanel("budget"), _terms("funding_sources")],
            heading=_("Means (never public)"),
        ),
    ],
    base_form_class=ActionAdminForm,
)
