"""What a reviewer finds on entering the admin, and in its reports."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from campaigns import submission
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import (
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_scene,
    make_submitted,
    write,
)

pytestmark = pytest.mark.django_db


def dashboard(user: Any) -> str:
    return signed_in(user).get(reverse("wagtailadmin_home")).content.decode()


def test_the_dashboard_leads_each_reviewer_to_what_waits_for_them() -> None:
    scene = make_scene()
    to_endorse = make_submitted(scene, title="À viser")
    to_publish = make_endorsed(scene, title="À publier")

    lead, editor = dashboard(scene.lead), dashboard(scene.editor)

    assert reverse("action_review", args=[to_endorse.pk]) in lead
    assert reverse("action_review", args=[to_publish.pk]) not in lead
    assert reverse("action_review", args=[to_publish.pk]) in editor
    for page in (lead, editor):
        assert "/edit/" not in page


def test_the_dashboard_of_an_observer_has_no_review() -> None:
    world = make_world()
    make_submitted(world.scene, title="À viser")

    page = world.client(Role.OBSERVER).get(reverse("wagtailadmin_home")).content.decode()

    assert "fiches-awaiting" not in page
    assert "À viser" not in page


def test_the_admin_of_a_lead_holds_what_a_lead_can_use() -> None:
    scene = make_scene()

    response = signed_in(scene.lead).get(reverse("wagtailadmin_home"))

    request = response.wsgi_request
    items = admin_menu.menu_items_for_request(request)
    assert [item.name for item in items] == ["fiches-actions", "steering"]
    assert 'role="search"' not in response.content.decode()


def test_no_report_of_wagtails_tells_a_reviewer_of_a_draft() -> None:
    scene = make_scene()
    make_draft(scene, title="Secret de l’établissement")
    reports = ["site_history", "workflow", "workflow_tasks", "locked_pages", "aging_pages"]

    for user in (scene.lead, scene.editor):
        client = signed_in(user)
        for report in reports:
            response = client.get(reverse(f"wagtailadmin_reports:{report}"), follow=True)
            assert "Secret" not in response.content.decode(), report


def test_a_change_handed_in_waits_again_for_the_lead() -> None:
    scene = make_scene()
    action = submission.submit(
        write(scene, make_published(scene), title="Changée"), by=scene.account, now=NOW
    )

    assert reverse("action_review", args=[action.pk]) in dashboard(scene.lead)
