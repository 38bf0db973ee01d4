"""The review of fiches in Wagtail's admin, and the thread in the establishments' space."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import time_machine
from django.urls import reverse

from campaigns import merging, messaging, review, submission
from campaigns.models import ReviewLabel
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import (
    NOW,
    make_endorsed,
    make_published,
    make_scene,
    make_submitted,
    write,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

ASKED = {"objectives": "Combien d’élèves ?", "partners": "Nommez l’association."}


def open_all(page: Page) -> None:
    """Open every comment, message and label to write."""
    page.locator("details.fiche-review__comment").evaluate_all(
        "all => all.forEach(details => { details.open = true; })"
    )


@scene
def the_review() -> list[View]:
    """Fiches to decide about, sent back with comments, corrected, merged, talked about."""
    with time_machine.travel(NOW):
        site = make_scene()
        endorsed, submitted = make_endorsed(site), make_submitted(site)
        returned = review.request_changes(
            make_endorsed(site, title="Café des parents"), by=site.editor, field_comments=ASKED
        )
        corrected = review.request_changes(
            make_endorsed(site, title="Tutorat"), by=site.editor, field_comments=ASKED
        )
        write(site, corrected, objectives="Redonner confiance à trente élèves.")
        corrected = submission.submit(corrected, by=site.account, now=NOW)
        kept, gone = make_published(site), make_published(site, title="La même")
        merging.merge(gone, into=kept, by=site.editor, now=NOW)
        for action in (returned, endorsed):
            messaging.send(action, by=site.account, text="Faut-il un devis ?", key=uuid4(), now=NOW)
            messaging.send(action, by=site.editor, text="Non.", key=uuid4(), now=NOW)
            messaging.send(
                action, by=site.lead, text="À suivre.", key=uuid4(), now=NOW, is_note=True
            )
    ReviewLabel.objects.create(academy=site.academy, name="Coup de cœur").actions.add(endorsed)
    listed = reverse("wagtailsnippets_campaigns_action:list")
    ticks = f"?fiche={submitted.pk}&fiche={endorsed.pk}"

    def of_admin(
        name: str, address: str, *, part: str = "#main", width: int | None = None, **kwargs: object
    ) -> View:
        sized = {"width": width} if width else {}
        return View(name, address, user=site.editor, is_ours=False, part=part, **sized, **kwargs)  # type: ignore[arg-type]

    def on_screen(pk: int) -> str:
        return reverse("action_review", args=[pk])

    review_part = ".fiche-review"
    return [
        of_admin("review, all open", on_screen(endorsed.pk), part=review_part, act=open_all),
        of_admin("review, narrow", on_screen(endorsed.pk), part=review_part, width=NARROW),
        of_admin("review, sent back", on_screen(returned.pk), part=review_part),
        of_admin("review, corrected", on_screen(corrected.pk), part=review_part),
        of_admin("review, merged", on_screen(gone.pk), part=review_part),
        of_admin("fiches that wait", f"{listed}?only=waiting", part=".listing"),
        of_admin(
            "visa of several",
            reverse("actions_together", args=["visa"]) + ticks,
            part=".fiches-together",
        ),
        of_admin("merging", reverse("action_merge", args=[kept.pk]), part=".fiches-together"),
        View("thread in the space", f"/espace/fiches/{returned.pk}/", user=site.account),
        View(
            "thread in the space, narrow",
            f"/espace/fiches/{returned.pk}/",
            user=site.account,
            width=NARROW,
        ),
    ]
