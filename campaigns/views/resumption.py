"""Not losing what was typed when the session ends before the form is sent.

An establishment's session lasts a working day, and signing in again (which happens in another
tab, from the link in a mail) changes the token that protects forms. The view of the form therefore
checks that token itself: instead of Django's page of error, which loses the text, the writer gets
the form back as they left it, unsaved, and sends it once more.

Another site can make a browser send a form here too, and its request looks signed out, since it
comes without the session's cookie. What it typed therefore never leads to more than a form to
read: the verb it sent is dropped, and the page's own button only asks to see the text again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest

OWN_FIELDS = ("csrfmiddlewaretoken", "do")
"""The fields that the page draws itself, never as they were sent."""

RESUME = "resume"
"""What the page's button asks for: the form with what was typed, and nothing saved."""


class _Check(CsrfViewMiddleware):
    """Django's own check, which says why it refuses instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason)


def is_forged(request: HttpRequest) -> bool:
    """Whether a request that writes lacks the token of the present session."""
    check = _Check(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, None, (), {}) is not None  # type: ignore[arg-type]


def session_ended(
    request: HttpRequest, template: str = "campaigns/space/session_ended.html"
) -> HttpResponse:
    """The page that holds what was typed until the writer has signed in again.

    It says nothing of the fiche: whoever sends a form here gets back their own text.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN_FIELDS
        for value in values
    ]
    context = {"typed": typed, "verb": RESUME}
    return render(request, template, context, status=403)
