"""Who gets in at /jury/: people who sit in the jury of a contest, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import User
from contest.jury.access import juries_of
from contest.jury.mailing import DESK
from contest.jury.sign_in import note_arrival
from contest.models import Juror
from establishments.access import academy_of

P = ParamSpec("P")


class JurorRequest(HttpRequest):
    """A request of somebody who sits in at least one jury."""

    user: User
    juries: list[Juror]


def juror_required(
    view: Callable[Concatenate[JurorRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only jurors into `view`, which finds theirs in `request.juries`, latest contest first.

    Others are asked to sign in and come back; somebody signed in who judges nothing is told why
    not. Nothing of it is kept in a cache. For a class-based view, decorate its `dispatch` through
    `method_decorator`.
    """

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            # What was posted is not sent again: coming back to its address by GET would fail.
            target = request.get_full_path() if request.method in {"GET", "HEAD"} else DESK
            return redirect_to_login(target, reverse("jury:sign_in"))
        juries = list(juries_of(request.user))
        if not juries:
            return refuse(request)
        note_arrival(juries, now=timezone.now())
        request.juries = juries  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def refuse(request: HttpRequest) -> HttpResponse:
    """The page for somebody signed in who sits in no jury."""
    context = {"academy": academy_of(request)}
    return render(request, "contest/jury/refused.html", context, status=403)
