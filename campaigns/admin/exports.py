"""The reader's list of fiches as a file: the same rows, filters and order, what their role sees."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any, Final, cast

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, log

from campaigns.models import Action
from campaigns.outputs import delimited, workbook
from campaigns.outputs.columns import COLUMNS
from campaigns.outputs.internal import Reach, columns_for, reach_of, rows_for
from home.spreadsheets import Column, Sheet, write_workbook

from .action_list import ActionListView

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from campaigns.viewsets import ActionViewSet

LOGGED: Final = "campaigns.export"


class ActionExportView(ActionListView):
    """As the list, whatever it comes to filter by, but as CSV or XLSX."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The file; noted in the log, since it may take personal data out of the site."""
        kind: str = kwargs["kind"]
        fiches = self.get_queryset()
        reach = reach_of(request.user)
        if request.method == "HEAD":
            response: HttpResponseBase = HttpResponse()
        elif kind == "csv":
            heads = [*(column.key for column in COLUMNS), *(one.key for one in columns_for(reach))]
            response = StreamingHttpResponse(delimited.lines(heads, rows_for(fiches, reach)))
        else:
            response = self._workbook(fiches, reach)
        if request.method != "HEAD":
            log(
                instance=request.user,
                action=LOGGED,
                user=request.user,
                data={"kind": kind, "fiches": fiches.count(), "query": request.GET.urlencode()},
            )
        response["Content-Type"] = (
            delimited.CONTENT_TYPE if kind == "csv" else workbook.CONTENT_TYPE
        )
        day = timezone.localdate().isoformat()
        response["Content-Disposition"] = f"attachment; filename=fiches-{day}.{kind}"
        response["Cache-Control"] = "private, no-store"
        return response

    def _workbook(self, fiches: Any, reach: Reach) -> HttpResponseBase:
        public = [Column(str(one.label), one.width, one.kind) for one in COLUMNS]
        added = [Column(str(one.label), one.width, one.kind) for one in columns_for(reach)]
        rows = (
            [delimited.plain(value) if isinstance(value, list) else value for value in row]
            for row in rows_for(fiches, reach)
        )
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
        write_workbook(target, [Sheet(_("Fiches"), [*public, *added], rows)])
        target.seek(0)
        return FileResponse(target)


@hooks.register("register_admin_urls")
def export_urls() -> list[URLPattern]:
    """Beside the list's own address."""
    viewset = cast("ActionViewSet", Action.snippet_viewset)
    view = viewset.construct_view(ActionExportView, **viewset.get_index_view_kwargs())
    return [re_path(r"^fiches/export\.(?P<kind>csv|xlsx)$", view, name="action_export")]


@hooks.register("register_log_actions")
def register_export(actions: LogActionRegistry) -> None:
    """Let Wagtail's log keep, and name, the exports."""
    label = gettext_lazy("Fiches exported")
    actions.register_action(LOGGED, label, label)
