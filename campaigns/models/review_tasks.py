"""The two steps of a fiche's review, as Wagtail workflow tasks.

Wagtail's own views act through them; whatever they ask, `campaigns.review` decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from campaigns.enums import Decision, Status

if TYPE_CHECKING:
    from accounts.models import User

    from .action import Action


class ReviewTask(Task):
    """What both steps have in common."""

    approval: Decision
    status: Status

    class Meta:
        abstract = True

    def get_actions(self, obj: Action, user: User) -> list[tuple[str, str, bool]]:
        """What `user` may do at this step from Wagtail's own views: name, label, asks more."""
        from campaigns.review import available_decisions

        decisions = available_decisions(obj, user)
        actions = []
        if Decision.REQUEST_CHANGES in decisions:
            actions.append(("reject", str(Decision.REQUEST_CHANGES.label), True))
        if self.approval in decisions:
            actions.append(("approve", str(self.approval.label), False))
        return actions

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Decide as `campaigns.review` would, with its checks, its log and its mails."""
        from campaigns.review import decide

        decision = self.approval if action_name == "approve" else Decision.REQUEST_CHANGES
        action = task_state.workflow_state.content_object
        decide(action, decision, by=user, comment=kwargs.get("comment", ""))

    def locked_for_user(self, obj: Action, user: User) -> bool:
        """Only the académie's editors write during the review."""
        from campaigns.access import may_revise

        return not may_revise(user, obj)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        """The states of this step that wait for `user`."""
        from .action import Action

        awaiting = Action.objects.awaiting(user).filter(status=self.status)
        return TaskState.objects.filter(
            task_id=self.pk,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=Action.get_base_content_type(),
            workflow_state__object_id__in=awaiting.values_list(Cast("pk", CharField()), flat=True),
        )


class NetworkReviewTask(ReviewTask):
    """The visa of the leads of the establishment's network."""

    approval = Decision.VISA
    status = Status.NETWORK_REVIEW

    class Meta:
        verbose_name = _("visa of the network")
        verbose_name_plural = _("visas of the network")


class AcademyReviewTask(ReviewTask):
    """The académie's decision to publish."""

    approval = Decision.PUBLISH
    status = Status.ACADEMY_REVIEW

    class Meta:
        verbose_name = _("publication by the académie")
        verbose_name_plural = _("publications by the académie")
