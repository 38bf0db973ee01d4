"""The pages by which a juror signs in and out."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import View

from accounts.link_requests import TooManyRequests
from accounts.models import User
from accounts.network import client_address
from accounts.views.link import (
    NEXT,
    LinkView,
    Onward,
    minutes_of_life,
    see_other,
    sign_out,
    too_many,
)
from contest.forms.jury_sign_in import JurorSignInForm
from contest.jury.access import juries_of
from contest.jury.mailing import DESK
from contest.jury.sign_in import enterable, spend_link
from contest.jury.sign_in_requests import ask_for_link
from contest.models import Juror
from establishments.access import academy_of
from establishments.models import Academy

ONWARD = Onward(DESK, "jury_next")


@method_decorator(never_cache, name="dispatch")
class SignInView(View):
    """Ask for a link at one's own mailbox; the answer is the same whatever the address."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; a juror who is signed in goes on."""
        if juries_of(request.user).exists():
            return redirect(ONWARD.safe(request.GET.get(NEXT)))
        return self.show(request, JurorSignInForm(), request.GET.get(NEXT))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask. Redirects, always alike, so that reloading the answer asks nothing."""
        form = JurorSignInForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, request.POST.get(NEXT))
        if academy_of(request) is not None:
            try:
                ask_for_link(
                    form.cleaned_data["email"],
                    address=client_address(request),
                    now=timezone.now(),
                )
            except TooManyRequests as refusal:
                return too_many(request, refusal, "jury:sign_in")
        ONWARD.remember(request)
        return see_other("jury:sent")

    def show(self, request: HttpRequest, form: JurorSignInForm, next_: str | None) -> HttpResponse:
        """The page with `form`."""
        context = {
            "academy": academy_of(request),
            "form": form,
            "next": ONWARD.safe(next_),
            "onward": ONWARD.query(next_),
            "minutes": minutes_of_life(),
            "password_page": password_page(next_),
        }
        return render(request, "contest/jury/sign_in/ask.html", context)


def password_page(next_: str | None = None) -> str:
    """Where people with a password enter, to come back to the jury."""
    return f"{reverse('wagtailadmin_login')}?{urlencode({NEXT: ONWARD.safe(next_)})}"


@never_cache
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now; the same page whoever asked."""
    context = {
        "academy": academy_of(request),
        "ask_again": reverse("jury:sign_in"),
        "minutes": minutes_of_life(),
        "password_page": password_page(),
    }
    return render(request, "contest/jury/sign_in/sent.html", context)


class JurorLinkView(LinkView[Juror]):
    """The link to the desk of a juror."""

    onward = ONWARD
    ask_page = "jury:sign_in"
    enter_template = "contest/jury/sign_in/enter.html"
    enters = "juror"
    reasons = {
        "used": gettext_lazy("It has been used: a link works once."),
        "changed": gettext_lazy("A more recent link was used since, on another device perhaps."),
    }

    def admitted(self, token: str) -> Juror | None:
        """Who enters by the token."""
        return enterable(token)

    def spend(self, token: str, now: datetime) -> User | None:
        """Their account."""
        return spend_link(token, now=now)

    def whom_to_ask(self, request: HttpRequest) -> Academy | None:
        """The académie of the site."""
        return academy_of(request)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End this session."""
    return sign_out(request, "jury:sign_in")
