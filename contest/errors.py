"""Why an act in a contest is refused; what is wrong with a content is a `ValidationError`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Poster


class ContestError(Exception):
    """An act that the rules of the contest refuse; everything is left as it was."""


class NotAllowed(ContestError):
    """The actor has no such right, whatever the time and the state."""


class Closed(ContestError):
    """The contest does not take this at this instant."""


class NotRegistered(ContestError):
    """The contest wants establishments to register first, and this one has not."""


class QuotaReached(ContestError):
    """The establishment has as many posters in the contest as its rules allow."""


class FileTaken(ContestError):
    """The file is already that of a poster, or is no longer kept."""


class NotPrepared(ContestError):
    """The pictures of the poster are not ready yet, or could not be made."""


class OutOfTurn(ContestError):
    """The poster is not, or no longer, at the step that the act needs."""


class EditConflict(ContestError):
    """Somebody saved another version since the one that the actor started from."""


class NothingToPrint(ContestError):
    """No poster is admitted yet, or none in the category asked for."""


class NoPalmares(NothingToPrint):
    """No palmarès is decided yet: nobody knows what a diploma should say."""


class AlreadyStarted(ContestError):
    """The same form has given rise to `poster` before: a double click, or the page sent again."""

    def __init__(self, poster: Poster) -> None:
        super().__init__(poster.pk)
        self.poster = poster
