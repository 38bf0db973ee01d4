"""The pages by which an establishment signs in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import View

from accounts.link_requests import TooManyRequests
from accounts.models import User
from accounts.network import client_address
from accounts.sessions import end_every_session
from accounts.views.link import (
    NEXT,
    LinkView,
    Onward,
    minutes_of_life,
    see_other,
    sign_out,
    too_many,
)
from establishments.access import EstablishmentRequest, academy_of, establishment_required
from establishments.models import Academy, Establishment
from establishments.permissions import establishment_of
from establishments.search import find_establishments
from establishments.sign_in import enterable, mask, spend_link
from establishments.sign_in_requests import ask_for_link

ONWARD = Onward("/espace/", "sign_in_next")
RESULTS = 20
QUERY_LENGTH = 100


@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Find one's establishment by its UAI, its name or its commune."""
    if establishment_of(request.user):
        return redirect(ONWARD.safe(request.GET.get(NEXT)))
    academy = academy_of(request)
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:QUERY_LENGTH]
    context: dict[str, Any] = {
        "academy": academy,
        "query": query,
        "limit": RESULTS,
        "next": ONWARD.safe(request.GET.get(NEXT)),
        "onward": ONWARD.query(request.GET.get(NEXT)),
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
            "next": ONWARD.safe(request.GET.get(NEXT)),
            "onward": ONWARD.query(request.GET.get(NEXT)),
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
                return too_many(request, refusal, "sign_in:choose")
        ONWARD.remember(request)
        return see_other("sign_in:sent")


@never_cache
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now; the same page whoever asked, for whatever establishment."""
    context = {
        "academy": academy_of(request),
        "ask_again": reverse("sign_in:choose"),
        "minutes": minutes_of_life(),
    }
    return render(request, "establishments/sign_in/sent.html", context)


class EstablishmentLinkView(LinkView[Establishment]):
    """The link to an establishment's space."""

    onward = ONWARD
    ask_page = "sign_in:choose"
    enter_template = "establishments/sign_in/enter.html"
    enters = "establishment"
    reasons = {
        "used": gettext_lazy(
            "It has been used: a link works once, and a colleague may have been quicker."
        ),
        "changed": gettext_lazy(
            "The mailbox of the establishment has changed, or its sessions were ended."
        ),
    }

    def admitted(self, token: str) -> Establishment | None:
        """The establishment that the token enters."""
        return enterable(token)

    def spend(self, token: str, now: datetime) -> User | None:
        """Its account."""
        return spend_link(token, now=now)

    def whom_to_ask(self, request: HttpRequest) -> Academy | None:
        """The académie of the site."""
        return academy_of(request)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End this session."""
    return sign_out(request, "sign_in:choose")


@never_cache
@require_POST
@establishment_required
def leave_everywhere(request: EstablishmentRequest) -> HttpResponse:
    """End every session of the establishment and void the links in its mailbox."""
    end_every_session(request.user)
    logout(request)
    messages.success(request, _("Every session of your establishment is ended."))
    return see_other("sign_in:choose")
