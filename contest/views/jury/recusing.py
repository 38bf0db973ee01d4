"""Stepping aside from a poster, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contest.jury import recusing
from contest.jury.errors import NotAJuror, TooLate

from . import saving
from .judging import address_of, own_assignment, see, show, show_late
from .saving import Outcome
from .seats import SeatRequest, seat_required


@require_http_methods(["GET", "HEAD", "POST"])
@seat_required
def recusal(request: SeatRequest, number: int) -> HttpResponse:
    """Step aside from a poster, with a reason.

    Raises:
        Http404: it is not theirs to judge.
    """
    assignment = own_assignment(request, number)
    if request.method != "POST":
        return see(address_of(request, number))
    reason = saving.clean(request.POST.get("reason", ""))
    try:
        recusing.recuse(assignment, reason, by=request.user)
    except ValidationError as error:
        return show(request, assignment, recusal=(reason, error.message_dict["reason"]))
    except TooLate:
        return show_late(request, Outcome(saving.LATE))
    except NotAJuror as error:
        raise Http404("Taken away meanwhile") from error
    said = _("You have stepped aside from poster no. %(number)s. Thank you for saying so.")
    messages.success(request, said % {"number": number})
    return see(reverse("jury:round", args=[request.seat.round_id]))
