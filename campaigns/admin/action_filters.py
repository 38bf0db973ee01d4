"""By what reviewers narrow down the list of fiches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from campaigns.access import is_reviewer
from campaigns.awaiting import untouched, with_near_deadline, with_unanswered
from campaigns.enums import Status
from campaigns.models import Action, CampaignPage, ReviewLabel
from campaigns.querysets import ActionQuerySet
from campaigns.steering.counting import is_public
from establishments.enums import Kind
from establishments.models import Academy, Basin, Department, Network
from establishments.permissions import (
    academies_edited_by,
    departments_observed_by,
    networks_led_by,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

LISTED_STATUSES = [choice for choice in Status.choices if choice[0] != Status.DRAFT]


def _academies(request: HttpRequest) -> QuerySet[Academy]:
    """The académies in which the reader has a role."""
    return Academy.objects.filter(
        Q(pk__in=academies_edited_by(request.user))
        | Q(networks__in=networks_led_by(request.user))
        | Q(departments__in=departments_observed_by(request.user))
    ).distinct()


def editions(request: HttpRequest) -> QuerySet[CampaignPage]:
    """The editions of the reader's académies, the latest first."""
    homes = _academies(request).values_list("site__root_page__path", flat=True)
    below = Q(pk=None)
    for path in filter(None, homes):
        below |= Q(path__startswith=path)
    return CampaignPage.objects.filter(below).order_by("-week_first_day")


def departments(request: HttpRequest) -> QuerySet[Department]:
    """The departments of the reader's académies."""
    return Department.objects.filter(academy__in=_academies(request))


def basins(request: HttpRequest) -> QuerySet[Basin]:
    """The basins of the reader's académies."""
    return Basin.objects.filter(academy__in=_academies(request))


def networks(request: HttpRequest) -> QuerySet[Network]:
    """The networks that the reader leads, and those of the académies they edit."""
    return Network.objects.filter(
        Q(pk__in=networks_led_by(request.user))
        | Q(academy__in=academies_edited_by(request.user))
        | Q(academy__departments__in=departments_observed_by(request.user))
    ).distinct()


def labels(request: HttpRequest) -> QuerySet[ReviewLabel]:
    """The labels of the académies in which the reader reviews."""
    return ReviewLabel.objects.filter(
        Q(academy__in=academies_edited_by(request.user))
        | Q(academy__networks__in=networks_led_by(request.user))
    ).distinct()


SINGLED_OUT = [
    ("waiting", _("waits for me")),
    ("untouched", _("untouched for a week")),
    ("near", _("deadline near")),
    ("unanswered", _("message without an answer")),
    ("featured", _("on the front page")),
    ("public", _("public on the site")),
    ("hidden", _("not public on the site")),
]


class ActionFilterSet(WagtailFilterSet):
    """Edition, status, department, network, kind of establishment, label, what stands out."""

    # By `id`: a number too large for a column finds nothing there, and is an error as a page's key.
    campaign = django_filters.ModelChoiceFilter(
        label=_("edition"), queryset=editions, to_field_name="id"
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("status"), choices=LISTED_STATUSES, widget=forms.CheckboxSelectMultiple
    )
    department = django_filters.ModelChoiceFilter(
        label=_("department"), field_name="establishment__department", queryset=departments
    )
    basin = django_filters.ModelChoiceFilter(
        label=_("basin"), field_name="establishment__basin", queryset=basins
    )
    network = django_filters.ModelChoiceFilter(
        label=_("network"), field_name="establishment__network", queryset=networks
    )
    kind = django_filters.ChoiceFilter(
        label=_("kind of establishment"), field_name="establishment__kind", choices=Kind.choices
    )

    only = django_filters.MultipleChoiceFilter(
        label=_("only"),
        choices=SINGLED_OUT,
        widget=forms.CheckboxSelectMultiple,
        method="single_out",
    )
    label = django_filters.ModelChoiceFilter(
        label=_("review label"), field_name="labels", queryset=labels, to_field_name="id"
    )

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None and not is_reviewer(self.request.user):
            # All that an observer's list holds is published, whatever change is under review.
            for name in ("status", "only", "label"):
                del self.filters[name]

    def single_out(self, fiches: ActionQuerySet, name: str, wanted: list[str]) -> ActionQuerySet:
        """The fiches that are all that is ticked."""
        now = timezone.now()
        if "waiting" in wanted:
            fiches = fiches & Action.objects.awaiting(self.request.user)
        if "untouched" in wanted:
            fiches = fiches.filter(untouched(now))
        if "near" in wanted:
            fiches = fiches.filter(with_near_deadline(now))
        if "unanswered" in wanted:
            fiches = with_unanswered(fiches).filter(is_unanswered=True)
        if "featured" in wanted:
            fiches = fiches.filter(live=True, featured_at__isnull=False)
        if "public" in wanted:
            fiches = fiches.filter(is_public(now))
        if "hidden" in wanted:
            fiches = fiches.exclude(is_public(now))
        return fiches
