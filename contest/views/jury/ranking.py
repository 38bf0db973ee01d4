"""The order that a juror gives to finalists: by buttons, by dragging, and without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.dates import hour_in_words
from campaigns.phases import PARIS
from contest.errors import ContestError
from contest.jury import access, desk, ordering
from contest.jury.enums import Method, Stage
from contest.jury.ranking import rank
from home.keys import key_in

from . import saving
from .judging import see, show_late
from .saving import Outcome
from .seats import SeatRequest, seat_required, wants_json

if TYPE_CHECKING:
    from contest.models import Assignment, Ballot

LONGEST = 1000
"""Signs of an order: twenty posters need far fewer."""


@dataclass(frozen=True)
class Ranked:
    """A poster in the list: its place where it has one, and which buttons are of use."""

    number: int
    assignment: Assignment
    rank: int | None = None
    is_first: bool = False
    is_last: bool = False
    is_equal: bool = False
    may_be_equal: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@seat_required
def ranking(request: SeatRequest) -> HttpResponse:
    """The juror's order of the finalists.

    Raises:
        Http404: the round is no ranking.
    """
    if request.seat.round.method != Method.RANKING:
        raise Http404("No ranking")
    if request.method != "POST":
        return _show(request)
    outcome = _keep(request)
    if wants_json(request):
        return _answer(request, outcome)
    if outcome.state == saving.LATE:
        return show_late(request, outcome)
    if outcome.state == saving.GONE:
        raise Http404("Not a round of this juror")
    if outcome.state != saving.SAVED:
        return _show(request, outcome)
    said = _("Saved at %(hour)s.") % {"hour": hour_in_words(timezone.now())}
    messages.success(request, said)
    return see(f"{reverse('jury:ranking', args=[request.seat.round_id])}#classement")


def _keep(request: SeatRequest) -> Outcome:
    typed = request.POST
    if typed.get("seat") != str(request.seat.pk):
        return Outcome(saving.ANOTHER)
    wanted = _wanted(request)
    if wanted is None:
        return Outcome(saving.INVALID)
    try:
        rank(
            request.seat,
            wanted,
            by=request.user,
            key=saving.read_key(typed),
            based_on=key_in(typed.get("based_on", "")),
        )
    except (ContestError, ValidationError) as error:
        return saving.refusal_of(error)
    return Outcome(saving.SAVED)


def _wanted(request: SeatRequest) -> ordering.Order | None:
    """The order that is asked for: whole, or the one there is with one poster moved."""
    typed = request.POST
    if "order" in typed:
        return ordering.parse(typed["order"][:LONGEST])
    order, unplaced, _rows = _current(request)
    verb, _sep, text = typed.get("do", "").partition("-")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    known = unplaced if verb == "place" else list(chain(*order))
    if verb not in ordering.MOVES or number not in known:
        return None
    return ordering.MOVES[verb](order, number)


def _current(request: SeatRequest) -> tuple[ordering.Order, list[int], dict[int, Assignment]]:
    """The order, the numbers without a place in the juror's own shuffle, the work by number."""
    seat = request.seat
    rows = {row.poster.number or 0: row for row in access.work_of(seat)}
    ballots: dict[int, Ballot] = {row.assignment_id: row for row in desk.ballots_of(seat)}
    ranks = {}
    for number, row in rows.items():
        ballot = ballots.get(row.pk)
        if ballot is not None and ballot.grades.get("rank") is not None:
            ranks[number] = ballot.grades["rank"]
    places = [place.number for place in desk.places_of(seat)]
    unplaced = [number for number in places if number not in ranks and number in rows]
    return ordering.order_of(ranks.items()), unplaced, rows


def _show(request: SeatRequest, outcome: Outcome | None = None) -> HttpResponse:
    seat = request.seat
    # What counts now: the refusal may come from another device's act.
    seat.refresh_from_db(fields=["revision", "signed_off_at"])
    order, unplaced, rows = _current(request)
    ranked = []
    rank = 1
    for at, group in enumerate(order):
        for number in group:
            ranked.append(
                Ranked(
                    number,
                    rows[number],
                    rank,
                    is_first=at == 0 and len(group) == 1,
                    is_last=at == len(order) - 1 and len(group) == 1,
                    is_equal=len(group) > 1,
                    may_be_equal=at > 0,
                )
            )
        rank += len(group)
    context = {
        "seat": seat,
        "round": seat.round,
        "ranked": ranked,
        "unplaced": [Ranked(number, rows[number]) for number in unplaced],
        "order": ordering.written(order),
        "act": saving.new_key(),
        "is_open": request.stage == Stage.OPEN,
        "is_writable": request.stage == Stage.OPEN and seat.signed_off_at is None,
        "progress": desk.Progress(len(rows), len(ranked)),
        "state": outcome.state if outcome else "",
    }
    status = saving.STATUSES[outcome.state] if outcome else 200
    return render(request, "contest/jury/ranking.html", context, status=status)


def _answer(request: SeatRequest, outcome: Outcome) -> JsonResponse:
    """What a script is told: the order that counts, and its revision."""
    seat = request.seat
    seat.refresh_from_db(fields=["revision"])
    order, _unplaced, rows = _current(request)
    said = {
        "state": outcome.state,
        "n": seat.revision,
        "order": ordering.written(order),
        "judged": sum(len(group) for group in order),
        "total": len(rows),
        "at": f"{timezone.now().astimezone(PARIS):%H:%M}",
    }
    return JsonResponse(said, status=saving.STATUSES[outcome.state])
