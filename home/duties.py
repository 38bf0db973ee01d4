"""What the law wants of a site's editors, shown on their dashboard until it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.models import AccessibilityPage, ContentPage
from home.seeding.compulsory_pages import MISSING_MARK, TEXT_PAGES


@dataclass(frozen=True)
class Duty:
    """Something to do on a page, and where."""

    text: str
    url: str


def duties_of(user: AbstractBaseUser, today: date) -> list[Duty]:
    """What waits at `today` on the legal pages that `user` may change."""
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    return list(_duties(editable, today))


def _duties(editable: Any, today: date) -> Iterator[Duty]:
    is_editable = Q(pk__in=editable.values("pk"))
    for declaration in AccessibilityPage.objects.filter(is_editable).live():
        if declaration.is_expired(today):
            yield _duty(declaration, _("its audit is more than three years old"))
    for page in ContentPage.objects.filter(is_editable, slug__in=TEXT_PAGES).live():
        if MISSING_MARK in str(page.body):
            yield _duty(page, _("parts of it are marked “to be completed”"))


def _duty(page: Page, what: str) -> Duty:
    text = _("%(title)s: %(what)s") % {"title": page.title, "what": what}
    return Duty(text=text, url=reverse("wagtailadmin_pages:edit", args=[page.pk]))


class LegalDutiesPanel(Component):
    """The duties of the person who looks at the dashboard; nothing when there are none."""

    name = "legal_duties"
    order = 90
    template_name = "home/panels/legal_duties.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """The duties, under `duties`."""
        return {"duties": duties_of(parent_context["request"].user, timezone.localdate())}
