"""The page of one poster: look, answer, go on. The same address keeps what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.dates import hour_in_words
from campaigns.phases import PARIS
from campaigns.views.resumption import RESUME, is_forged, session_ended
from contest.jury import casting, desk
from contest.jury.enums import Method, Stage
from contest.jury.errors import NotAJuror
from contest.jury.questions import Question, answers_in_words, questions_of
from contest.models import Assignment, Ballot

from . import saving
from .saving import Outcome
from .seats import SeatRequest, seat_required, wants_json

if TYPE_CHECKING:
    from django.http import QueryDict

HERE = "affiche"
"""Where the page of a poster is entered: below the header of the site."""


@dataclass(frozen=True)
class Asked:
    """A question as its fieldset shows it."""

    question: Question
    value: str
    errors: list[str]

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Value, label and whether it is chosen, of each choice."""
        return [
            (str(one.value), one.label, str(one.value) == self.value)
            for one in self.question.choices
        ]


@csrf_exempt  # it checks the token itself: see `campaigns.views.resumption`
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poster(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One poster of the juror's, and what they say of it.

    What a form sends once the session has ended is given back, to be sent again.

    Raises:
        Http404: it is not theirs to judge, or not any more.
    """
    is_form = request.method == "POST" and not wants_json(request)
    if is_form and not request.user.is_authenticated:
        return session_ended(request, "contest/jury/session_ended.html")
    return _poster(request, pk=pk, number=number)


@seat_required
def _poster(request: SeatRequest, number: int) -> HttpResponse:
    assignment = desk.assignment_of(request.seat, number)
    if assignment is None:
        return _not_theirs(request, number)
    if request.method != "POST":
        return show(request, assignment)
    verb = request.POST.get("do", "save")
    is_script = wants_json(request)
    if verb == RESUME or is_forged(request):
        if is_script:
            return JsonResponse({"state": "session"}, status=403)
        is_own = request.POST.get("seat") == str(request.seat.pk)
        return show(request, assignment, Outcome(saving.UNSAVED if is_own else saving.ANOTHER))
    if verb in ("flag", "unflag"):
        return _flag(request, assignment, flagged=verb == "flag")
    outcome = saving.keep(
        request.seat, assignment, request.POST, by=request.user, is_whole=not is_script
    )
    goes_on = verb == "next"
    return (
        _answer(request, assignment, outcome)
        if is_script
        else _turn(request, assignment, outcome, goes_on=goes_on)
    )


def _not_theirs(request: SeatRequest, number: int) -> HttpResponse:
    """Back to the round where they stepped aside from the poster.

    Raises:
        Http404: it never was theirs, or was taken away.
    """
    if request.method == "POST" or not desk.stepped_aside(request.seat, number):
        raise Http404("Not a poster of this juror")
    text = _("You have stepped aside from poster no. %(number)s: you do not see it any more.")
    messages.info(request, text % {"number": number})
    return see(reverse("jury:round", args=[request.seat.round_id]))


def own_assignment(request: SeatRequest, number: int) -> Assignment:
    """The juror's work on that poster.

    Raises:
        Http404: there is none.
    """
    assignment = desk.assignment_of(request.seat, number)
    if assignment is None:
        raise Http404("Not a poster of this juror")
    return assignment


def address_of(request: SeatRequest, number: int) -> str:
    """The page of a poster, with the filter by which one goes through the work."""
    path = reverse("jury:poster", args=[request.seat.round_id, number])
    kept = kept_filter(request)
    return f"{path}?filtre={kept}#{HERE}" if kept else f"{path}#{HERE}"


def kept_filter(request: SeatRequest) -> str:
    """The filter in the address, where it is one that exists."""
    name = request.GET.get("filtre", "")
    return name if name in desk.FILTERS else ""


def show(
    request: SeatRequest,
    assignment: Assignment,
    outcome: Outcome | None = None,
    recusal: tuple[str, list[str]] | None = None,
) -> HttpResponse:
    """The page; after `outcome` with what was typed and why it is not kept.

    Args:
        recusal: the reason typed for stepping aside, and what is wrong with it.
    """
    seat = request.seat
    number = assignment.poster.number or 0
    places = desk.places_of(seat)
    if all(place.number != number for place in places):
        raise Http404("Taken away meanwhile")
    way = desk.way_from(places, number, kept_filter(request))
    ballot = desk.ballot_of(assignment)
    # What somebody else of this device has typed is not shown, let alone kept.
    typed = request.POST if outcome is not None and outcome.state != saving.ANOTHER else None
    following = desk.assignment_of(seat, way.following) if way.following else None
    late = desk.late_of(seat, number) if request.stage != Stage.OPEN else []
    context = {
        "seat": seat,
        "round": seat.round,
        "assignment": assignment,
        "number": number,
        "alternative": assignment.poster.alternative,
        "file": assignment.poster.file,
        "asked": asked(assignment, ballot, typed, outcome),
        "comment": typed.get("comment", "") if typed is not None else _comment(ballot),
        "comment_errors": outcome.errors.get("comment", []) if outcome else [],
        "faults": _faults(outcome),
        "act": saving.new_key(),
        "based_on": ballot.n if ballot else 0,
        "saved_at": ballot.cast_at if ballot else None,
        "answers": answers_in_words(seat.round, ballot.grades) if ballot else [],
        "own_comment": _comment(ballot),
        "is_ranking": seat.round.method == Method.RANKING,
        "is_writable": request.stage == Stage.OPEN and seat.signed_off_at is None,
        "is_open": request.stage == Stage.OPEN,
        "late": [(row, answers_in_words(seat.round, row.grades)) for row in late],
        "state": outcome.state if outcome else "",
        "recusal": recusal,
        "way": way,
        "previous_url": address_of(request, way.previous) if way.previous else "",
        "following_url": address_of(request, way.following) if way.following else "",
        "unjudged_url": address_of(request, way.unjudged) if way.unjudged else "",
        "following_file": following.poster.file if following else None,
        "kept": kept_filter(request),
        "progress": desk.progress_of(places),
        "sizes": "(min-width: 62em) 60vw, calc(100vw - 2rem)",
    }
    status = saving.STATUSES[outcome.state] if outcome else 422 if recusal else 200
    return render(request, "contest/jury/poster.html", context, status=status)


def asked(
    assignment: Assignment, ballot: Ballot | None, typed: QueryDict | None, outcome: Outcome | None
) -> list[Asked]:
    """The questions with what was typed, or else with what is kept."""
    grades = ballot.grades if ballot else {}
    errors = outcome.errors if outcome else {}
    found = []
    for question in questions_of(assignment.round):
        grade = grades.get(question.key)
        value = "" if grade is None else str(grade)
        if typed is not None and question.key in typed:
            value = typed.get(question.key, "")
        found.append(Asked(question, value, errors.get(question.key, [])))
    return found


def _comment(ballot: Ballot | None) -> str:
    return ballot.comment if ballot else ""


def _faults(outcome: Outcome | None) -> list[dict[str, str]]:
    if outcome is None:
        return []
    labels = {"comment": _("Your comment")}
    return [
        {
            "target": "" if key == "__all__" else f"question-{key}",
            "label": labels.get(key, _("Your answer")),
            "message": message,
        }
        for key, found in outcome.errors.items()
        for message in found
    ]


def _answer(request: SeatRequest, assignment: Assignment, outcome: Outcome) -> JsonResponse:
    """What a script is told."""
    said: dict[str, Any] = {"state": outcome.state}
    if outcome.errors:
        said["errors"] = outcome.errors
    ballot = outcome.ballot
    if outcome.state in (saving.SAVED, saving.CHANGED):
        said |= {
            "n": ballot.n if ballot else 0,
            "grades": ballot.grades if ballot else {},
            "comment": _comment(ballot),
            "is_complete": bool(ballot and ballot.is_complete),
            "at": f"{timezone.now().astimezone(PARIS):%H:%M}",
        }
    if outcome.state == saving.SAVED:
        progress = desk.progress_of(desk.places_of(request.seat))
        said |= {"judged": progress.judged, "total": progress.total}
    return JsonResponse(said, status=saving.STATUSES[outcome.state])


def _turn(
    request: SeatRequest, assignment: Assignment, outcome: Outcome, *, goes_on: bool
) -> HttpResponse:
    """Where a form leads: back to the poster, on to the next, or to why nothing is kept."""
    number = assignment.poster.number or 0
    if outcome.state == saving.LATE:
        return show_late(request, outcome)
    if outcome.state == saving.GONE:
        raise Http404("Taken away meanwhile")
    if outcome.state != saving.SAVED:
        assignment = own_assignment(request, number)
        return show(request, assignment, outcome)
    target = number
    if goes_on:
        way = desk.way_from(desk.places_of(request.seat), number, kept_filter(request))
        target = way.following or way.unjudged or 0
    _tell(request, number, outcome.ballot)
    if not target:
        return see(reverse("jury:round", args=[request.seat.round_id]))
    return see(address_of(request, target))


def _tell(request: SeatRequest, number: int, ballot: Ballot | None) -> None:
    """Say that it is saved; and, where an answer is open, that it does not count as judged."""
    said = {"number": number, "hour": hour_in_words(timezone.now())}
    if ballot is not None and ballot.is_complete:
        messages.success(request, _("Poster no. %(number)s: saved at %(hour)s.") % said)
    else:
        messages.warning(
            request,
            _(
                "Poster no. %(number)s: saved at %(hour)s, but an answer is missing: it is not "
                "judged yet."
            )
            % said,
        )


def show_late(request: SeatRequest, outcome: Outcome) -> HttpResponse:
    """The round is closed: what was sent does not count, and is shown."""
    late = outcome.late
    context = {
        "round": request.seat.round,
        "late": late,
        "number": late.assignment.poster.number if late else None,
        "answers": answers_in_words(request.seat.round, late.grades) if late else [],
    }
    return render(request, "contest/jury/late.html", context, status=410)


def see(address: str) -> HttpResponse:
    """Lead a form that was kept to a page that may be read again."""
    return HttpResponseRedirect(address, status=303)


def _flag(request: SeatRequest, assignment: Assignment, *, flagged: bool) -> HttpResponse:
    """The juror's own mark, which is no ballot and depends on no hour."""
    number = assignment.poster.number or 0
    try:
        casting.flag(assignment, flagged, by=request.user)
    except NotAJuror as error:
        raise Http404("Taken away meanwhile") from error
    if wants_json(request):
        return JsonResponse({"state": saving.SAVED, "flagged": flagged})
    return see(address_of(request, number))
