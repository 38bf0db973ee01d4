"""What reviewers do beside the decision: messages, notes, labels. Each returns to the fiche."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages

from campaigns import labelling, messaging
from campaigns.errors import NotAllowed
from campaigns.models.dialogue import LONGEST_MESSAGE
from campaigns.views.review import ReviewView
from home.keys import key_in
from home.typed import text_in

if TYPE_CHECKING:
    from accounts.models import User

TO_ESTABLISHMENT, NOTE = "establishment", "note"


class ReviewMessageForm(forms.Form):
    """A message to the establishment, or a note among reviewers."""

    to = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        choices=[
            (TO_ESTABLISHMENT, gettext_lazy("The establishment, which receives it by mail")),
            (NOTE, gettext_lazy("A note among reviewers, which the establishment never sees")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Your message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": gettext_lazy("Write your message.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        kwargs.setdefault("auto_id", "message-%s")
        super().__init__(*args, **kwargs)


class ReviewersActView(ReviewView):
    """Something that the fiche's reviewers do, and nobody else."""

    http_method_names = ["get", "post"]
    anchor = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing here but what is sent: back to the fiche."""
        return self.back()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it.

        Raises:
            PermissionDenied: the reader does not review this fiche.
        """
        if not self.is_reviewer:
            raise PermissionDenied
        try:
            return self.act(cast("User", request.user))
        except NotAllowed as error:
            raise PermissionDenied from error

    def act(self, reader: User) -> HttpResponse:
        """What this view does."""
        raise NotImplementedError

    def back(self) -> HttpResponse:
        """To the fiche, where the act has left it."""
        return HttpResponseRedirect(
            f"{reverse('action_review', args=[self.action.pk])}{self.anchor}"
        )


class ReviewMessageView(ReviewersActView):
    """Send a message, or keep a note."""

    anchor = "#echanges"

    def act(self, reader: User) -> HttpResponse:
        """Send it, or show it again with what is wrong."""
        form = ReviewMessageForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(message_form=form))
        is_note = form.cleaned_data["to"] == NOTE
        try:
            messaging.send(
                self.action,
                by=reader,
                text=form.cleaned_data["text"],
                key=form.cleaned_data["key"],
                now=timezone.now(),
                is_note=is_note,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_to_response(self.get_context_data(message_form=form))
        messages.success(
            self.request,
            gettext("The note is kept.") if is_note else gettext("The message is sent."),
        )
        return self.back()


class LabelView(ReviewersActView):
    """Put labels on the fiche, and take others off."""

    anchor = "#etiquettes"

    def act(self, reader: User) -> HttpResponse:
        """Keep exactly the labels ticked."""
        ticked = [key_in(typed) for typed in self.request.POST.getlist("label")]
        try:
            labelling.label(
                self.action,
                by=reader,
                keys=[key for key in ticked if key is not None],
                new_name=text_in(self.request.POST, "new_name"),
            )
        except ValidationError as error:
            return self.render_to_response(
                self.get_context_data(
                    label_error=error.message_dict["new_name"][0],
                    new_label=text_in(self.request.POST, "new_name"),
                )
            )
        messages.success(self.request, gettext("The labels are kept."))
        return self.back()
