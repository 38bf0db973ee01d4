"""The two steps of a fiche's review, as Wagtail workflow tasks.

They offer Wagtail's own views no act at all: `campaigns.review` decides, on the review screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task

if TYPE_CHECKING:
    from accounts.models import User

    from .action import Action


class ReviewTask(Task):
    """What both steps have in common."""

    class Meta:
        abstract = True

    def locked_for_user(self, obj: Action, user: User) -> bool:
        """Only the académie's editors write during the review."""
        from campaigns.access import may_revise

        return not may_revise(user, obj)


class NetworkReviewTask(ReviewTask):
    """The visa of the leads of the establishment's network."""

    class Meta:
        verbose_name = _("visa of the network")
        verbose_name_plural = _("visas of the network")


class AcademyReviewTask(ReviewTask):
    """The académie's decision to publish."""

    class Meta:
        verbose_name = _("publication by the académie")
        verbose_name_plural = _("publications by the académie")
