"""Two posters of a juror's, side by side."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contest.jury import desk
from contest.jury.questions import answers_in_words
from contest.models import Poster

from .seats import SeatRequest, seat_required


@require_safe
@seat_required
def compare(request: SeatRequest) -> HttpResponse:
    """The posters `?a=12&b=7`, both the juror's; where one is not chosen, a choice.

    Raises:
        Http404: one of them is not theirs to judge.
    """
    numbers = sorted(place.number for place in desk.places_of(request.seat))
    chosen = [_number(request.GET.get(name, "")) for name in ("a", "b")]
    sides: list[tuple[int, Poster, list[tuple[str, str]]] | None] = []
    for number in chosen:
        if number is None:
            sides.append(None)
            continue
        assignment = desk.assignment_of(request.seat, number)
        if assignment is None:
            raise Http404("Not a poster of this juror")
        ballot = desk.ballot_of(assignment)
        answers = answers_in_words(request.seat.round, ballot.grades) if ballot else []
        sides.append((number, assignment.poster, answers))
    context = {
        "round": request.seat.round,
        "numbers": numbers,
        "chosen": chosen,
        "sides": sides,
        "selects": [("a", chosen[0]), ("b", chosen[1])],
        "sizes": "(min-width: 48em) 46vw, calc(100vw - 2rem)",
    }
    return render(request, "contest/jury/compare.html", context)


def _number(text: str) -> int | None:
    """A number typed in an address; one that cannot be is none of theirs."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
