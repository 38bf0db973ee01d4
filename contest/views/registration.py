"""Registering for a contest, from the space of an establishment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from campaigns.views.resumption import RESUME, is_forged, session_ended
from contest import access
from contest.enums import RegistrationMode
from contest.errors import Closed, ContestError, OutOfTurn
from contest.forms.registration import RegistrationForm
from contest.models import ContestPage, Registration
from contest.registering import cancel_registration, register, registration_of
from establishments.access import establishment_required

if TYPE_CHECKING:
    from establishments.access import EstablishmentRequest
    from establishments.models import Establishment


def contest_for(establishment: Establishment, pk: int) -> ContestPage:
    """The contest `pk`, where `establishment` may take part in it.

    Raises:
        Http404: there is none, or it is not for this establishment.
    """
    contest = get_object_or_404(ContestPage.objects.live(), id=pk)
    if not access.takes_part(establishment, contest):
        raise Http404("Not a contest of this establishment")
    return contest


@method_decorator([never_cache, csrf_exempt], name="dispatch")  # see `campaigns.views.resumption`
class RegistrationView(View):
    """Register, or change a registration."""

    http_method_names = ["get", "post"]
    request: EstablishmentRequest
    contest: ContestPage
    now: datetime

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let establishments in; keep what was typed by one whose session has ended."""
        if request.method == "POST" and not request.user.is_authenticated:
            return session_ended(request)
        return establishment_required(self.admitted)(request, *args, **kwargs)

    def admitted(self, request: EstablishmentRequest, pk: int) -> HttpResponse:
        """Find the contest and what is registered, then answer."""
        self.now = timezone.now()
        self.contest = contest_for(request.establishment, pk)
        if self.contest.registration == RegistrationMode.OFF:
            raise Http404("This contest has no registration")
        return super().dispatch(request, pk=pk)  # type: ignore[return-value]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form as it was last sent, or why there is none."""
        registration = registration_of(self.request.establishment, self.contest)
        if not self.contest.calendar.accepts_registrations(self.now):
            return self.show_closed(registration)
        return self.show(self.form(registration), registration)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Register; a second click changes nothing."""
        registration = registration_of(self.request.establishment, self.contest)
        is_new = not (registration.pk and registration.is_active)
        form = self.form(registration, request.POST)
        if is_forged(request) or request.POST.get("do") == RESUME:
            unsent = self.form(registration, initial=request.POST.dict())
            unsent.initial["categories"] = request.POST.getlist("categories")
            return self.show(unsent, registration, is_unsent=True)
        if not form.is_valid():
            return self.show(form, registration)
        try:
            register(
                form.instance,
                categories=form.chosen_categories(),
                by=self.request.user,
                now=self.now,
            )
        except Closed:
            return self.show_closed(registration_of(self.request.establishment, self.contest))
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form, registration)
        messages.success(
            request,
            _("Your establishment is registered. A receipt is on its way to its mailbox.")
            if is_new
            else _("Your registration is changed. A receipt is on its way to your mailbox."),
        )
        return redirect("contest_space:contest", pk=self.contest.pk)

    def form(self, registration: Registration, *args: Any, **kwargs: Any) -> RegistrationForm:
        """The form of `registration` in this contest."""
        return RegistrationForm(
            *args,
            instance=registration,
            contest=self.contest,
            establishment=self.request.establishment,
            **kwargs,
        )

    def show(
        self, form: RegistrationForm, registration: Registration, *, is_unsent: bool = False
    ) -> HttpResponse:
        """The page of the form."""
        return render(
            self.request,
            "contest/space/registration.html",
            {
                "contest": self.contest,
                "establishment": self.request.establishment,
                "form": form,
                "registration": registration,
                "is_registered": bool(registration.pk) and registration.is_active,
                "only_category": form.offered[0] if len(form.offered) == 1 else None,
                "is_unsent": is_unsent,
            },
        )

    def show_closed(self, registration: Registration) -> HttpResponse:
        """The page that says that registrations are over, and what to do."""
        return render(
            self.request,
            "contest/space/registration_closed.html",
            {
                "contest": self.contest,
                "academy": self.request.establishment.academy,
                "registration": registration if registration.pk else None,
                "was_sent": self.request.method == "POST",
            },
            status=409 if self.request.method == "POST" else 200,
        )


@never_cache
@establishment_required
def cancel(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the registration back."""
    contest = contest_for(request.establishment, pk)
    registration = get_object_or_404(
        Registration, contest=contest, establishment=request.establishment
    )
    now = timezone.now()
    if not registration.is_active or not contest.calendar.accepts_registrations(now):
        return redirect("contest_space:register", pk=pk)
    if request.method != "POST":
        context = {"contest": contest, "registration": registration}
        return render(request, "contest/space/registration_cancel.html", context)
    try:
        cancel_registration(registration, by=request.user, now=now)
    except OutOfTurn:
        pass  # taken back already: a second click
    except ContestError:
        return redirect("contest_space:register", pk=pk)
    messages.success(request, _("Your registration is cancelled."))
    return redirect("contest_space:contest", pk=pk)
