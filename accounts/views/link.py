"""What the link in a mail opens, and where it leads."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from accounts.link_requests import TooManyRequests
from accounts.links import link_life
from accounts.models import User
from accounts.sessions import open_session

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

Admitted = TypeVar("Admitted")

NEXT = "next"
TOKEN = "jeton"  # noqa: S105 - the name of a query parameter


@dataclass(frozen=True)
class Onward:
    """The page that somebody asked for before they had to sign in, if it lies below `home`.

    `key`: where the session keeps it until the link is used.
    """

    home: str
    key: str

    def safe(self, address: str | None) -> str:
        """`address` where it is a page of ours, else `home`."""
        is_ours = address and address.startswith(self.home)
        if is_ours and address and url_has_allowed_host_and_scheme(address, None):
            return address
        return self.home

    def query(self, address: str | None) -> str:
        """The query string that carries `address` to the next step; empty without one."""
        target = self.safe(address)
        return "" if target == self.home else f"?{urlencode({NEXT: target})}"

    def remember(self, request: HttpRequest) -> None:
        """Keep what `request` posts as the next page, if anything."""
        target = self.safe(request.POST.get(NEXT))
        if target != self.home:
            request.session[self.key] = target

    def recall(self, request: HttpRequest) -> str:
        """The page kept, or `home`."""
        return self.safe(request.session.get(self.key))


@method_decorator(never_cache, name="dispatch")
class LinkView(View, Generic[Admitted]):
    """What the link in the mail opens.

    GET spends nothing: mail scanners open every link of a mail. Only the button does.

    Attributes:
        onward: where it leads.
        ask_page: the name of the address where a link is asked for.
        enter_template: the page with the button; finds who is admitted under the name `enters`.
        reasons: why a link may be good no more: "used" and "changed".
    """

    http_method_names = ["get", "head", "post", "options"]
    onward: ClassVar[Onward]
    ask_page: ClassVar[str]
    enter_template: ClassVar[str]
    enters: ClassVar[str]
    reasons: ClassVar[dict[str, StrOrPromise]]

    @abstractmethod
    def admitted(self, token: str) -> Admitted | None:
        """Whom `token` lets in, without spending it."""

    @abstractmethod
    def spend(self, token: str, now: datetime) -> User | None:
        """The account to open a session for, the token used up."""

    @abstractmethod
    def whom_to_ask(self, request: HttpRequest) -> object:
        """The académie that helps on the page of a refused link; None without one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Keep the token, which is in this page's address, out of every Referer header."""
        response = super().dispatch(request, *args, **kwargs)
        # Not "no-referrer": under it browsers send the form with "Origin: null", which the
        # protection against forged requests refuses.
        response["Referrer-Policy"] = "strict-origin"
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say who enters where, with the button that does it."""
        token = request.GET.get(TOKEN, "")
        found = self.admitted(token)
        if found is None:
            return self.refuse(request, token)
        return render(request, self.enter_template, {self.enters: found, "token": token})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Spend the link and open the session."""
        token = request.POST.get(TOKEN, "")
        target = self.onward.recall(request)
        # One transaction: a link is not spent without its session being opened.
        with transaction.atomic():
            user = self.spend(token, timezone.now())
            if user is not None:
                open_session(request, user)
        if user is None:
            return self.refuse(request, token)
        request.session.pop(self.onward.key, None)
        return HttpResponseRedirect(target, status=303)

    def refuse(self, request: HttpRequest, token: str) -> HttpResponse:
        """The link is good no more (410), or there is none (400)."""
        context = {
            "academy": self.whom_to_ask(request),
            "ask_again": reverse(self.ask_page),
            "minutes": minutes_of_life(),
            "reasons": self.reasons,
        }
        status = 410 if token else 400
        return render(request, "accounts/sign_in/link_refused.html", context, status=status)


def too_many(request: HttpRequest, refusal: TooManyRequests, ask_page: str) -> HttpResponse:
    """The page that says how long to wait; `ask_page` names the address to come back to."""
    seconds = max(1, round(refusal.wait.total_seconds()))
    context = {"minutes": -(-seconds // 60), "ask_again": reverse(ask_page)}
    response = render(request, "accounts/sign_in/wait.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def minutes_of_life() -> int:
    """How long a link works, in minutes."""
    return int(link_life().total_seconds()) // 60


def see_other(name: str) -> HttpResponse:
    """A redirect that is followed by GET."""
    return HttpResponseRedirect(reverse(name), status=303)


def sign_out(request: HttpRequest, ask_page: str) -> HttpResponse:
    """End this session, and lead to where one signs in."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return see_other(ask_page)
