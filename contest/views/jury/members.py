"""The jury of a contest in Wagtail's admin: its members, and where each round stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages

from contest.errors import NotAllowed, OutOfTurn
from contest.forms.jury_members import ConflictForm, JurorForm
from contest.jury import assigning, declaring, inviting, members
from contest.jury.enums import ConflictSource
from contest.models import Conflict, Juror
from contest.views.contest_admin import ContestAdminView

if TYPE_CHECKING:
    from accounts.models import User


class JuryView(ContestAdminView):
    """Who is in the jury, and what each round waits for."""

    template_name = "contest/admin/jury/jury.html"
    page_title = gettext_lazy("Jury")
    header_icon = "clipboard-list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lists."""
        here, left = members.members_of(self.contest)
        return super().get_context_data(
            members=here,
            left=left,
            categories=members.steps_of(self.contest, timezone.now()),
            **kwargs,
        )


class MemberView(ContestAdminView):
    """What the pages on one juror have in common."""

    header_icon = "user"
    juror: Juror

    @property
    def user(self) -> User:
        """Who acts."""
        return cast("User", self.request.user)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the juror among those of the contest.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        self.juror = get_object_or_404(
            Juror.objects.select_related("user", "invitation"),
            pk=kwargs["juror_pk"],
            contest=self.contest,
        )
        self.juror.contest = self.contest

    def get_page_subtitle(self) -> str:
        """Who it is."""
        return self.juror.name

    def back(self) -> HttpResponse:
        """After an act: to the juror's own page."""
        return redirect("contest_juror", self.contest.pk, self.juror.pk)


class InviteView(ContestAdminView):
    """Invite somebody: the mail leaves as the form is sent."""

    template_name = "contest/admin/jury/invite.html"
    page_title = gettext_lazy("Invite a member of the jury")
    header_icon = "user"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.show(JurorForm(instance=Juror(contest=self.contest)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Invite, then offer to invite the next."""
        form = JurorForm(request.POST, instance=Juror(contest=self.contest))
        if not form.is_valid():
            return self.show(form)
        try:
            juror = inviting.invite(
                form.instance, by=cast("User", request.user), now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form)
        except NotAllowed:
            raise PermissionDenied from None
        messages.success(
            request,
            gettext("%(name)s is invited: the mail leaves for %(email)s.")
            % {"name": juror.name, "email": juror.email},
        )
        if "another" in request.POST:
            return redirect("contest_juror_new", self.contest.pk)
        return redirect("contest_jury", self.contest.pk)

    def show(self, form: JurorForm) -> HttpResponse:
        """The page with `form`."""
        return render(self.request, self.template_name, self.get_context_data(form=form))


class JurorView(MemberView):
    """One juror: their details, their conflicts, their invitation."""

    template_name = "contest/admin/jury/juror.html"
    page_title = gettext_lazy("Member of the jury")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the corrections."""
        # Another instance: a form writes into its own even what is refused.
        form = JurorForm(request.POST, instance=Juror.objects.get(pk=self.juror.pk))
        if form.is_valid():
            form.instance.contest = self.contest
            try:
                inviting.edit(form.instance, by=self.user, now=timezone.now())
            except ValidationError as error:
                form.add_error(None, error)
            except OutOfTurn:
                return self.back()
            else:
                messages.success(request, gettext("Corrected."))
                return self.back()
        return self.show(form=form)

    def show(self, **forms: Any) -> HttpResponse:
        """The page, with the form in hand and the other one empty."""
        known = (
            self.juror.conflicts.select_related("establishment", "poster")
            .order_by("source", "establishment__name", "pk")
            .all()
        )
        context = {
            "juror": self.juror,
            "form": JurorForm(instance=self.juror),
            "conflict_form": ConflictForm(prefix="conflict"),
            "conflicts": known,
            "organiser": ConflictSource.ORGANISER,
            "work_is_given": declaring.work_is_given(self.juror),
            **forms,
        }
        return render(self.request, self.template_name, self.get_context_data(**context))


class ConflictView(JurorView):
    """Enter a conflict that the organisers know of, or take one back."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, then show the juror."""
        if "lift" in request.POST:
            return self.lift(request.POST["lift"])
        form = ConflictForm(request.POST, prefix="conflict")
        if not form.is_valid():
            return self.show(conflict_form=form)
        try:
            declaring.enter(
                self.juror,
                form.cleaned_data["establishment"],
                form.cleaned_data["reason"],
                by=self.user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(conflict_form=form)
        messages.success(request, gettext("The conflict is entered."))
        return self.back()

    def lift(self, key: str) -> HttpResponse:
        """Take back the one of that key."""
        found = (
            Conflict.objects.filter(
                pk=key, juror=self.juror, source=ConflictSource.ORGANISER
            ).select_related("juror__contest", "establishment")
            if key.isdecimal() and len(key) < 19
            else Conflict.objects.none()
        ).first()
        if found is not None:
            declaring.lift(found, by=self.user)
            messages.success(self.request, gettext("The conflict is taken back."))
        return self.back()


class ResendView(MemberView):
    """Write the invitation once more."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Queue the mail, unless the last one is still on its way."""
        try:
            inviting.resend(self.juror, by=self.user)
        except OutOfTurn:
            messages.warning(request, gettext("Their last invitation is still on its way."))
        else:
            messages.success(request, gettext("The invitation leaves again."))
        return self.back()


class RemoveView(MemberView):
    """Let a juror leave: asked once more, since their open work goes to others."""

    template_name = "contest/admin/jury/remove.html"
    page_title = gettext_lazy("Take out of the jury")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who it is.

        Raises:
            Http404: they have left already.
        """
        if self.juror.left_at is not None:
            raise Http404("Has left the jury already")
        given = declaring.work_is_given(self.juror)
        return super().get_context_data(juror=self.juror, work_is_given=given, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; of two clicks the second finds it done."""
        try:
            assigning.let_go(self.juror, by=self.user)
        except OutOfTurn:
            pass
        else:
            messages.success(
                request, gettext("%(name)s is no longer in the jury.") % {"name": self.juror.name}
            )
        return redirect("contest_jury", self.contest.pk)
