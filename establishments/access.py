"""Who gets into the space of establishments."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Site

from accounts.models import User

from .models import Academy, Establishment
from .permissions import establishment_of

P = ParamSpec("P")


class EstablishmentRequest(HttpRequest):
    """A request of a signed-in establishment."""

    user: User
    establishment: Establishment


def establishment_required(
    view: Callable[Concatenate[EstablishmentRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only establishments into `view`, which finds theirs in `request.establishment`.

    Others are asked to sign in and come back; a person who is signed in is told why not. For a
    class-based view, decorate its `dispatch` through `method_decorator`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            # What was posted is lost: coming back to its address by GET would be an error.
            target = request.get_full_path() if request.method in {"GET", "HEAD"} else "/espace/"
            return redirect_to_login(target, reverse("sign_in:choose"))
        establishment = establishment_of(request.user)
        if establishment is None:
            return refuse(request)
        request.establishment = establishment  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def refuse(request: HttpRequest) -> HttpResponse:
    """The page for somebody signed in who acts for no open establishment."""
    closed = Establishment.objects.filter(account=request.user.pk).select_related("academy").first()
    return render(request, "establishments/sign_in/refused.html", {"closed": closed}, status=403)


def academy_of(request: HttpRequest) -> Academy | None:
    """The académie whose site `request` is for; None on a site that is no académie's."""
    site = Site.find_for_request(request)
    return Academy.objects.filter(site=site).first() if site else None
