"""The rows of a contest's form: at least one of each, and none taken from under a poster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel

if TYPE_CHECKING:
    from wagtail.admin.forms.models import WagtailAdminModelForm


class RowsPanel(InlinePanel):
    """Wagtail's panel of rows, with a formset of our own."""

    def __init__(self, *args: Any, formset: type[BaseChildFormSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formset = formset

    def clone_kwargs(self) -> dict[str, Any]:
        """What a copy of this panel is made with."""
        return {**super().clone_kwargs(), "formset": self.formset}

    def get_form_options(self) -> dict[str, Any]:
        """Wagtail's, and the formset."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset
        return options


class CriterionFormSet(BaseChildFormSet):
    """The criteria of a contest."""

    default_error_messages = {
        **BaseChildFormSet.default_error_messages,
        "too_few_forms": _("Give at least one criterion: the jury grades nothing without."),
    }


class CategoryFormSet(BaseChildFormSet):
    """The categories of a contest; one that posters or registrations are in stays."""

    default_error_messages = {
        **BaseChildFormSet.default_error_messages,
        "too_few_forms": _("Give at least one category: no establishment can enter without."),
    }

    def clean(self, *args: Any, **kwargs: Any) -> None:
        """Refuse, and bring back, the removal of a category that is in use.

        Raises:
            ValidationError: one message for each such category.
        """
        super().clean(*args, **kwargs)
        from contest.row_identity import uses_of_categories

        removed = {form.instance.pk: form for form in self.deleted_forms if form.instance.pk}
        uses = uses_of_categories(removed)
        for pk in uses:
            self._bring_back(removed[pk])
        if uses:
            raise ValidationError(
                [
                    _("“%(category)s” cannot be removed: %(uses)s.")
                    % {"category": removed[pk].instance, "uses": use.in_words()}
                    for pk, use in uses.items()
                ]
            )

    def _bring_back(self, form: WagtailAdminModelForm) -> None:
        """Show the row again: Wagtail hides those that are to be deleted."""
        data = form.data.copy()
        data[form.add_prefix("DELETE")] = ""
        self.data = form.data = data
