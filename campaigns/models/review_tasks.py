"""The two steps of a fiche's review, as Wagtail workflow tasks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task


class NetworkReviewTask(Task):
    """The visa of the leads of the establishment's network."""

    class Meta:
        verbose_name = _("visa of the network")
        verbose_name_plural = _("visas of the network")


class AcademyReviewTask(Task):
    """The académie's decision to publish."""

    class Meta:
        verbose_name = _("publication by the académie")
        verbose_name_plural = _("publications by the académie")
