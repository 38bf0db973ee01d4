"""The pages by which an establishment signs in and out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import View

from accounts.links import link_life
from accounts.network import client_address
from accounts.sessions import end_every_session, open_session
from establishments.access import EstablishmentRequest, academy_of, establishment_required
from establishments.models import Academy, Establishment
from establishments.permissions import establishment_of
from establishments.search import find_establishments
from establishments.sign_in import enterable, mask, spend_link
from establishments.sign_in_requests import TooManyRequests, ask_for_link

SPACE = "/espace/"
RESULTS = 20
QUERY_LENGTH = 100
NEXT = "next"
TOKEN = "jeton"  # noqa: S105 - the name of a query parameter
WAITING_PAGE = "sign_in_next"
"""Where the session keeps the page that was asked for, until the link is used."""


def safe_next(address: str | None) -> str:
    """`address` where it is a page of the space, else the space itself."""
    if address and address.startswith(SPACE) and url_has_allowed_host_and_scheme(address, None):
        return address
    return SPACE


def onward(address: str | None) -> str:
    """The query string that carries a page asked for to the next step; empty without one."""
    target = safe_next(address)
    return "" if target == SPACE else f"?{urlencode({NEXT: target})}"


@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Find one's establishment by its UAI, its name or its commune."""
    if establishment_of(request.user):
        return redirect(safe_next(request.GET.get(NEXT)))
    academy = academy_of(request)
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:QUERY_LENGTH]
    context: dict[str, Any] = {
        "academy": academy,
        "query": query,
        "limit": RESULTS,
        "next": safe_next(request.GET.get(NEXT)),
        "onward": onward(request.GET.get(NEXT)),
    }
    if academy and query:
        context |= search(query, academy)
    return render(request, "establishments/sign_in/choose.html", context)


def search(query: str, academy: Academy) -> dict[str, Any]:
    """What `query` finds in `academy`, open establishments first, and whether that is not all."""
    found = find_establishments(query, academy)
    results = list(found.filter(is_open=True)[: RESULTS + 1])
    if len(results) <= RESULTS:
        results += found.filter(is_open=False)[: RESULTS + 1 - len(results)]
    return {"results": results[:RESULTS], "is_cut": len(results) > RESULTS}


@method_decorator(never_cache, name="dispatch")
class EstablishmentView(View):
    """One establishment: where its link goes, and the button that asks for it."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, uai: str) -> HttpResponse:
        """Show the establishment, or that this académie has none of that UAI."""
        academy = academy_of(request)
        establishment = (
            Establishment.objects.filter(uai=uai, academy=academy).first() if academy else None
        )
        context = {
            "academy": academy,
            "establishment": establishment,
            "mailbox": mask(establishment.mailbox) if establishment else "",
            "minutes": minutes_of_life(),
            "next": safe_next(request.GET.get(NEXT)),
            "onward": onward(request.GET.get(NEXT)),
            "parents": [(_("Sign-in"), reverse("sign_in:choose"))],
        }
        if establishment is None:
            return render(request, "establishments/sign_in/unknown.html", context, status=404)
        return render(request, "establishments/sign_in/establishment.html", context)

    def post(self, request: HttpRequest, uai: str) -> HttpResponse:
        """Ask for the link. Redirects, always alike, so that reloading the answer asks nothing."""
        academy = academy_of(request)
        if academy is not None:
            try:
                ask_for_link(uai, academy, address=client_address(request), now=timezone.now())
            except TooManyRequests as refusal:
                return too_many(request, refusal)
        target = safe_next(request.POST.get(NEXT))
        if target != SPACE:
            request.session[WAITING_PAGE] = target
        return see_other("sign_in:sent")


def too_many(request: HttpRequest, refusal: TooManyRequests) -> HttpResponse:
    """The page that says how long to wait."""
    seconds = max(1, round(refusal.wait.total_seconds()))
    response = render(
        request, "establishments/sign_in/wait.html", {"minutes": -(-seconds // 60)}, status=429
    )
    response["Retry-After"] = str(seconds)
    return response


@never_cache
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now; the same page whoever asked, for whatever establishment."""
    context = {"academy": academy_of(request), "minutes": minutes_of_life()}
    return render(request, "establishments/sign_in/sent.html", context)


@method_decorator(never_cache, name="dispatch")
class LinkView(View):
    """What the link in the mail opens.

    GET spends nothing: mail scanners open every link of a mail. Only the button does.
    """

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Keep the token, which is in this page's address, out of every Referer header."""
        response = super().dispatch(request, *args, **kwargs)
        # Not "no-referrer": under it browsers send the form with "Origin: null", which the
        # protection against forged requests refuses.
        response["Referrer-Policy"] = "strict-origin"
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say whose space it is, with the button that enters it."""
        token = request.GET.get(TOKEN, "")
        establishment = enterable(token)
        if establishment is None:
            return self.refuse(request, token)
        context = {"establishment": establishment, "token": token}
        return render(request, "establishments/sign_in/enter.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Spend the link and open the session."""
        token = request.POST.get(TOKEN, "")
        target = safe_next(request.session.get(WAITING_PAGE))
        # One transaction: a link is not spent without its session being opened.
        with transaction.atomic():
            user = spend_link(token, now=timezone.now())
            if user is not None:
                open_session(request, user)
        if user is None:
            return self.refuse(request, token)
        request.session.pop(WAITING_PAGE, None)
        return HttpResponseRedirect(target, status=303)

    def refuse(self, request: HttpRequest, token: str) -> HttpResponse:
        """The link is good no more (410), or there is none (400)."""
        context = {"academy": academy_of(request), "minutes": minutes_of_life()}
        status = 410 if token else 400
        return render(request, "establishments/sign_in/link_refused.html", context, status=status)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return see_other("sign_in:choose")


@never_cache
@require_POST
@establishment_required
def leave_everywhere(request: EstablishmentRequest) -> HttpResponse:
    """End every session of the establishment and void the links in its mailbox."""
    end_every_session(request.user)
    logout(request)
    messages.success(request, _("Every session of your establishment is ended."))
    return see_other("sign_in:choose")


def minutes_of_life() -> int:
    """How long a link works, in minutes."""
    return int(link_life().total_seconds()) // 60


def see_other(name: str) -> HttpResponse:
    """A redirect that is followed by GET."""
    return HttpResponseRedirect(reverse(name), status=303)
