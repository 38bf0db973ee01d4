"""The editors' page on extra time: who has some, and one click to give it."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns import extending
from campaigns.editions import editions_of, foremost
from campaigns.errors import NotAllowed
from campaigns.forms.fields import DayField
from campaigns.models import CampaignPage, Extension
from campaigns.phases import PARIS, local_day
from campaigns.wording import instant_in_words
from establishments.models import Establishment
from establishments.permissions import academies_edited_by
from establishments.search import narrow_to
from home.typed import text_in

if TYPE_CHECKING:
    from accounts.models import User

MOST_FOUND = 20
"""Establishments that a search shows; more words find fewer."""

LONGEST_QUERY = 200


class UntilForm(forms.Form):
    """The last day of the extra time, until midnight."""

    until = DayField(label=gettext_lazy("Until the end of the day of"))

    def instant(self) -> datetime:
        """The last second of the day typed, in Paris. Call it once valid."""
        return datetime.combine(self.cleaned_data["until"], time(23, 59, 59), tzinfo=PARIS)


class ExtensionsView(WagtailAdminTemplateMixin, TemplateView):
    """The extra time given in one edition; others than its editors know of no such page."""

    template_name = "campaigns/admin/extensions.html"
    page_title = gettext_lazy("Extra time")
    header_icon = "time"
    campaign: CampaignPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the edition among those of the académies that the reader edits.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.editions = editions_edited_by(cast("User", request.user))
        pk = kwargs.get("campaign_pk")
        found = [one for one in self.editions if one.pk == pk] if pk else self.editions
        shown = foremost(found, self.now)
        if shown is None:
            raise Http404("No such edition among those of the reader")
        self.campaign = shown

    def establishments(self) -> QuerySet[Establishment]:
        """Those of the edition's académie, each with its extra time."""
        granted = Extension.objects.filter(campaign=self.campaign, establishment=OuterRef("pk"))
        return (
            Establishment.objects.filter(
                academy__site__root_page__in=self.campaign.get_ancestors(), is_open=True
            )
            .annotate(extended_until=Subquery(granted.values("until")[:1]))
            .order_by("name", "commune")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who has extra time, whom the search finds, and what one click gives each."""
        query = self.request.GET.get("q", "")[:LONGEST_QUERY].strip()
        found: list[Any] = list(narrow_to(self.establishments(), query)[: MOST_FOUND + 1])
        given = (
            Extension.objects.filter(campaign=self.campaign)
            .select_related("establishment", "granted_by")
            .order_by("-until", "establishment__name")
        )
        refused = kwargs.pop("refused", None)
        return super().get_context_data(
            edition=self.campaign,
            editions=[one for one in self.editions if one.pk != self.campaign.pk],
            days=extending.DAYS,
            query=query,
            found=[self.line(one, one.extended_until) for one in found[:MOST_FOUND]],
            is_cut_short=len(found) > MOST_FOUND,
            given=[self.line(one.establishment, one.until, one) for one in given],
            refused=refused,
            address=reverse("edition_extensions", args=[self.campaign.pk]),
            **kwargs,
        )

    def line(
        self, establishment: Establishment, until: datetime | None, given: Extension | None = None
    ) -> dict[str, Any]:
        """One establishment of the page."""
        return {
            "establishment": establishment,
            "until": until,
            "is_over": until is not None and until < self.now,
            "given": given,
            "day": local_day(until) if until else "",
            "proposed": local_day(extending.proposed(self.campaign, until, self.now)),
        }

    def get_page_subtitle(self) -> str:
        """The edition."""
        return str(self.campaign.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The page, with its edition."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give an establishment time until the day sent, or take it back."""
        establishment = get_object_or_404(
            self.establishments().select_related("academy__site"), uai=text_in(request.POST, "uai")
        )
        by = cast("User", request.user)
        if request.POST.get("do") == "end":
            extending.end(self.campaign, establishment, by=by)
            messages.success(
                request,
                _("%(establishment)s has no extra time any more.")
                % {"establishment": establishment},
            )
            return redirect("edition_extensions", self.campaign.pk)
        form = UntilForm(request.POST)
        try:
            if not form.is_valid():
                raise ValidationError({"until": form.errors["until"][0]})
            given = extending.grant(
                self.campaign, establishment, until=form.instant(), by=by, now=self.now
            )
        except NotAllowed:
            raise PermissionDenied from None
        except ValidationError as error:
            refused = {
                "establishment": establishment,
                "message": " ".join(error.messages),
                "typed": request.POST.get("until", "")[:20],
            }
            return self.render_to_response(self.get_context_data(refused=refused), status=422)
        messages.success(
            request,
            _("%(establishment)s may hand in until %(until)s, and is told so by mail.")
            % {"establishment": establishment, "until": instant_in_words(given.until)},
        )
        return redirect("edition_extensions", self.campaign.pk)


def editions_edited_by(user: User) -> list[CampaignPage]:
    """The published editions of the académies that `user` edits, the newest first."""
    academies = academies_edited_by(user).select_related("site__root_page").order_by("name")
    return [edition for academy in academies for edition in editions_of(academy)]
