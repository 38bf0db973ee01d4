"""What an editor types about a contest: whole minutes, possible dates, no silent change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from campaigns.admin.page_forms import whole_minute
from contest.calendar import end_of_school_year
from contest.date_rules import problems_with_edition

if TYPE_CHECKING:
    from campaigns.models import CampaignPage
    from contest.limit_changes import LimitChanges

CLOSING_TIMES = ("registration_closes_at", "deposit_closes_at")


class ContestPageForm(WagtailAdminPageForm):
    """The form of a contest."""

    keeps_posters = forms.BooleanField(
        label=_("I have read the list, and keep these posters as they are."), required=False
    )
    seen_changes = forms.CharField(required=False, widget=forms.HiddenInput)

    limit_changes: LimitChanges | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from contest.models.contest_page import CONTEST_SLUG

        slug = self.fields["slug"]
        slug.disabled = True
        slug.help_text = _("Always the same: other pages lead here.")
        self.initial["slug"] = CONTEST_SLUG

    @cached_property
    def edition(self) -> CampaignPage:
        """The edition of the contest, also before it is stored."""
        from campaigns.models import CampaignPage

        return CampaignPage.objects.get(pk=self.parent_page.pk)

    def clean(self) -> dict[str, Any]:
        """Let what closes last until the end of the minute that was typed."""
        cleaned: dict[str, Any] = super().clean()
        for name in CLOSING_TIMES:
            if cleaned.get(name):
                cleaned[name] = whole_minute(cleaned[name])
        return cleaned

    def _post_clean(self) -> None:
        """Judge the dates together with those of the edition."""
        super()._post_clean()
        edition = self.edition
        problems = problems_with_edition(
            self.instance.dates,
            call_closes_at=edition.call_closes_at,
            rights_end_on=end_of_school_year(edition.week_last_day),
        )
        for name, problem in problems.items():
            if name not in self.errors:
                self.add_error(name, problem)

    def is_valid(self) -> bool:
        """Whether all is well, the posters already in included."""
        return super().is_valid() and self._leaves_no_poster_behind()

    def _leaves_no_poster_behind(self) -> bool:
        """Whether every poster keeps to the new rules, or the editor has read which do not.

        What was read is told by its digest: another change, or another poster meanwhile, is
        another list.
        """
        from contest.limit_changes import changes_for_posters

        rows = self.formsets["categories"]
        changes = changes_for_posters(self.instance, [form.instance for form in kept_forms(rows)])
        if not changes:
            return True
        cleaned = self.cleaned_data
        if cleaned.get("keeps_posters") and cleaned.get("seen_changes") == changes.digest:
            return True
        self.limit_changes = changes
        self.add_error(
            "keeps_posters",
            _("Posters already in would no longer keep to the rules: read the list, then confirm."),
        )
        return False


def kept_forms(formset: Any) -> list[Any]:
    """The forms of a valid `formset` whose rows stay."""
    return [
        form
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
    ]
