"""Wagtail's admin without its own mails about workflows."""

from __future__ import annotations

from wagtail.admin.apps import WagtailAdminAppConfig


class QuietAdminConfig(WagtailAdminAppConfig):
    """Wagtail's admin, installed in the place of `wagtail.admin`.

    Its notifications would write to an establishment, as the one that asked for the review, with
    a link to an admin that is closed to it. Ours (`campaigns.notifications`) are the only ones.
    """

    def ready(self) -> None:
        """Prepare the admin, then cut its mails off from the workflow's signals."""
        super().ready()
        from wagtail import signals
        from wagtail.models import TaskState, WorkflowState

        senders = {
            signals.task_submitted: (TaskState, "group_approval_task_submitted"),
            signals.workflow_submitted: (WorkflowState, "workflow_state_submitted"),
            signals.workflow_rejected: (WorkflowState, "workflow_state_rejected"),
            signals.workflow_approved: (WorkflowState, "workflow_state_approved"),
        }
        for signal, (sender, event) in senders.items():
            signal.disconnect(sender=sender, dispatch_uid=f"{event}_email_notification")
