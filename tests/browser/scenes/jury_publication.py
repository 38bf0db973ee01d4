"""The palmarès: before it is public, public, corrected; and its publication in Wagtail's admin."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import time_machine
from django.urls import reverse

from contest.jury import telling
from contest.models import Poster
from tests.browser.pages import View, scene
from tests.browser.scenes.gallery import TITLES, give_pictures
from tests.browser.visits import NARROW
from tests.contest.jury.published_scene import DECIDED, LATER, OUT, give, make_counted, publish
from tests.contest.jury.scene import OPEN, JuryScene, make_jury

if TYPE_CHECKING:
    from playwright.sync_api import Page

FUTURE = datetime(2099, 4, 6, 10, tzinfo=UTC)


def dress(made: JuryScene) -> None:
    """Give posters pictures and titles of their own."""
    for place, poster in enumerate(made.posters):
        assert poster.file is not None
        give_pictures(poster.file, place)
        title = TITLES[place % len(TITLES)]
        Poster.objects.filter(pk=poster.pk).update(
            title=title, alternative=f"Un soleil au-dessus de trois collines : « {title} »."
        )
    Poster.objects.update(attestation_expires_on="2099-08-31")


def counted(posters: int = 6) -> JuryScene:
    """A jury of six whose prizes are settled, the commission's among them."""
    with time_machine.travel(OPEN):
        made = make_counted(posters, 6)
        dress(made)
        give(made, 3, "Pour la justesse de son slogan, que toute la commission a voulu saluer.")
        give(made, 4, "Pour l’humour de son image.")
    return made


def admin(made: JuryScene, name: str, page: str = "jury_publication", **more: Any) -> View:
    """A page of the publication seen by the editor."""
    path = reverse(page, args=[made.contest_scene.contest.pk])
    return View(name, path, user=made.editor, is_ours=False, part=".publication", **more)


def send_wrong(page: Page) -> None:
    """Ask for an instant and give none."""
    page.locator(".publication__form button[type=submit]").click()
    page.locator(".publication .error-message").first.wait_for()


@scene
def a_palmares() -> list[View]:
    """Published, then corrected; the gallery with its prizes; a school's poster."""
    made = counted()
    first = publish(made, now=DECIDED)
    telling.tell_schools(first.pk, now=DECIDED)
    give(made, 5, "Oublié à la lecture du procès-verbal.")
    publish(made, now=LATER, note="Un coup de cœur avait été oublié à la lecture.")
    base = made.contest_scene.contest.url
    winner = made.posters[0]
    return [
        View("palmarès", f"{base}resultats/"),
        View("palmarès, narrow", f"{base}resultats/", width=NARROW),
        View("palmarès, earlier version", f"{base}resultats/1/"),
        View("gallery with prizes", f"{base}galerie/?prix=tous"),
        View("poster with prizes", f"{base}galerie/1/"),
        View("contest with a palmarès", base),
        View(
            "poster of a laureate in its space",
            reverse("contest_space:poster", args=[winner.pk]),
            user=winner.establishment.account,
        ),
        admin(made, "publication, corrected"),
        admin(made, "publication, corrected, narrow", width=NARROW),
    ]


@scene
def a_palmares_to_publish() -> list[View]:
    """Everything is settled: the form, what is wrong in it, the preview, the closed page."""
    made = counted()
    base = made.contest_scene.contest.url
    preview = reverse("jury_publication_preview", args=[made.contest_scene.contest.pk])
    return [
        View("palmarès, not published", f"{base}resultats/"),
        admin(made, "publication"),
        admin(made, "publication, narrow", width=NARROW),
        admin(made, "publication, wrong", act=send_wrong, status=422),
        View("palmarès, preview", preview, user=made.editor),
    ]


@scene
def a_palmares_to_come() -> list[View]:
    """Decided, waiting for its instant."""
    made = counted(4)
    publish(made, now=OUT, at=FUTURE)
    return [
        View("palmarès to come", f"{made.contest_scene.contest.url}resultats/"),
        admin(made, "publication, waiting"),
    ]


@scene
def a_palmares_not_ready() -> list[View]:
    """A round that is not counted."""
    with time_machine.travel(OPEN):
        made = make_jury(4, 5)
    return [admin(made, "publication, not ready")]
