"""The import of the annuaire in the admin: hand in a file, follow it, read its report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from establishments.import_report import figures
from establishments.models import DirectoryImport
from establishments.uploads import hand_over

FOLLOW = "suivre"
"""The query parameter of a reader who wants the page to reload itself."""

LARGEST_FILE = 200 * 1024 * 1024
"""Five times the export of the whole country."""


class DirectoryImportForm(WagtailAdminModelForm):
    """The file to import."""

    file = forms.FileField(
        label=_("Export of the annuaire (CSV)"),
        help_text=_(
            "From data.education.gouv.fr, the whole country or a part of it. Establishments that "
            "the file leaves out stay as they are; those entered by hand are never changed."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    class Meta:
        model = DirectoryImport
        fields = ["file"]

    def clean_file(self) -> Any:
        """Refuse what is empty or far too large."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is too large to be an export."))
        return upload


class DirectoryImportIndexView(generic.IndexView):
    """The imports, newest first."""

    def get_base_queryset(self) -> QuerySet[DirectoryImport]:
        """The imports with the person who asked."""
        rows: QuerySet[DirectoryImport] = super().get_base_queryset()
        return rows.select_related("requested_by__wagtail_userprofile")


class DirectoryImportAddView(generic.CreateView):
    """Hand in a file."""

    page_title = _("Import the directory")
    submit_button_label = _("Import")
    submit_button_active_label = _("Sending…")
    success_message = None

    def save_instance(self) -> DirectoryImport:
        """Keep the file and have the worker import it."""
        return hand_over(self.form.cleaned_data["file"], by=self.request.user)

    def get_success_buttons(self) -> list[Any]:
        """None: an import is not edited."""
        return []

    def get_success_url(self) -> str:
        """The page where the import can be followed."""
        return f"{reverse('directory_import:report', args=[self.object.pk])}?{FOLLOW}=1"


class DirectoryImportReportView(generic.InspectView):
    """How an import goes on, and what it did.

    The page reloads itself until the import is over, as long as the reader wants it to.
    """

    template_name = "establishments/admin/directory_import_report.html"
    page_title = _("Import of the directory")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report's figures and lines."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        record: DirectoryImport = self.object
        is_silent = record.is_silent(timezone.now())
        return {
            **context,
            "record": record,
            "is_silent": is_silent,
            "percentage": f"{record.percentage}\N{NO-BREAK SPACE}%",
            "is_followed": FOLLOW in self.request.GET,
            "follow_parameter": FOLLOW,
            "figures": figures(record.report) if record.report else [],
            "errors": record.report.get("errors", []),
            "rejected": record.report.get("rejected", 0),
            "untouched": record.report.get("untouched", []),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page, told to reload itself where the reader follows an import under way."""
        response: HttpResponse = super().render_to_response(context, **kwargs)
        if context["is_followed"] and not self.object.is_over and not context["is_silent"]:
            response["Refresh"] = "3"
        return response


class DirectoryImportViewSet(ModelViewSet):
    """Imports are handed in and looked at; nothing in them is changed afterwards."""

    model = DirectoryImport
    name = "directory_import"
    url_prefix = "territory/imports"
    icon = "upload"
    menu_label = _("Imports")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = DirectoryImportIndexView
    add_view_class = DirectoryImportAddView
    list_display = [
        "file_name",
        Column("state", label=_("State"), accessor="get_state_display"),
        UserColumn("requested_by", label=_("Asked for by")),
        DateColumn("requested_at", label=_("Asked for"), sort_key="requested_at"),
    ]
    search_fields = None

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:
        """The upload."""
        return DirectoryImportForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """A report in the place of every view that would change something."""
        return {
            **super().get_common_view_kwargs(**kwargs),
            "edit_url_name": None,
            "delete_url_name": None,
            "history_url_name": None,
            "usage_url_name": None,
            "inspect_url_name": self.get_url_name("report"),
        }

    @property
    def url_finder_class(self) -> type:
        """Elsewhere in the admin, an import leads to its report."""
        return type(
            "DirectoryImportURLFinder",
            (super().url_finder_class,),
            {"edit_url_name": self.get_url_name("report")},
        )

    def get_permissions_to_register(self) -> QuerySet[Any]:
        """None: only administrators import, and no group can be made to."""
        return super().get_permissions_to_register().none()

    def get_urlpatterns(self) -> list[URLPattern]:
        """List, upload and report."""
        report = self.construct_view(DirectoryImportReportView)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/", report, name="report"),
        ]
