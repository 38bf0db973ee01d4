"""What we put into Wagtail's admin: the fiches, their review, the panels, the next edition."""

from __future__ import annotations

import time_machine
from django.urls import reverse

from campaigns import submission
from campaigns.admin.pages import NEXT_EDITION
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import (
    NOW,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import UserFactory

FICHES = "wagtailsnippets_campaigns_action:list"


@scene
def the_admin() -> list[View]:
    """Fiches that wait for the network's lead, for the editor, and for administrator."""
    with time_machine.travel(NOW):
        site = make_scene()
        submitted = make_submitted(site)
        endorsed = make_endorsed(site)
        make_returned(site)
        published = make_published(site)
        changed = write(site, make_published(site), title="Café des parents du lundi")
        changed = submission.submit(changed, by=site.account, now=NOW)
    fiches = reverse(FICHES)
    administrator = UserFactory(is_superuser=True)

    def review(action_id: int) -> str:
        return reverse("action_review", args=[action_id])

    part = ".fiche-review"
    return [
        View("dashboard of a lead", "/admin/", user=site.lead, is_ours=False, part="#main"),
        View("dashboard of an editor", "/admin/", user=site.editor, is_ours=False, part="#main"),
        View("dashboard of all", "/admin/", user=administrator, is_ours=False, part="#main"),
        View("fiches", fiches, user=site.editor, is_ours=False, part=".listing"),
        View(
            "fiches, narrow", fiches, user=site.lead, is_ours=False, part=".listing", width=NARROW
        ),
        View("visa", review(submitted.pk), user=site.lead, is_ours=False, part=part),
        View("publication", review(endorsed.pk), user=site.editor, is_ours=False, part=part),
        View("withdrawal", review(published.pk), user=site.editor, is_ours=False, part=part),
        View("review of a change", review(changed.pk), user=site.lead, is_ours=False, part=part),
        View(
            "next edition",
            reverse(NEXT_EDITION, args=[site.edition.pk]),
            user=site.editor,
            is_ours=False,
            part="#main",
        ),
    ]
