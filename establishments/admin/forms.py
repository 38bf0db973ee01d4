"""Forms of the territory: they offer only what the person may point at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.models import User
from establishments.enums import Source
from establishments.mailboxes import domain_of, official_domains
from establishments.models import Network
from establishments.permissions import people_within_reach_of
from establishments.scoping import rows_to_choose_from
from establishments.uai import normalise_uai

FROM_THE_DIRECTORY = (
    "uai",
    "name",
    "kind",
    "sector",
    "department",
    "address",
    "postcode",
    "commune",
    "latitude",
    "longitude",
    "phone",
    "email",
    "is_open",
)
"""What the next import would overwrite, so that nobody writes it in vain."""


class UaiField(forms.CharField):
    """A UAI as people type it: spaces, small letters and a lost zero are put right."""

    def to_python(self, value: Any) -> str:
        """The UAI as it is stored."""
        return normalise_uai(str(super().to_python(value)))


class TerritoryForm(WagtailAdminModelForm):
    """Limits every choice of a row to those within reach of whoever fills in the form.

    Nobody at all means no choice at all.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            queryset = getattr(field, "queryset", None)
            if queryset is None:
                continue
            rows = rows_to_choose_from(self.for_user, queryset.model) if self.for_user else None
            if rows is not None:
                field.queryset = rows
            elif self.for_user is None:
                field.queryset = queryset.none()

    def freeze(self, *names: str) -> None:
        """Show these fields without letting them change, whatever is posted."""
        for name in names:
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].required = False


class AcademyBoundForm(TerritoryForm):
    """A row whose académie is chosen once: its establishments could not follow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["academy"]
        if self.instance.pk:
            self.freeze("academy")
        elif field.queryset.count() == 1:
            self.initial.setdefault("academy", field.queryset.get().pk)


class PeopleForm(AcademyBoundForm):
    """A row that names people, in the field called `people_field`."""

    people_field = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields[self.people_field]
        within_reach = people_within_reach_of(self.for_user) if self.for_user else None
        if within_reach is None:
            return
        if self.instance.pk:
            # Somebody named by an administrator stays named, whoever saves the form.
            named = getattr(self.instance, self.people_field).order_by().values("pk")
            within_reach = User.objects.filter(
                Q(pk__in=within_reach.order_by().values("pk")) | Q(pk__in=named)
            ).order_by("last_name", "first_name", "username")
        field.queryset = within_reach


class DepartmentForm(PeopleForm):
    """Editors name observers; code, name and académie are the administrators'."""

    people_field = "observers"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is None or not self.for_user.is_superuser:
            self.freeze("code", "name", "academy")


class BasinForm(AcademyBoundForm):
    """A basin lies in a department of its académie."""

    def clean(self) -> dict[str, Any]:
        """Refuse a department of another académie."""
        cleaned: dict[str, Any] = super().clean()
        department, academy = cleaned.get("department"), cleaned.get("academy")
        if department and academy and department.academy_id != academy.pk:
            self.add_error("department", _("This department belongs to another académie."))
        return cleaned


class NetworkForm(PeopleForm):
    """A network gathers basins of its académie and names its leads."""

    people_field = "leads"

    def clean(self) -> dict[str, Any]:
        """Refuse basins of another académie."""
        cleaned: dict[str, Any] = super().clean()
        academy = cleaned.get("academy")
        if academy and any(basin.academy_id != academy.pk for basin in cleaned.get("basins", [])):
            self.add_error("basins", _("A basin belongs to another académie."))
        return cleaned


class EstablishmentForm(TerritoryForm):
    """An establishment; what the directory says of it is shown, and only shown."""

    uai = UaiField(label=_("UAI"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.source == Source.DIRECTORY:
            self.freeze(*FROM_THE_DIRECTORY)

    def _post_clean(self) -> None:
        """Once the row holds what was typed, refuse to editors a mailbox of nobody knows whom."""
        super()._post_clean()
        typed = self.cleaned_data.get("mailbox_override")
        if not typed or "mailbox_override" not in self.changed_data:
            return
        if self.for_user is not None and self.for_user.is_superuser:
            return
        if self.instance.department_id is None:
            return  # its own error is shown already
        domains = official_domains(self.instance)
        if domain_of(typed) not in domains:
            known = ", ".join(f"@{domain}" for domain in sorted(domains))
            self.add_error(
                "mailbox_override",
                _("Whoever reads this mailbox enters as the establishment: it must end in %s.")
                % known
                if known
                else _("Only an administrator can choose this mailbox: no official one is known."),
            )


NO_NETWORK = "none"


class PutInNetworkForm(forms.Form):
    """Which network a selection of establishments joins, or that they leave theirs.

    Nothing is chosen beforehand: to take establishments out of their network is said, not missed.
    """

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        networks = rows_to_choose_from(user, Network)
        self._networks = {
            str(network.pk): network
            for network in (Network.objects.none() if networks is None else networks)
        }
        self.fields["network"] = forms.ChoiceField(
            label=_("Network"),
            choices=[
                ("", _("Choose…")),
                *((key, network.name) for key, network in self._networks.items()),
                (NO_NETWORK, _("No network")),
            ],
        )

    def clean_network(self) -> Network | None:
        """The network chosen; None where the establishments leave theirs."""
        return self._networks.get(self.cleaned_data["network"])
