"""Posters in the establishments' space: what can be done, the form, one poster, taking it out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import time_machine
from django.utils import timezone

from contest.models import ContestPage, Poster
from contest.receiving import receive
from tests.browser.pages import View, scene
from tests.browser.scenes.fiches import move_call
from tests.browser.visits import NARROW
from tests.contest.deposit_sheet import (
    contest_address,
    edit_address,
    new_address,
    page_of,
    picture,
    sent,
)
from tests.contest.scene import (
    NOW,
    Scene,
    make_admitted,
    make_draft,
    make_refused,
    make_returned,
    make_scene,
    make_submitted,
    make_withdrawn,
)
from tests.factories import EstablishmentFactory, sign_up

if TYPE_CHECKING:
    from playwright.sync_api import Page


def move_contest(site: Scene, **fields: object) -> None:
    """Give the scene's contest other dates, and read it again."""
    ContestPage.objects.filter(pk=site.contest.pk).update(**fields)
    site.contest = ContestPage.objects.get(pk=site.contest.pk)


def open_deposit(site: Scene, **fields: object) -> None:
    """Let the scene's contest take deposits now, until in ten days."""
    now = timezone.now().replace(microsecond=0)
    move_call(site.edition, opens_in=-10, closes_in=10)
    opened = {
        "deposit_opens_at": now - timedelta(days=10),
        "deposit_closes_at": now + timedelta(days=10),
        "registration_closes_at": now + timedelta(days=5),
        "jury_on": (now + timedelta(days=20)).date(),
        "results_at": now + timedelta(days=30),
        "rights_expire_on": (now + timedelta(days=200)).date(),
    }
    move_contest(site, **opened | fields)


def give_real_picture(poster: Poster) -> None:
    """Let the poster have a file that was really sent and examined."""
    poster = Poster.objects.get(pk=poster.pk)
    establishment = poster.establishment
    poster.file = receive(
        sent(picture()),
        establishment=establishment,
        contest=poster.contest,
        by=establishment.account,
        now=timezone.now(),
    )
    poster.save()


def hand_in_incomplete(page: Page) -> None:
    """Hand in a form where parts are missing and one is mistyped."""
    page.locator("[name=title]").fill("")
    page.locator("[name=alternative]").fill("Une affiche.")
    page.locator("[name=pupils]").fill("beaucoup")
    page.locator(".fiche-form__end button[value=submit]").click()
    page.locator("#erreurs").wait_for()


def send_wide_picture(page: Page) -> None:
    """Choose a file that is too wide: the server's answer says what exceeds."""
    content = picture(3600, 4200)
    page.locator("[name=upload]").set_input_files(
        {"name": "trop-large.jpg", "mimeType": "image/jpeg", "buffer": content}
    )
    page.locator("#id_upload_error .fr-message--error").wait_for()


def send_fitting_picture(page: Page) -> None:
    """Choose a file that fits."""
    page.locator("[name=upload]").set_input_files(
        {"name": "affiche.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    page.locator("[data-received]").wait_for()


def save_with_wide_picture(page: Page) -> None:
    """Send the form with a file that is too wide, as a browser without scripts does."""
    page.evaluate("() => { document.querySelector('[data-deposit] input').remove(); }")
    page.evaluate(
        """() => {
            const input = document.createElement('input');
            Object.assign(input, { type: 'file', name: 'upload', id: 'id_upload' });
            document.querySelector('[data-deposit] .fr-upload-group').append(input);
        }"""
    )
    page.locator("#id_upload").set_input_files(
        {"name": "trop-large.jpg", "mimeType": "image/jpeg", "buffer": picture(3600, 4200)}
    )
    page.locator(".fiche-form__end button[value=save]").click()
    page.locator("#erreurs").wait_for()


def save_after_somebody_else(page: Page) -> None:
    """Save with an out-of-date page: the server shows both versions."""
    page.locator("[name=revision]").evaluate("input => { input.value = '999999'; }")
    page.locator("[name=technique]").fill("Gouache")
    page.locator(".fiche-form__end button[value=submit]").click()
    page.locator("#conflit").wait_for()


def save_once_signed_out(page: Page) -> None:
    """Save after the session has ended."""
    page.context.clear_cookies(name="sessionid")
    page.locator(".fiche-form__end button[value=submit]").click()
    page.locator("input[type=hidden][name=title]").wait_for(state="attached")


@scene
def the_deposit() -> list[View]:
    """A contest that takes deposits, with a poster in every status; a school without any."""
    with time_machine.travel(NOW):
        site = make_scene(max_posters=8)
        draft = make_draft(site, title="Un pas de plus")
        submitted = make_submitted(site, title="Ensemble, on tient")
        returned = make_returned(site)
        admitted = make_admitted(site, title="Ta voie existe")
        make_refused(site, title="Lundi matin")
        withdrawn = make_withdrawn(site, title="Rien n’est joué")
    open_deposit(site)
    for poster in (draft, returned, admitted):
        give_real_picture(poster)
    newcomer = sign_up(EstablishmentFactory(academy=site.academy, name="Collège sans affiche"))
    school = site.account
    new, edit = new_address(site.contest), edit_address(draft)
    return [
        View("space", "/espace/", user=school),
        View("space, no poster", "/espace/", user=newcomer),
        View("contest", contest_address(site.contest), user=school),
        View("contest, no poster", contest_address(site.contest), user=newcomer),
        View("blank form", new, user=newcomer),
        View("form", edit, user=school),
        View("form, errors", edit, user=school, act=hand_in_incomplete),
        View("form, errors, narrow", edit, user=school, act=hand_in_incomplete, width=NARROW),
        View("form, wide picture", new, user=newcomer, act=send_wide_picture),
        View("form, wide picture, narrow", edit, user=school, act=send_wide_picture, width=NARROW),
        View("form, file refused", new, user=newcomer, act=save_with_wide_picture),
        View("form, file replaced", edit, user=school, act=send_fitting_picture),
        View("form, conflict", edit, user=school, act=save_after_somebody_else, status=409),
        View("form, session ended", edit, user=school, act=save_once_signed_out, status=403),
        View("form, to correct", edit_address(returned), user=school),
        View("form, handed in", edit_address(submitted), user=school),
        View("poster, draft", page_of(draft), user=school),
        View("poster, to correct", page_of(returned), user=school),
        View("poster, admitted", page_of(admitted), user=school),
        View("poster, withdrawn", page_of(withdrawn), user=school),
        View("as the jury sees it", f"{page_of(admitted)}apercu/", user=school),
        View("deletion", f"{page_of(draft)}retirer/", user=school),
        View("withdrawal", f"{page_of(admitted)}retirer/", user=school),
    ]


@scene
def the_deposit_that_is_closed() -> list[View]:
    """The space once the deposit has closed."""
    with time_machine.travel(NOW):
        site = make_scene()
        draft = make_draft(site)
    open_deposit(site)
    give_real_picture(draft)
    now = timezone.now().replace(microsecond=0)
    move_contest(site, deposit_closes_at=now - timedelta(hours=2))
    site.academy.contact_email = "draio@ac.example"
    site.academy.save()
    return [
        View("space, deposit closed", "/espace/", user=site.account),
        View("contest, deposit closed", contest_address(site.contest), user=site.account),
        View("blank form, deposit closed", new_address(site.contest), user=site.account),
        View("poster, deposit closed", page_of(draft), user=site.account),
    ]


@scene
def the_deposit_of_those_who_register() -> list[View]:
    """A contest that wants establishments to register first."""
    site = make_scene()
    open_deposit(site, registration="required")
    return [
        View("contest, to register", contest_address(site.contest), user=site.account),
        View("blank form, to register", new_address(site.contest), user=site.account),
    ]
