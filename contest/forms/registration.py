"""The form by which an establishment announces its posters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from campaigns.forms.fields import WholeNumberField
from contest.models import Category, Registration
from home.forms import AccessibleForm

if TYPE_CHECKING:
    from contest.models import ContestPage
    from establishments.models import Establishment

MOST_PUPILS = 5000


class RegistrationForm(AccessibleForm, forms.ModelForm):
    """Who to reach, what to expect, and a word on the debate."""

    categories = forms.ModelMultipleChoiceField(
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=_("Categories"),
        error_messages={"required": _("Choose one category at least.")},
    )
    posters_expected = WholeNumberField(
        label=_("Number of posters expected"),
        min_value=1,
        error_messages={"required": _("Say how many posters to expect; one or two is fine.")},
    )
    pupils_expected = WholeNumberField(
        label=_("Number of pupils expected"),
        min_value=1,
        max_value=MOST_PUPILS,
        required=False,
        help_text=_("All those who will take part; an estimate is enough."),
    )

    class Meta:
        model = Registration
        fields = (
            "contact_name",
            "contact_email",
            "contact_phone",
            "categories",
            "posters_expected",
            "pupils_expected",
            "debate",
        )
        labels = {
            "contact_name": _("Name of the contact"),
            "contact_email": _("E-mail of the contact"),
            "contact_phone": _("Telephone of the contact"),
            "debate": _("The debate held in class"),
        }
        help_texts = {
            "contact_name": _("The person whom the académie may reach. Never published."),
            "contact_email": _("Receipts go to the establishment’s official mailbox all the same."),
        }
        widgets = {
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "debate": forms.Textarea(attrs={"rows": 4}),
        }
        error_messages = {
            "contact_name": {"required": _("Say who follows the contest in the establishment.")},
        }

    def __init__(
        self, *args: Any, contest: ContestPage, establishment: Establishment, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = contest.categories_for(establishment)
        field = cast("forms.ModelMultipleChoiceField", self.fields["categories"])
        field.queryset = contest.categories.filter(pk__in=[one.pk for one in offered])
        if len(offered) == 1:
            # Nothing to choose: the page says which it is.
            field.required = False
            field.widget = forms.MultipleHiddenInput()
            field.initial = [offered[0].pk]
        self.offered = offered
        posters = self.fields["posters_expected"]
        posters.help_text = _("At most %(most)d by the rules of the contest.") % {
            "most": contest.max_posters
        }
        posters.validators.append(MaxValueValidator(contest.max_posters))

    def chosen_categories(self) -> list[Category]:
        """What was chosen; the only one there is where nothing could be."""
        return list(self.cleaned_data["categories"]) or self.offered[:1]
