"""The publication of a palmarès, in Wagtail's admin: what is missing, the preview, the act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from campaigns.wording import instant_in_words
from contest.enums import PosterStatus
from contest.errors import ContestError
from contest.forms.jury_publication import PublishForm
from contest.jury import publishing, results
from contest.jury.definition import rounds_of
from contest.jury.errors import NotReady
from contest.jury.explaining import rules_in
from contest.jury.palmares import NOT_COUNTED, palmares_of
from contest.jury.telling import mails_of, tell_again
from contest.models import Result
from contest.models.gallery_routes import GALLERY
from contest.models.result_routes import RESULTS, version_address
from contest.tally.errors import TallyError
from contest.views.contest_admin import ContestAdminView
from contest.views.results import PODIUM_SIZES, archive_name, podiums_of

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Version:
    """One version as the list shows it; `state` is "current", "replaced", "pending" or "off"."""

    result: Result
    state: str
    address: str


UNDECIDED = (PosterStatus.SUBMITTED, PosterStatus.RETURNED)
"""The posters that may still be admitted."""


class PublicationView(ContestAdminView):
    """What is missing, what would be published, what was; and the acts."""

    template_name = "contest/admin/jury/publication.html"
    page_title = gettext_lazy("Publication of the palmarès")
    header_icon = "pick"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the clock once, so that the page speaks of one instant."""
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answer, which no cache keeps."""
        return cast("HttpResponse", never_cache(super().dispatch)(request, *args, **kwargs))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where things stand, with an empty form."""
        return self._show(self._form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publish, call off, or write to the schools; then show where things stand."""
        acts = {"publish": self._publish, "call_off": self._call_off, "tell": self._tell}
        act = acts.get(request.POST.get("act", ""))
        return act() if act is not None else self._back()

    def _publish(self) -> HttpResponse:
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            result = publishing.publish(
                self.contest,
                by=cast("User", self.request.user),
                at=form.instant,
                note=form.cleaned_data.get("note", ""),
            )
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                # The palmarès may have come out since the page was opened: a note is wanted now.
                form.add_error(name if name in form.fields else None, cast("Any", texts))
            return self._show(form)
        except (NotReady, TallyError):
            messages.error(
                self.request, _("It cannot be published yet: see below what has to be settled.")
            )
            return self._back()
        told = _("The palmarès is published.")
        if result.published_at > timezone.now():
            told = _("The palmarès will be published on %(instant)s.") % {
                "instant": instant_in_words(result.published_at)
            }
        messages.success(self.request, told)
        return self._back()

    def _call_off(self) -> HttpResponse:
        result = results.pending(self.contest, self.now)
        try:
            if result is None:
                raise ContestError
            publishing.call_off(result, by=cast("User", self.request.user))
        except ContestError:
            messages.error(self.request, _("There is nothing to call off any more."))
        else:
            messages.success(self.request, _("The publication is called off: nobody has seen it."))
        return self._back()

    def _tell(self) -> HttpResponse:
        result = results.current(self.contest, self.now)
        try:
            if result is None:
                raise ContestError
            tell_again(result, by=cast("User", self.request.user))
        except ContestError:
            messages.error(self.request, _("The mails are on their way already."))
        else:
            messages.success(self.request, _("The mails to the schools are on their way."))
        return self._back()

    def _form(self, sent: Any = None) -> PublishForm:
        before = results.published(self.contest, self.now).exists()
        announced = self.contest.results_at
        initial = {"at": announced} if announced and announced > self.now else {}
        return PublishForm(sent, is_correction=before, initial=initial)

    def _show(self, form: PublishForm) -> HttpResponse:
        status = 422 if form.errors else 200
        context = self.get_context_data(form=form)
        return render(self.request, self.template_name, context, status=status)

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("jury_publication", args=[self.contest.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is missing, the palmarès as it stands, and every version."""
        palmares = palmares_of(self.contest)
        versions = self._versions()
        current = next((one.result for one in versions if one.state == "current"), None)
        return super().get_context_data(
            palmares=palmares,
            obstacles=publishing.obstacles(self.contest, palmares, self.now),
            # A round to be counted has its own line.
            problems=[one for one in palmares.problems if one.code != NOT_COUNTED],
            rounds=rounds_of(self.contest),
            deposits_are_open=self.contest.calendar.accepts_deposits(self.now),
            waiting=self.contest.posters.filter(status__in=UNDECIDED).count(),
            versions=versions,
            current=current,
            pending=next((one.result for one in versions if one.state == "pending"), None),
            mails=mails_of(current) if current is not None else None,
            **kwargs,
        )

    def _versions(self) -> list[Version]:
        base = self.contest.get_url(self.request) or ""
        found, has_current = [], False
        for row in self.contest.results.select_related("decided_by").order_by("-pk"):
            state = "replaced" if has_current else "current"
            if row.called_off_at is not None:
                state = "off"
            elif row.published_at > self.now:
                state = "pending"
            has_current = has_current or state == "current"
            address = {
                "current": f"{base}{RESULTS}",
                "replaced": f"{base}{version_address(row.version)}",
            }.get(state, "")
            found.append(Version(row, state, address))
        return found


class PublicationPreviewView(ContestAdminView):
    """The palmarès as the public would see it, for whoever is about to publish it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The public page, of a version that is not stored.

        Raises:
            Http404: nothing can be shown yet.
        """
        now = timezone.now()
        palmares = palmares_of(self.contest)
        if set(publishing.obstacles(self.contest, palmares, now)) - {publishing.PENDING}:
            raise Http404("Nothing to show yet")
        before = results.published(self.contest, now).first()
        version = before.version + 1 if before else 1
        files = publishing.files_of(self.contest, palmares, version=version)
        base = self.contest.get_url(request) or ""
        laureates = publishing.laureates_of(palmares)
        podiums = podiums_of(laureates, f"{base}{GALLERY}")
        context = {
            "page": self.contest,
            "result": Result(contest=self.contest, version=version, published_at=now),
            "is_current": True,
            "is_preview": True,
            "back": reverse("jury_publication", args=[self.contest.pk]),
            "podiums": [one for one in podiums if one.name],
            "special": next((one for one in podiums if not one.name), None),
            "rules": rules_in(files.public),
            "gallery": f"{base}{GALLERY}",
            "sizes": PODIUM_SIZES,
            "title": self.contest.title,
        }
        response = TemplateResponse(request, "contest/results/palmares.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


class OrganisersArchiveView(ContestAdminView):
    """The archive of one version with every ballot, for those who run the contest."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The file.

        Raises:
            Http404: no such version of this contest, or its file is lost.
        """
        result = self.contest.results.filter(pk=kwargs["result_pk"]).first()
        if result is None:
            raise Http404("No such version")
        try:
            content = result.organisers.open("rb")
        except FileNotFoundError as error:
            raise Http404("The archive is lost") from error
        response = FileResponse(
            content,
            as_attachment=True,
            filename=archive_name(self.contest, result, "palmares-organisateurs"),
            content_type="application/zip",
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
