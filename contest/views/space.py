"""The contest in the space of an establishment: what it can do now, where its posters stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.models import ModelLogEntry

from contest import access
from contest.contest_view import exhibition_of, results_url
from contest.diplomas import diplomas_of, result_of_poster
from contest.errors import ContestError
from contest.forms.poster_withdrawal import WithdrawalForm
from contest.history import history_of
from contest.invitation import contest_milestones
from contest.jury.results import laurels_of
from contest.models import ContestPage, Poster
from contest.space import lines_of, posters_of, side_of
from contest.standing import reviewers_comments, standing_of
from contest.withdrawal import withdraw
from establishments.access import establishment_required

if TYPE_CHECKING:
    from establishments.access import EstablishmentRequest


@never_cache
@require_GET
@establishment_required
def contest(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """One contest for the establishment: its registration, the places left, its posters.

    Raises:
        Http404: the contest is not for the establishment, which never took part in it.
    """
    establishment, now = request.establishment, timezone.now()
    page = get_object_or_404(ContestPage.objects.select_related("jury"), id=pk)
    posters = list(posters_of(establishment).filter(contest=page))
    if not posters and not access.takes_part(establishment, page):
        raise Http404("Not a contest of this establishment")
    for poster in posters:
        poster.contest = page
    context = {
        "establishment": establishment,
        "contest": page,
        "calendar": page.calendar,
        "side": side_of(establishment, page, lines_of(posters, now), now),
        "milestones": contest_milestones(page.calendar, exhibition_of(page), now),
        "registration_is_open": page.calendar.accepts_registrations(now),
        "public_url": page.get_url(request) if page.live and page.edition.live else "",
    }
    return render(request, "contest/space/contest.html", context)


@never_cache
@require_GET
@establishment_required
def poster(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """Where one poster stands: what comes next, what was said of it, what was declared.

    Raises:
        Http404: it is another establishment's.
    """
    found, now = get_object_or_404(posters_of(request.establishment), pk=pk), timezone.now()
    has_diploma = result_of_poster(found, now) is not None
    context = {
        "establishment": request.establishment,
        "poster": found,
        "contest": found.contest,
        "standing": standing_of(found, now),
        "comment": reviewers_comments([found]).get(found.pk, ""),
        "acts": history_of(found),
        "has_diploma": has_diploma,
        "laurels": laurels_of(found.contest, now).get(found.pk, ()) if has_diploma else (),
        "palmares": results_url(found.contest, request, now) if has_diploma else "",
    }
    return render(request, "contest/space/poster.html", context)


@never_cache
@require_GET
@establishment_required
def preview(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """The poster as the jury will see it: nothing of the establishment.

    Raises:
        Http404: it is another establishment's, or has no file.
    """
    found = get_object_or_404(posters_of(request.establishment), pk=pk)
    if found.file is None:
        raise Http404("Nothing to look at")
    return render(request, "contest/space/preview.html", {"poster": found})


@never_cache
@require_GET
@establishment_required
def diploma(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """The diplomas of one poster as a PDF, once the palmarès is public.

    Raises:
        Http404: it is another establishment's, takes no part, or nothing is published.
    """
    found = get_object_or_404(posters_of(request.establishment), pk=pk)
    result = result_of_poster(found, timezone.now())
    if result is None:
        raise Http404("No diploma of this poster")
    name = f"diplome-affiche-{found.number}.pdf"
    response = HttpResponse(diplomas_of(result, [found]), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@establishment_required
def withdraw_poster(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """Ask once more, in plain words; then take the poster out, or delete the draft.

    Raises:
        Http404: it is another establishment's, or never was.
    """
    found = posters_of(request.establishment).filter(pk=pk).first()
    if found is None:
        if request.method == "POST" and _was_deleted_by(request, pk):
            return redirect("space:home")  # a double click: the first request has done it
        raise Http404("No such poster")
    if not access.may_withdraw(found):
        return redirect("contest_space:poster", pk=pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _withdraw(request, found, form.cleaned_data["reason"])
    context = {
        "poster": found,
        "contest": found.contest,
        "standing": standing_of(found, timezone.now()),
        "form": form,
    }
    return render(request, "contest/space/withdraw.html", context)


def _withdraw(request: EstablishmentRequest, found: Poster, reason: str) -> HttpResponse:
    title, contest_pk = str(found), found.contest_id
    try:
        left = withdraw(found, by=request.user, now=timezone.now(), reason=reason)
    except (ContestError, Poster.DoesNotExist):
        # Withdrawn or deleted meanwhile, in another tab or by a second click.
        return redirect("contest_space:contest", pk=contest_pk)
    if left.pk is None:
        messages.success(request, _("The draft “%(title)s” is deleted.") % {"title": title})
        return redirect("contest_space:contest", pk=contest_pk)
    said = _("“%(title)s” is withdrawn: it is out of the contest, and its pictures are deleted.")
    messages.success(request, said % {"title": title})
    return redirect("contest_space:poster", pk=left.pk)


def _was_deleted_by(request: EstablishmentRequest, pk: int) -> bool:
    return ModelLogEntry.objects.filter(
        content_type=Poster.get_base_content_type(),
        object_id=str(pk),
        action="wagtail.delete",
        user=request.user,
    ).exists()
