"""A message that an establishment sends from the page of its fiche."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns import messaging
from campaigns.errors import NotAllowed
from campaigns.models import Action
from campaigns.models.dialogue import LONGEST_MESSAGE
from establishments.access import establishment_required

from .resumption import RESUME, is_forged, session_ended

if TYPE_CHECKING:
    from establishments.access import EstablishmentRequest


class MessageForm(forms.Form):
    """A message, and the key by which it is kept once."""

    text = forms.CharField(
        label=gettext_lazy("Your message"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "fr-input"}),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": gettext_lazy("Write your message.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        kwargs.setdefault("auto_id", "message-%s")
        super().__init__(*args, **kwargs)


@never_cache
@csrf_exempt  # see `resumption`
@require_http_methods(["GET", "POST"])
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Let establishments in; keep what was typed by one whose session has ended."""
    if request.method == "POST" and not request.user.is_authenticated:
        return session_ended(request)
    return establishment_required(_message)(request, pk)


def _message(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """Send a message about a fiche; what was typed stays where it cannot be sent.

    Raises:
        Http404: the establishment sees no such fiche.
        PermissionDenied: it does not write this fiche, or has not handed it in yet.
    """
    action = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    thread = f"{reverse('space:fiche', args=[pk])}#messages"
    if request.method == "GET":
        return redirect(thread)
    if is_forged(request) or request.POST.get("do") == RESUME:
        typed = {name: request.POST.get(name, "") for name in ("text", "key")}
        return _show(request, action, MessageForm(initial=typed), status=409)
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            messaging.send(action, by=request.user, now=timezone.now(), **form.cleaned_data)
        except NotAllowed as error:
            raise PermissionDenied from error
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, gettext("Your message is sent."))
            return redirect(thread)
    return _show(request, action, form, status=422)


def _show(
    request: EstablishmentRequest, action: Action, form: MessageForm, *, status: int
) -> HttpResponse:
    """The message that is not sent, to whoever may send it."""
    if not messaging.may_write(request.user, action):
        raise PermissionDenied
    context = {"action": action, "version": action, "form": form}
    return render(request, "campaigns/space/message.html", context, status=status)
