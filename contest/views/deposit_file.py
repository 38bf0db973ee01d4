"""The file of a poster as its form carries it: just sent, sent before, or that of the poster.

A file is received before the form is read, whatever the other fields say, and known from then on
by its token, which the form keeps in a hidden field: it never has to be sent again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from contest.errors import Closed
from contest.images.examination import Problem, ProblemCode
from contest.images.naming import formats_named
from contest.images.wording import note_sentence, sentence_of
from contest.models import Poster, PosterFile
from contest.receiving import receive, waiting_file
from contest.upload_handling import FIELD

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User
    from contest.models import ContestPage
    from contest.upload_handling import OneFileUploadHandler
    from establishments.models import Establishment

RECEIVED: Final = "file"
"""The hidden field that holds the token of a file received."""

TOKEN: Final = re.compile(r"[0-9a-f]{32}")
"""What a token looks like; a database may refuse other text instead of not finding it."""

LOST: Final = "file_lost"
"""The hidden field that says that a file was sent with a form which could not be taken."""

SIZES: Final = (_("%s KB"), _("%s MB"))
"""What Django writes behind the weight of a file, named so that the catalogue can say "Mo", as
schools do, where Django's own says "Mio"."""

TROUBLES: Final = {
    "lost": _("The file came with a form that could not be taken: choose it once more."),
    "gone": _("The file sent before is not kept any more: choose it once more."),
    "taken": _("The file sent before is that of another of your posters: choose one for this one."),
    "closed": _("The deposit is closed: the file is not kept."),
}
"""Why nothing was received although something was sent, by the name of the trouble."""


@dataclass(frozen=True)
class Excess:
    """What of a refused picture lies outside the shape asked for, as rectangles over its preview.

    All in pixels of the picture.
    """

    width: int
    height: int
    rectangles: list[tuple[int, int, int, int]]


@dataclass
class FileState:
    """What the page says of the file.

    Attributes:
        received: a file that fits and waits for its poster.
        refused: one that does not fit; not stored where it is no picture at all.
        current: that of the poster.
        faults: sentences, what is wrong with the file sent and how to mend it.
        trouble: a key of `TROUBLES`; empty where all went well.
    """

    contest: ContestPage
    current: PosterFile | None = None
    received: PosterFile | None = None
    refused: PosterFile | None = None
    faults: list[str] = field(default_factory=list)
    trouble: str = ""

    @property
    def is_there(self) -> bool:
        """Whether the poster has a file, or would have one once saved."""
        return self.received is not None or self.current is not None

    @property
    def messages(self) -> list[str]:
        """All that is wrong, to be told beside the input."""
        return self.faults + ([str(TROUBLES[self.trouble])] if self.trouble else [])

    @property
    def notes(self) -> list[str]:
        """What is done to the file received."""
        return [note_sentence(note) for note in self.received.found.notes] if self.received else []

    @property
    def excess(self) -> Excess | None:
        """What of the refused picture is too much, where its shape is what is wrong."""
        if self.refused is None or not self.refused.has_preview:
            return None
        found = self.refused.found
        ratio = [one for one in found.problems if one.code == ProblemCode.WRONG_RATIO]
        return excess_of(found.width, found.height, ratio[0].details) if ratio else None

    @property
    def formats_in_words(self) -> str:
        """What the contest takes: "JPEG, PNG ou PDF"."""
        return formats_named(self.contest.limits)

    def take(self, file: PosterFile) -> None:
        """Tell of a file just examined."""
        if file.is_acceptable:
            self.received = file
            return
        self.refused = file
        self.faults = [sentence_of(one, self.contest.limits) for one in file.found.problems]

    def say_too_heavy(self, weight: int) -> None:
        """Tell of a file of `weight` bytes, or about, that was not kept."""
        limits = self.contest.limits
        details = {"bytes": weight, "max_bytes": limits.max_bytes}
        self.faults = [sentence_of(Problem(ProblemCode.TOO_HEAVY, details), limits)]


def excess_of(width: int, height: int, details: dict[str, Any]) -> Excess:
    """The parts of a picture of this size that a `WRONG_RATIO` problem says to cut."""
    left, right = (round(width * details[f"cut_{side}"]) for side in ("left", "right"))
    top, bottom = (round(height * details[f"cut_{side}"]) for side in ("top", "bottom"))
    rectangles = [
        (0, 0, left, height),
        (width - right, 0, right, height),
        (0, 0, width, top),
        (0, height - bottom, width, bottom),
    ]
    return Excess(width, height, [one for one in rectangles if one[2] and one[3]])


def file_sent(
    request: HttpRequest,
    handler: OneFileUploadHandler,
    *,
    establishment: Establishment,
    contest: ContestPage,
    poster: Poster | None,
    by: User,
    now: datetime,
) -> FileState:
    """Receive the file that came with the form, or find again the one that came before.

    Raises:
        NotAllowed: `by` may not send files for `contest`.
    """
    state = FileState(contest, current=poster.file if poster else None)
    upload = request.FILES.get(FIELD)
    if handler.is_too_heavy:
        state.say_too_heavy(handler.received)
    elif upload is not None:
        try:
            state.take(
                receive(upload, establishment=establishment, contest=contest, by=by, now=now)
            )
        except Closed:
            state.trouble = "closed"
    if state.received is None:
        find_again(state, request.POST.get(RECEIVED, ""), establishment)
    return state


def find_again(state: FileState, token: str, establishment: Establishment) -> None:
    """Take up the file `token`, which waits for its poster since it was received.

    A token that is not this establishment's, nor for this contest, is as good as none.
    """
    if not token or (state.current is not None and state.current.token == token):
        return
    file = None
    if TOKEN.fullmatch(token):
        file = waiting_file(token, establishment=establishment, contest=state.contest)
    if file is not None and file.is_acceptable:
        state.received = file
    elif not state.faults and not state.trouble:
        is_taken = poster_with(token, establishment, state.contest) is not None
        state.trouble = "taken" if is_taken else "gone"


def poster_with(token: str, establishment: Establishment, contest: ContestPage) -> Poster | None:
    """The poster of `establishment` in `contest` that the file `token` has become."""
    if not TOKEN.fullmatch(token):
        return None
    return Poster.objects.filter(
        file__token=token, establishment=establishment, contest=contest
    ).first()
