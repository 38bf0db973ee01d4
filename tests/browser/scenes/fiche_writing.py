"""A fiche while it is written: files as rows, remarks beside the fields, all that is missing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from uuid import uuid4

import time_machine
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from campaigns import drafts, messaging, review
from campaigns.models import Action, ActionMedia
from tests.browser.pages import View, scene
from tests.browser.traffic import settle
from tests.browser.visits import NARROW, follow
from tests.campaigns.scene import NOW, Scene, make_draft, make_endorsed, make_scene, write

from .fiches import move_call

if TYPE_CHECKING:
    from playwright.sync_api import Page

ASKED = {
    "title": "Dites en cinq mots de quoi il s’agit.",
    "place": "Dans quelle salle, et à quel étage\u202f?",
    "course": "Qui anime les ateliers\u202f?\n\nCombien de temps durent-ils\u202f?",
    "partners": "Nommez le CIO.",
    "audiences": "Les parents viennent-ils aussi\u202f?",
    "media": "Il manque la description de la photo.",
}


def make_file(kind: str, alternative: str, *, is_authorised: bool = True) -> ActionMedia:
    """A file in the private storage; a picture is one that can be looked at."""
    medium = ActionMedia(kind=kind, alternative=alternative, is_authorised=is_authorised)
    if kind == "image":
        picture = Image.new("RGB", (1200, 800), "#c9d8c5")
        ImageDraw.Draw(picture).ellipse((380, 180, 820, 620), fill="#3a6b52")
        stream = io.BytesIO()
        picture.save(stream, "JPEG")
        medium.credit = "Le collège"
        medium.file.save("photo.jpg", ContentFile(stream.getvalue()), save=False)
    else:
        medium.file.save("livret.pdf", ContentFile(b"%PDF-1.7\n%%EOF"), save=False)
    return medium


def make_asked(site: Scene) -> Action:
    """A fiche with files that its reviewers have sent back, with a remark on many parts."""
    files = [make_file("image", "Des élèves autour d’une table"), make_file("document", "Livret")]
    action = make_endorsed(site, title="Les messages du jeudi", media=files, place="Foyer")
    action = review.request_changes(
        action, by=site.editor, comment="Une belle action.", field_comments=ASKED
    )
    messaging.send(action, by=site.account, text="Bien reçu.", key=uuid4(), now=NOW)
    return action


def send_no_file(page: Page) -> None:
    """Press the button that sends a file without having chosen one."""
    follow(page.locator("button[value='add:media']"))
    page.locator("#id_upload_error").wait_for()


def send_a_bad_file(page: Page) -> None:
    """Send a file of no kind that is accepted, with one row of which the description is gone."""
    page.locator("[name=media-0-alternative]").fill("")
    page.locator("[name=upload]").set_input_files(
        {"name": "tableau.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": b"PK\x03\x04"}
    )
    follow(page.locator("button[value='add:media']"))
    page.locator("#id_upload_error").wait_for()


def send_a_file(page: Page) -> None:
    """Send a document: one row more, with its own fields."""
    page.locator("[name=upload]").set_input_files(
        {"name": "trame.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}
    )
    follow(page.locator("button[value='add:media']"))
    page.locator("[name=media-2-alternative]").wait_for()


def hand_in_without_what_is_needed(page: Page) -> None:
    """Hand in a fiche that lacks parts of every step, a picture's words and its tick."""
    follow(page.locator("button[value=submit]"))
    page.locator("#erreurs").wait_for()


def answer_in_two_tabs(page: Page) -> None:
    """Type in this tab what another tab has typed otherwise: this one is told."""
    settle()
    action = Action.objects.get(title="Petits déjeuners de la persévérance")
    version = drafts.latest_version(action)
    version.place = f"Préau, {action.latest_revision_id}"
    drafts.save_draft(version, by=action.establishment.account)
    page.locator("[name=place]").fill("Gymnase")
    page.locator("[data-fiche-bar] button").wait_for()


def compare_two_tabs(page: Page) -> None:
    """Compare what both tabs say, as the second one offers."""
    answer_in_two_tabs(page)
    follow(page.locator("[data-fiche-bar] button"))
    page.locator("#conflit").wait_for()


@scene
def the_writing_of_a_fiche() -> list[View]:
    """A call that is open: a draft with files, one without anything, one sent back with remarks."""
    with time_machine.travel(NOW):
        site = make_scene()
        photo = make_file("image", "Des élèves autour d’une table", is_authorised=False)
        draft = make_draft(site, media=[photo, make_file("document", "Livret")])
        asked = make_asked(site)
        bare = drafts.start_draft(site.establishment, site.edition, by=site.account, now=NOW)
        bare = write(
            site,
            bare,
            title="Fiche commencée",
            media=[make_file("image", "", is_authorised=False)],
        )
    move_call(site.edition, opens_in=-10, closes_in=10)
    school = site.account

    def step(action: Action, name: str) -> str:
        return f"/espace/fiches/{action.pk}/modifier/{name}/"

    files, how, last = step(draft, "resultat"), step(draft, "comment"), step(bare, "resultat")
    return [
        View("space, with drafts, narrow", "/espace/", user=school, width=NARROW),
        View(
            "drafts before a blank form, narrow",
            "/espace/fiches/nouvelle/",
            user=school,
            width=NARROW,
        ),
        View("files", files, user=school),
        View("files, narrow", files, user=school, width=NARROW),
        View("files, one more", files, user=school, act=send_a_file),
        View("files, none chosen", files, user=school, act=send_no_file),
        View("files, refused, narrow", files, user=school, act=send_a_bad_file, width=NARROW),
        View("remarks on files", step(asked, "resultat"), user=school),
        View("remarks on for whom", step(asked, "pour-qui"), user=school),
        View("remarks on how", step(asked, "comment"), user=school),
        View("remarks on how, narrow", step(asked, "comment"), user=school, width=NARROW),
        View("all that is missing", last, user=school, act=hand_in_without_what_is_needed),
        View(
            "all that is missing, narrow",
            last,
            user=school,
            act=hand_in_without_what_is_needed,
            width=NARROW,
        ),
        View("second tab, told", how, user=school, act=answer_in_two_tabs, brings="409"),
        View(
            "second tab, told, narrow",
            how,
            user=school,
            act=answer_in_two_tabs,
            width=NARROW,
            brings="409",
        ),
        View(
            "second tab, compared, narrow",
            how,
            user=school,
            act=compare_two_tabs,
            width=NARROW,
            status=409,
        ),
    ]
