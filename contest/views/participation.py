"""The editors' page on who takes part in a contest: lists, counts, reminders, workbook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contest.enums import RegistrationMode, ReminderKind
from contest.errors import ContestError
from contest.forms.registration import RegistrationForm
from contest.participation import (
    Standing,
    counts_by_department,
    counts_by_network,
    eligible,
    lines,
    standing_filter,
    totals,
)
from contest.participation_export import write_participation
from contest.participation_wording import STANDING_LABELS, standing_in_words
from contest.registering import register, registration_of
from contest.reminding import is_time_for, to_remind
from contest.tasks import remind_establishments
from establishments.folding import search_words
from home.keys import key_in

from .contest_admin import ContestAdminView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from accounts.models import User
    from establishments.models import Establishment

A_PAGE = 50
TERRITORY = ("department", "network")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ParticipationView(ContestAdminView):
    """Who registered, who deposited, who did not."""

    template_name = "contest/admin/participation.html"
    page_title = gettext_lazy("Registrations")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines that the filters keep, the counts, what reminders are possible."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now = timezone.now()
        page = Paginator(self.kept(), A_PAGE).get_page(self.request.GET.get("page"))
        annotated: Iterable[Any] = page
        for line in annotated:
            line.standing = standing_in_words(line)
        kept = self.request.GET.copy()
        kept.pop("page", None)
        return context | {
            "page_obj": page,
            "kept": kept.urlencode(),
            "query": self.request.GET.get("q", ""),
            "standing": self.standing(),
            "standings": STANDING_LABELS.items(),
            "departments": counts_by_department(self.contest),
            "networks": counts_by_network(self.contest),
            "totals": totals(self.contest),
            "chosen": {name: key_in(self.request.GET.get(name, "")) for name in TERRITORY},
            "territory": self.territory(),
            "reminders": [
                (kind, to_remind(self.contest, kind).count())
                for kind in ReminderKind
                if is_time_for(self.contest, kind, now)
            ],
            "may_register": self.contest.registration != RegistrationMode.OFF,
        }

    def territory(self) -> dict[str, list[tuple[int, str]]]:
        """The departments and networks of the establishments concerned, by key and name."""
        concerned = eligible(self.contest).order_by()
        return {
            name: sorted(
                concerned.exclude(**{name: None}).values_list(name, f"{name}__name").distinct(),
                key=lambda pair: pair[1],
            )
            for name in TERRITORY
        }

    def standing(self) -> Standing:
        """The filter asked for."""
        asked = self.request.GET.get("standing", "")
        return Standing(asked) if asked in list(Standing) else Standing.ALL

    def kept(self) -> QuerySet[Establishment]:
        """The lines that the filters keep."""
        rows = lines(self.contest).filter(standing_filter(self.standing()))
        for word in search_words(self.request.GET.get("q", "")[:200])[:8]:
            rows = rows.filter(Q(search_text__contains=f" {word}"))
        for name in TERRITORY:
            key = key_in(self.request.GET.get(name, ""))
            if key is not None:
                rows = rows.filter(**{f"{name}_id": key})
        return rows


class ParticipationWorkbookView(ContestAdminView):
    """All of it for a spreadsheet."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file."""
        target = io.BytesIO()
        write_participation(self.contest, target)
        response = HttpResponse(target.getvalue(), content_type=WORKBOOK)
        name = f"participation-{self.contest.edition.slug}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response


class ReminderView(ContestAdminView):
    """Ask once more, then have the reminders written by the task worker."""

    template_name = "contest/admin/remind.html"
    page_title = gettext_lazy("Send reminders")
    header_icon = "mail"
    kind: ReminderKind

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Only a known reminder, in its time."""
        super().setup(request, *args, **kwargs)
        self.kind = ReminderKind(kwargs["kind"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom it concerns."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "kind": self.kind,
            "total": to_remind(self.contest, self.kind).count(),
            "is_time": is_time_for(self.contest, self.kind, timezone.now()),
            "back": reverse("contest_registrations", args=[self.contest.pk]),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Queue the mails."""
        back = redirect("contest_registrations", self.contest.pk)
        if not is_time_for(self.contest, self.kind, timezone.now()):
            messages.error(request, _("It is too late, or too early, for this reminder."))
            return back
        total = to_remind(self.contest, self.kind).count()
        remind_establishments.enqueue(self.contest.pk, str(self.kind), request.user.pk)
        messages.success(
            request,
            ngettext(
                "A reminder is on its way to %(n)d establishment. Nobody receives the same one "
                "twice in a day.",
                "A reminder is on its way to %(n)d establishments. Nobody receives the same one "
                "twice in a day.",
                total,
            )
            % {"n": total},
        )
        return back


class RegisterForView(ContestAdminView):
    """Register an establishment in its stead: the one that telephones too late."""

    template_name = "contest/admin/register_for.html"
    page_title = gettext_lazy("Register an establishment")
    header_icon = "edit"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Register, whatever the deadline; the establishment gets the receipt."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            register(
                form.instance,
                categories=form.chosen_categories(),
                by=cast("User", request.user),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form)
        except ContestError:
            raise PermissionDenied from None
        messages.success(
            request,
            _("%(establishment)s is registered, and told so by mail.")
            % {"establishment": self.establishment},
        )
        return redirect("contest_registrations", self.contest.pk)

    def form(self, *args: Any) -> RegistrationForm:
        """The establishments' own form."""
        self.establishment = get_object_or_404(
            eligible(self.contest).select_related("academy__site"), uai=self.kwargs["uai"]
        )
        form = RegistrationForm(
            *args,
            instance=registration_of(self.establishment, self.contest),
            contest=self.contest,
            establishment=self.establishment,
        )
        # Wagtail's own look: this page is the admin's.
        form.renderer = forms.renderers.get_default_renderer()
        return form

    def show(self, form: RegistrationForm) -> HttpResponse:
        """The page."""
        context = self.get_context_data(form=form, establishment=self.establishment)
        return render(self.request, self.template_name, context)
