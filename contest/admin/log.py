"""Let Wagtail's log keep, and name, the acts of a contest."""

from __future__ import annotations

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from contest.history import ACT_LABELS


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name the acts."""
    for act, label in ACT_LABELS.items():
        actions.register_action(act, label, label)
