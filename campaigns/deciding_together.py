"""One decision about many fiches: what will be done, what will not and why, then each by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from establishments.permissions import Part, edited_academy_ids, standing_of

from . import review
from .enums import Decision, Status
from .errors import ActionError, EditConflict, NotAllowed, OutOfTurn
from .models import Action

if TYPE_CHECKING:
    from accounts.models import User

AT_ONCE: Final = 50
"""Fiches decided about in one go: each takes its own transaction, and the reader waits."""

TOGETHER: Final[dict[Decision, Status]] = {
    Decision.VISA: Status.NETWORK_REVIEW,
    Decision.PUBLISH: Status.ACADEMY_REVIEW,
}
"""What may be decided together, and the status that it needs."""


@dataclass(frozen=True)
class Proposal:
    """A fiche and what keeps the decision from being taken about it; nothing where it can be."""

    action: Action
    obstacle: str = ""
    in_stead: bool = False
    """Whether an editor would give the visa in the stead of the network's leads."""


@dataclass
class Outcome:
    """What came of a decision about many fiches."""

    done: list[Action] = field(default_factory=list)
    failed: list[tuple[Action, str]] = field(default_factory=list)


def offered_to(user: User) -> list[Decision]:
    """The decisions that `user` may take about many fiches."""
    if edited_academy_ids(user):
        return list(TOGETHER)
    return [Decision.VISA] if standing_of(user).has(Part.LED) else []


def proposals(user: User, decision: Decision, keys: Collection[int] | None) -> list[Proposal]:
    """The fiches of `keys`, or all that wait for this decision, as far as `user` reviews them.

    What is out of reach is left out without a word, as if it did not exist. In four queries at
    most, however many there are.
    """
    fiches = Action.objects.reviewable_by(user).select_related(
        "campaign", "establishment__network", "latest_revision"
    )
    if keys is None:
        fiches = fiches.filter(status=TOGETHER[decision])
    else:
        fiches = fiches.filter(pk__in=keys)
    edited = edited_academy_ids(user)
    led = standing_of(user).keys(Part.LED)
    found = []
    for action in fiches.order_by("status_changed_at", "pk")[:AT_ONCE]:
        is_editor = action.establishment.academy_id in edited
        is_lead = action.establishment.network_id in led
        if not is_editor and not (is_lead and decision in review.LEAD_DECISIONS):
            obstacle = _("You may not decide this about it.")
        elif action.status != TOGETHER[decision]:
            obstacle = _obstacle_at(action)
        else:
            obstacle = ""
        found.append(Proposal(action, obstacle, in_stead=decision == Decision.VISA and not is_lead))
    return found


def _obstacle_at(action: Action) -> str:
    return _("It is not its turn: %(status)s.") % {"status": Status(action.status).label}


def decide_together(user: User, decision: Decision, chosen: Mapping[int, int | None]) -> Outcome:
    """Take `decision` about each fiche, in a transaction of its own.

    Args:
        chosen: by the fiche's key, the revision that was shown.

    Returns:
        What was done, and what could not be, with why. Fiches out of reach are in neither.
    """
    outcome = Outcome()
    within_reach = Action.objects.reviewable_by(user).filter(pk__in=list(chosen)[:AT_ONCE])
    for action in within_reach.order_by("status_changed_at", "pk"):
        try:
            done = review.decide(action, decision, by=user, expected_revision=chosen.get(action.pk))
        except (ActionError, ValidationError) as error:
            action.refresh_from_db(fields=["status"])
            outcome.failed.append((action, _reason(action, error)))
        else:
            outcome.done.append(done)
    return outcome


def _reason(action: Action, error: Exception) -> str:
    if isinstance(error, NotAllowed):
        return _("You may not decide this about it.")
    if isinstance(error, EditConflict):
        return _("Another version came in the meantime: read it first.")
    if isinstance(error, OutOfTurn):
        return _obstacle_at(action)
    return _("Something of it is no longer valid: open it.")
