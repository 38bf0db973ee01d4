"""The organisers' forms on a juror: who they are, what keeps them from judging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import formfield_for_dbfield

from contest.models import Conflict, Juror


def choose_establishment(form: forms.ModelForm) -> None:
    """Let `form` search the directory for its establishment, as other forms of the admin do.

    Each form anew: the chooser is registered after this module is loaded.
    """
    kept = form.fields["establishment"]
    field = formfield_for_dbfield(form._meta.model._meta.get_field("establishment"))
    field.label, field.help_text = kept.label, kept.help_text
    form.fields["establishment"] = field


class JurorForm(forms.ModelForm):
    """Invite somebody, or correct what is known of them."""

    class Meta:
        model = Juror
        fields = ("name", "email", "title", "college", "establishment")
        # The model's word is that of the law; here it would be read as a kind of school.
        labels = {"college": _("Sits for")}
        help_texts = {
            "email": _("Their own: the links by which they enter go there, and nowhere else."),
            "title": _("As the minutes will say: “illustrator”, “head of the DRAIO”."),
            "college": _("Whom they sit for. The minutes say how many sit for each."),
        }
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_establishment(self)
        # A juror can be taken back: their former row is not somebody else's.
        if self.instance.joined_at is not None:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _(
                "Fixed since they have come: whoever reads another mailbox would take over their "
                "ballots."
            )


class ConflictForm(forms.ModelForm):
    """An establishment whose posters a juror must not judge."""

    class Meta:
        model = Conflict
        fields = ("establishment", "reason")
        labels = {"establishment": _("Establishment")}
        help_texts = {"reason": _("For the minutes: “her daughter is a pupil there”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_establishment(self)
        self.fields["establishment"].required = True
        self.fields["establishment"].error_messages["required"] = _("Choose the establishment.")
