"""A juror's own work in a round: what waits, what they gave and how often, signing off."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from contest.jury import desk, sealing, signing
from contest.jury.enums import Method, Stage
from contest.jury.errors import NotAJuror, NotOpen, TooLate
from contest.jury.questions import answers_in_words

from . import saving
from .judging import kept_filter, see, show_late
from .saving import Outcome
from .seats import SeatRequest, seat_required


@require_safe
@seat_required
def overview(request: SeatRequest) -> HttpResponse:
    """Every poster of the juror's in the round, narrowed to what `?filtre=` says."""
    return _show(request)


def _show(request: SeatRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    seat, round_ = request.seat, request.seat.round
    lines = desk.lines_of(seat)
    kept = kept_filter(request)
    is_over = request.stage != Stage.OPEN
    labels = {
        desk.TO_JUDGE: pgettext("posters", "Not judged")
        if is_over
        else pgettext("posters", "To judge"),
        desk.BEGUN: pgettext("posters", "Begun"),
        desk.JUDGED: pgettext("posters", "Judged"),
        desk.FLAGGED: _("To look at again"),
    }
    filters = [("", pgettext("posters", "All"), len(lines))] + [
        (name, labels[name], sum(keep(line.place) for line in lines))
        for name, keep in desk.FILTERS.items()
    ]
    shown = [line for line in lines if not kept or desk.FILTERS[kept](line.place)]
    progress = desk.progress_of(line.place for line in lines)
    waiting = next((line.place.number for line in lines if not line.place.is_judged), None)
    context = {
        "seat": seat,
        "round": round_,
        "lines": shown,
        "filters": filters,
        "kept": kept,
        "progress": progress,
        "distribution": desk.distribution_of(seat),
        "is_open": not is_over,
        "is_ranking": round_.method == Method.RANKING,
        "waiting": waiting,
        "receipt": sealing.receipt_for(seat) if seat.signed_off_at else "",
        "late": [
            (row, row.assignment.poster.number, answers_in_words(round_, row.grades))
            for row in (desk.late_of(seat) if is_over else [])
        ],
        "refusal": refusal,
    }
    return render(request, "contest/jury/round.html", context, status=status)


@require_POST
@seat_required
def signature(request: SeatRequest) -> HttpResponse:
    """Sign the work of a round off, or take it up again.

    Raises:
        Http404: the juror is in the round no more.
    """
    again = request.POST.get("do") == "again"
    try:
        if again:
            signing.take_up_again(request.seat, by=request.user)
        else:
            signing.sign_off(request.seat, by=request.user)
    except ValidationError as error:
        return _show(request, refusal=" ".join(error.messages), status=422)
    except TooLate:
        return show_late(request, Outcome(saving.LATE))
    except (NotAJuror, NotOpen) as error:
        raise Http404("Not a round of this juror") from error
    messages.success(
        request,
        _("You may change your answers again: remember to sign off before the close.")
        if again
        else _("Your work is signed off. Thank you!"),
    )
    return see(reverse("jury:round", args=[request.seat.round_id]))
