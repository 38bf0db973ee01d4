"""Receiving what a step sends: its form, and the file that may come with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from campaigns.drafts import latest_version
from campaigns.errors import ActionError
from campaigns.forms import ActionForm
from campaigns.forms.rows import UPLOAD, count_of, with_row_added
from campaigns.media_adding import add_file
from campaigns.media_files import file_name
from campaigns.models import Action
from campaigns.step_marks import mark_of

from .writing_page import WritingPage

if TYPE_CHECKING:
    from django.http import QueryDict

FILES = "media"
"""The rows that come with a file."""

TYPED_IN_TIME = timedelta(minutes=30)
"""What arrives at most this long after the deadline was typed before it, and is still kept."""


def instant_of_writing(closes: datetime, now: datetime) -> datetime:
    """When the text that arrives at `now` was typed, as far as keeping a draft is concerned.

    A form sent one second after the call `closes` is not handed in, but what was typed in it is
    not thrown away.
    """
    return closes if closes < now <= closes + TYPED_IN_TIME else now


class ReceivingPage(WritingPage):
    """A page whose form is read; `upload_error` says why a file that came is not kept."""

    upload_error = ""

    def instance(self) -> Action:
        """The version that the form shows or changes, in memory."""
        if self.action is None:
            return Action(campaign=self.edition, establishment=self.request.establishment)
        return latest_version(self.action)

    def form(self, data: QueryDict | None = None, **options: Any) -> ActionForm:
        """The step's form, with what is stored or what was typed."""
        options.setdefault("instance", self.instance())
        return ActionForm(data, step=self.step, comments=self.comments, **options)

    def with_file_received(self, typed: QueryDict) -> QueryDict:
        """What was typed, with a row for the file that came with it, which is kept at once."""
        upload = self.request.FILES.get(UPLOAD)
        if upload is None or self.action is None or FILES not in self.step.holds:
            return typed
        before = self.form(typed)
        is_current = before.is_up_to_date or (
            before.expected_revision == before.instance.latest_revision_id
        )
        instant = instant_of_writing(self.closes_at, self.now)
        try:
            version, medium = add_file(self.action, upload, by=self.request.user, now=instant)
        except ValidationError as error:
            self.upload_error = " ".join(error.messages)
            return typed
        except ActionError:
            # What is typed is refused for the same reason, and says it.
            return typed
        longer = with_row_added(typed, FILES)
        longer[f"{FILES}-{count_of(typed, FILES)}-row"] = file_name(medium)
        if is_current:
            longer["revision"] = str(version.latest_revision_id)
            longer["seen"] = mark_of(version, self.step)
        return longer
