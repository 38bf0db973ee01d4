"""From an address of a round to the juror's own seat in it; anything else is not found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from contest.jury.desk import seats_in_view
from contest.jury.enums import Stage
from contest.models import Seat

from .entrance import JurorRequest, juror_required

P = ParamSpec("P")

LARGEST_KEY = 2**31 - 1
"""What a database takes for a key; an address may say anything."""


class SeatRequest(JurorRequest):
    """A request about one round of the juror's, which has begun."""

    seat: Seat
    now: datetime
    stage: Stage


def seat_required(
    view: Callable[Concatenate[SeatRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let a juror into a round of theirs, found by the `pk` of its address.

    Another's round is not found. One that has not begun shows when it does, and nothing else.
    """

    @juror_required
    @wraps(view)
    def guarded(request: JurorRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        seats = seats_in_view(request.juries)
        seat = seats.filter(round=pk).first() if pk <= LARGEST_KEY else None
        if seat is None and wants_json(request):
            # A page left open by somebody else of this device: it keeps what it has to send.
            return JsonResponse({"state": "another"}, status=403)
        if seat is None:
            raise Http404("Not a round of this juror")
        seated = cast("SeatRequest", request)
        seated.seat, seated.now = seat, timezone.now()
        seated.stage = seat.round.stage(seated.now)
        if seated.stage in (Stage.DRAFT, Stage.ASSIGNED):
            return _not_open(seated)
        return view(seated, *args, **kwargs)

    return guarded


def _not_open(request: SeatRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"state": "not_open"}, status=409)
    return render(request, "contest/jury/not_open.html", {"round": request.seat.round})


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it sends and reads data, not pages."""
    return request.headers.get("Accept", "") == "application/json"
