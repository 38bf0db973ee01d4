"""What editors print for the exhibition and the ceremony: asked for here, made, downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from contest import access, print_jobs
from contest.diplomas import result_to_print
from contest.enums import UNFINISHED_JOBS, JobState, PrintKind
from contest.errors import NoPalmares, NothingToPrint
from contest.models import Category, PrintJob
from home.keys import key_in

from .contest_admin import ContestAdminView

if TYPE_CHECKING:
    from accounts.models import User

JOBS_SHOWN = 20

NAMES = {
    PrintKind.LABELS: "etiquettes",
    PrintKind.SHEETS: "affiches-a3",
    PrintKind.DIPLOMAS: "diplomes",
}


class PrintsView(ContestAdminView):
    """Ask for labels, A3 sheets or diplomas; follow and fetch those asked for."""

    template_name = "contest/admin/prints.html"
    page_title = gettext_lazy("Printing")
    header_icon = "doc-full"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for a file, then show the list."""
        kind, category = self._asked()
        if kind is None:
            messages.error(request, gettext("Choose what to print."))
            return HttpResponseRedirect(self._address())
        try:
            job = print_jobs.ask(
                self.contest, kind, by=cast("User", request.user), category=category
            )
        except NoPalmares:
            messages.error(
                request, gettext("Diplomas wait for the palmarès: decide its publication first.")
            )
            return HttpResponseRedirect(self._address())
        except NothingToPrint:
            messages.error(
                request, gettext("No poster is admitted there yet: there is nothing to print.")
            )
            return HttpResponseRedirect(self._address())
        if job.category_id != (category.pk if category else None):
            messages.warning(
                request,
                gettext(
                    "A file of this kind is being prepared for other posters. Ask for this one "
                    "once it is ready."
                ),
            )
        return HttpResponseRedirect(f"{self._address()}#fichiers")

    def _asked(self) -> tuple[PrintKind | None, Category | None]:
        sent = self.request.POST.get("kind", "")
        kind = PrintKind(sent) if sent in PrintKind.values else None
        key = key_in(self.request.POST.get("category", ""))
        category = self.contest.categories.filter(pk=key).first() if key is not None else None
        return kind, category

    def _address(self) -> str:
        return reverse("contest_prints", args=[self.contest.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many posters can be printed, and the latest files asked for."""
        now = timezone.now()
        jobs = list(
            self.contest.print_jobs.select_related("category", "asked_by").order_by(
                "-asked_at", "-pk"
            )[:JOBS_SHOWN]
        )
        for job in jobs:
            job.contest = self.contest
        given = print_jobs.downloadable_among(jobs, self.contest, now)
        sizes = {job.pk: _size_of(job) for job in given}
        return super().get_context_data(
            total=print_jobs.printable(self.contest).count(),
            categories=list(self.contest.categories.all()),
            kinds=PrintKind.choices,
            has_palmares=result_to_print(self.contest) is not None,
            jobs=[(job, sizes.get(job.pk)) for job in jobs],
            is_unfinished=any(job.state in UNFINISHED_JOBS for job in jobs),
            **kwargs,
        )


class PrintFileView(View):
    """A file for the printer, for the editors of the académie that runs its contest."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> FileResponse | HttpResponseRedirect:
        """The file, to be saved; back to the list where it is no longer given.

        Raises:
            Http404: there is no such file, or the reader may not know of it.
        """
        job = get_object_or_404(PrintJob.objects.select_related("contest", "category"), pk=pk)
        if not access.runs(request.user, job.contest):
            raise Http404("Not a file of the reader's")
        if not print_jobs.is_downloadable(job, timezone.now()):
            return self._tell_it_is_gone(job)
        try:
            content = job.file.open("rb")
        except FileNotFoundError:
            return self._tell_it_is_gone(job)
        response = FileResponse(
            content,
            as_attachment=True,
            filename=file_name(job),
            content_type=f"application/{print_jobs.ENDINGS[job.kind]}",
        )
        response["X-Content-Type-Options"] = "nosniff"
        # Asked again each time: a poster may be withdrawn.
        response["Cache-Control"] = "private, no-store"
        return response

    def _tell_it_is_gone(self, job: PrintJob) -> HttpResponseRedirect:
        unfinished = job.state in (JobState.QUEUED, JobState.RUNNING)
        told = (
            gettext("This file is not ready yet.")
            if unfinished
            else gettext("This file is no longer given: ask for it again.")
        )
        messages.warning(self.request, told)
        return HttpResponseRedirect(reverse("contest_prints", args=[job.contest_id]))


def _size_of(job: PrintJob) -> int | None:
    """In bytes; None where the storage has lost the file."""
    try:
        return int(job.file.size)
    except FileNotFoundError:
        return None


def file_name(job: PrintJob) -> str:
    """What the browser calls the file: "etiquettes-2023-colleges.pdf"."""
    parts = [NAMES[PrintKind(job.kind)], job.contest.edition.slug]
    if job.category:
        parts.append(slugify(job.category.name))
    return f"{'-'.join(parts)}.{print_jobs.ENDINGS[job.kind]}"
