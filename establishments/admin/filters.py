"""Filters of the list of establishments."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from establishments.models import Academy, Department, Establishment, Network
from establishments.scoping import rows_to_choose_from


def _departments(request: HttpRequest) -> QuerySet[Any] | None:
    return rows_to_choose_from(request.user, Department)


def _networks(request: HttpRequest) -> QuerySet[Any] | None:
    return rows_to_choose_from(request.user, Network)


def _academies(request: HttpRequest) -> QuerySet[Any] | None:
    return rows_to_choose_from(request.user, Academy)


class EstablishmentFilterSet(WagtailFilterSet):
    """By place, network and nature; each choice is limited to what the person reaches."""

    academy = django_filters.ModelChoiceFilter(label=_("Académie"), queryset=_academies)
    department = django_filters.ModelChoiceFilter(label=_("Department"), queryset=_departments)
    network = django_filters.ModelChoiceFilter(
        label=_("Network"), queryset=_networks, null_label=_("In no network")
    )

    class Meta:
        model = Establishment
        fields = ["academy", "department", "network", "kind", "sector", "is_open", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.request.user.is_superuser and _academies(self.request).count() < 2:  # type: ignore[union-attr]
            del self.filters["academy"]
