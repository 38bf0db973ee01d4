"""What the form of a poster asks for: look at the file, keep a draft, hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from campaigns.views.resumption import RESUME
from contest.completeness import missing_parts
from contest.depositing import save_draft, submit
from contest.enums import PosterStatus
from contest.errors import (
    AlreadyStarted,
    Closed,
    ContestError,
    EditConflict,
    FileTaken,
    NotAllowed,
    NotRegistered,
    OutOfTurn,
    QuotaReached,
)
from contest.forms.poster import PosterForm
from contest.forms.poster_changes import differences
from contest.models import Poster
from contest.space import posters_of

from .deposit_file import LOST, RECEIVED, FileState, file_sent, find_again, poster_with
from .deposit_page import PosterPageView, instant_of_writing

if TYPE_CHECKING:
    from django.http import QueryDict

CHECK = "check"
"""What the button beside the file asks for: look at the file, keep nothing of the form."""

REFUSALS: dict[type[ContestError], str] = {
    Closed: "late",
    OutOfTurn: "held",
    NotRegistered: "unregistered",
    QuotaReached: "full",
    NotAllowed: "forbidden",
}
"""What the page of the form says where what was typed could not be kept."""


class PosterFormView(PosterPageView):
    """What starting a poster and changing one do."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Receive the file, whatever the rest says; then do what was asked for."""
        typed = request.POST
        verb = typed.get("do", "save")
        if self.is_forged or verb == RESUME:
            state = self.state_without_upload()
            if self.handler.was_sent or LOST in typed:
                state.trouble = "lost"
            return self.show_unjudged(state, refusal="session")
        state = self.receive()
        if verb == CHECK:
            return self.show_unjudged(state)
        return self.keep(typed, state, hand_in=verb == "submit")

    def receive(self) -> FileState:
        """The file that came with the form, or before it."""
        try:
            return file_sent(
                self.request,
                self.handler,
                establishment=self.request.establishment,
                contest=self.contest,
                poster=self.poster,
                by=self.request.user,
                now=instant_of_writing(self.contest, self.poster, self.now),
            )
        except NotAllowed:
            # The contest was taken off the site while the form was open.
            return FileState(self.contest, current=self.instance().file, trouble="closed")

    def state_without_upload(self, sent: FileState | None = None) -> FileState:
        """The file that came before the form, or with it as `sent` says, as it now stands."""
        state = FileState(self.contest, current=self.instance().file)
        token = self.request.POST.get(RECEIVED, "")
        if sent is not None and sent.received is not None:
            token = sent.received.token
        find_again(state, token, self.request.establishment)
        return state

    def keep(self, typed: QueryDict, state: FileState, *, hand_in: bool) -> HttpResponse:
        """Keep what was typed, and hand it in if asked to."""
        form = PosterForm(typed, instance=self.instance(), has_file=state.is_there)
        if not form.is_valid():
            if hand_in:
                form.say_also_missing(self.now)
                say_file_missing(form.instance, state)
            return self.show(form, state, is_unsaved=True)
        if self.poster is None and state.trouble == "taken":
            return self.settle_file_taken(state, hand_in=hand_in)
        version = form.version(self.now, file_is_new=state.received is not None)
        missing = what_is_missing(form, version, state) if hand_in else {}
        instant = instant_of_writing(self.contest, self.poster, self.now)
        is_late = instant != self.now
        act = submit if hand_in and not missing and not is_late else save_draft
        try:
            kept = act(
                version,
                by=self.request.user,
                now=instant,
                file=state.received,
                expected_revision=form.expected_revision if self.poster else None,
                key=None if self.poster else form.cleaned_data["key"],
            )
        except (ContestError, ValidationError, Poster.DoesNotExist) as error:
            return self.say_not_kept(error, form, state, hand_in=hand_in)
        self.poster = kept
        if is_late:
            return self.say_closed()
        if act is submit:
            said = _("Your poster is handed in. A receipt is on its way by mail.")
            messages.success(self.request, said)
            return self.go_to_standing()
        return self.say_kept(self.poster, state, missing)

    def say_not_kept(
        self, error: Exception, form: PosterForm, state: FileState, *, hand_in: bool
    ) -> HttpResponse:
        """What was typed, with why nothing of it was kept; or where it was kept before."""
        if isinstance(error, ValidationError):
            form.say_missing(error.message_dict)
            return self.show(form, state, is_unsaved=True)
        if isinstance(error, AlreadyStarted):
            return self.settle_conflict(error.poster, state, hand_in=hand_in)
        if isinstance(error, EditConflict):
            return self.settle_conflict(self.instance(), state, hand_in=hand_in)
        if isinstance(error, FileTaken):
            return self.settle_file_taken(state, hand_in=hand_in)
        if isinstance(error, ContestError):
            return self.show_unjudged(state, refusal=REFUSALS[type(error)])
        return self.say_deleted(state)

    def say_kept(
        self, poster: Poster, state: FileState, missing: dict[str, list[str]]
    ) -> HttpResponse:
        """A draft, or a change, was kept: say what it lacks, or go on."""
        is_handed_in = poster.status == PosterStatus.SUBMITTED
        if not missing and not state.messages:
            said = _("Your changes are saved.") if is_handed_in else _("Your draft is saved.")
            messages.success(self.request, said)
            return self.go_to_standing() if is_handed_in else redirect(self.address)
        form = PosterForm(instance=self.instance())
        form.hush()
        form.say_missing({name: said for name, said in missing.items() if name != "file"})
        left = FileState(self.contest, current=poster.file, refused=state.refused)
        left.faults, left.trouble = state.faults, state.trouble
        return self.show(form, left, is_saved=True, was_to_be_handed_in=bool(missing))

    def settle_conflict(self, stored: Poster, sent: FileState, *, hand_in: bool) -> HttpResponse:
        """Say what was saved elsewhere meanwhile; nothing to say where it is the same."""
        now_stored = posters_of(self.request.establishment).filter(pk=stored.pk).first()
        if now_stored is None:
            return self.say_deleted(sent)
        stored = self.poster = now_stored
        state = self.state_without_upload(sent)
        again = self.request.POST.copy()
        again["revision"] = str(stored.latest_revision_id)
        form = PosterForm(again, instance=self.instance(), has_file=True)
        if not form.is_valid():
            return self.show(form, state, is_unsaved=True)
        version = form.version(self.now, file_is_new=False)
        found = differences(stored, version, sent=state.received, form=form)
        if found:
            form.hush()
            return self.show(form, state, differences=found, status=409)
        if not hand_in:
            return redirect(self.address)
        if stored.status == PosterStatus.SUBMITTED:
            return self.go_to_standing()  # a double click: the first request has done it
        return self.keep(again, state, hand_in=True)

    def say_deleted(self, state: FileState) -> HttpResponse:
        """The draft is gone: what was typed may start another."""
        self.poster, state.current = None, None
        return self.show_unjudged(state, refusal="deleted")

    def settle_file_taken(self, state: FileState, *, hand_in: bool) -> HttpResponse:
        """The file has become that of a poster: of this very form sent twice, or of another."""
        token = self.request.POST.get(RECEIVED, "")
        other = poster_with(token, self.request.establishment, self.contest)
        if self.poster is None and other is not None:
            return self.settle_conflict(other, state, hand_in=hand_in)
        return self.show_unjudged(self.state_without_upload(), status=409)

    def go_to_standing(self) -> HttpResponse:
        """To the page that tells where the poster stands."""
        return redirect("contest_space:poster", pk=self.instance().pk)


def what_is_missing(form: PosterForm, version: Poster, state: FileState) -> dict[str, list[str]]:
    """What keeps the poster, as typed and with its file, from being handed in."""
    say_file_missing(version, state)
    missing = missing_parts(version) | form.missing_here()
    if state.messages:
        # Whoever chose another file does not want to hand in the one before.
        missing["file"] = state.messages
    return missing


def say_file_missing(version: Poster, state: FileState) -> None:
    """Give the poster in memory its new file; tell where there is none that fits."""
    if state.received is not None:
        version.file = state.received
    missing = missing_parts(version).get("file", [])
    if missing and not state.messages:
        state.faults = missing
