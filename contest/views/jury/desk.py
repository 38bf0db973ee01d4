"""The first page of a juror: their rounds, what waits in them, what comes of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contest.jury.desk import desk_of, is_awaited
from contest.jury.enums import Stage

from .entrance import JurorRequest, juror_required


@require_safe
@juror_required
def desk(request: JurorRequest) -> HttpResponse:
    """The juror's rounds: under way, to come, past."""
    now = timezone.now()
    lines = desk_of(request.juries, now)
    context = {
        "juries": request.juries,
        "juror": request.juries[0],
        "to_declare": [one for one in request.juries if is_awaited(one, lines)],
        "under_way": [line for line in lines if line.stage == Stage.OPEN],
        "to_come": [line for line in lines if line.stage == Stage.ASSIGNED],
        "past": [line for line in lines if line.stage in (Stage.CLOSED, Stage.TALLIED)][::-1],
    }
    return render(request, "contest/jury/desk.html", context)
