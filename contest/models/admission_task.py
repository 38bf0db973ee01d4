"""The one step of a poster's review, as a Wagtail workflow task.

It offers Wagtail's own views no act: `contest.admission` decides, on the wall of posters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task

if TYPE_CHECKING:
    from accounts.models import User

    from .poster import Poster


class AdmissionTask(Task):
    """The académie's decision to admit a poster."""

    class Meta:
        verbose_name = _("admission of a poster")
        verbose_name_plural = _("admissions of posters")

    def locked_for_user(self, obj: Poster, user: User) -> bool:
        """Nobody writes a poster in Wagtail's admin."""
        return True
