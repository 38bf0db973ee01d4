"""The admin's page that prepares the next edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns.admin.next_edition_form import NextEditionForm
from campaigns.models import CampaignPage
from campaigns.rollover import moved_dates, prepare_next_edition

if TYPE_CHECKING:
    from accounts.models import User


class NextEditionView(WagtailAdminTemplateMixin, FormView):
    """Ask for what changes, show every resulting date, then copy."""

    template_name = "campaigns/admin/next_edition.html"
    form_class = NextEditionForm
    page_title = gettext_lazy("Prepare the next edition")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not add an edition beside this one."""
        # By `id`: a number too large for a column finds nothing there, and is an error as `pk`.
        self.source = get_object_or_404(CampaignPage, id=kwargs["page_id"])
        permissions = self.source.permissions_for_user(request.user)
        if not permissions.can_copy_to(self.source.get_parent(), recursive=True):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """The edition that is copied."""
        title: str = self.source.get_admin_display_title()
        return title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way to this page."""
        url = reverse("wagtailadmin_explore", args=[self.source.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form needs the edition that is copied."""
        return {**super().get_form_kwargs(), "source": self.source}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the dates that the form's first day leads to."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        first_day = context["form"].first_day
        context["source"] = self.source
        context["first_day"] = first_day
        context["moved"] = moved_dates(self.source, first_day)
        return context

    def form_valid(self, form: NextEditionForm) -> HttpResponse:
        """Copy, once the editor has seen the dates of this very plan."""
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if not form.has_shown_dates:
            messages.warning(
                self.request, _("The first day has changed: check the dates below, then confirm.")
            )
            return self.render_to_response(self.get_context_data(form=form))
        try:
            edition = prepare_next_edition(
                self.source, form.plan, by=cast("User", self.request.user)
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The edition and its pages are ready as drafts. Read them again, then publish."),
        )
        return redirect("wagtailadmin_explore", edition.pk)
