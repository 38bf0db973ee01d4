"""Why an act on a fiche is refused; what is wrong with its content is a `ValidationError`."""

from __future__ import annotations


class ActionError(Exception):
    """An act on a fiche that the rules refuse; the fiche is left as it was."""


class NotAllowed(ActionError):
    """The actor has no such right over this fiche, whatever its state."""


class CallClosed(ActionError):
    """The edition takes no fiche at this instant."""


class OutOfTurn(ActionError):
    """The fiche is not, or no longer, at the step that the act needs."""


class EditConflict(ActionError):
    """Somebody saved another version since the one that the actor started from."""
