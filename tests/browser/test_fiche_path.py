"""One fiche, from the mailbox of a school of the real directory to a parent's phone.

The school works without JavaScript on a screen of 360 pixels, and gets in by the link of the mail
that was really sent; its network's lead and the editor come by the links of their daily digests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone

from campaigns.models import Action
from campaigns.provisioning import open_site
from establishments.models import Academy, Establishment
from tests.browser.visits import NARROW, Visit, follow
from tests.factories import NetworkFactory, UserFactory, make_edition

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from accounts.models import User
    from tests.smtp import Sink

DIRECTORY = Path(__file__).parents[1] / "data" / "annuaire" / "ille-et-vilaine-2023.csv"
RENNES = "14"


@dataclass
class Cast:
    """Who meets on the path."""

    school: Establishment
    lead: User
    editor: User


@pytest.fixture
def cast(live_server: Any) -> Iterator[Cast]:
    """The académie of Rennes with the establishments of its directory and a call that is open."""
    call_command("import_establishments", str(DIRECTORY), verbosity=0)
    academy = Academy.objects.get(code=RENNES)
    address = urlsplit(live_server.url)
    open_site(academy, hostname=str(address.hostname), port=address.port or 80, is_default=True)
    academy.refresh_from_db()
    academy.contact_email = "saio@ac-rennes.example"
    academy.save()
    now = timezone.now()
    make_edition(
        academy,
        slug="edition",
        call_opens_at=now - timedelta(days=10),
        call_closes_at=now + timedelta(days=10),
    )
    school = Establishment.objects.filter(kind="college", sector="public").exclude(email="").first()
    assert school is not None
    lead, editor = UserFactory(), UserFactory()
    editor.groups.add(academy.editor_group)
    school.network = NetworkFactory(academy=academy, leads=[lead])
    school.save()
    return Cast(school, lead, editor)


def link_for(sink: Sink, recipient: str) -> str:
    """The path of the last link mailed to `recipient`."""
    mail = next(mail for mail in reversed(sink.mails) if recipient in str(mail["To"]))
    links = re.findall(r"http://\S+", mail.get_content())
    parts = urlsplit(links[0])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def enter_the_space(page: Page, school: Establishment, sink: Sink, base_url: str) -> None:
    """Sign in, and be in the space."""
    find_the_way_in(page, school, sink, base_url)
    page.wait_for_url("**/espace/")


def find_the_way_in(page: Page, school: Establishment, sink: Sink, base_url: str) -> None:
    """Find the school by its UAI, ask for a link, and use the one that arrives."""
    page.locator("#contenu input[name=q]").fill(school.uai)
    follow(page.locator("#contenu [role=search] button"))
    follow(page.locator("#contenu .sign-in-results a"))
    follow(page.locator("#contenu form[method=post] button"))
    page.goto(base_url + link_for(sink, school.mailbox))
    page.locator("#contenu form[method=post] button").click()


def write_the_fiche(page: Page) -> None:
    """A draft first, then a hand-in that lacks parts, then a complete one."""
    follow(page.locator("a[href$='/espace/fiches/nouvelle/']"))
    page.locator("[name=title]").fill("Le petit déjeuner des persévérants")
    page.locator("[name=title]").press("Enter")
    page.wait_for_url("**/modifier/qui/")
    assert page.locator("[name=title]").input_value() == "Le petit déjeuner des persévérants"

    for _step in range(3):
        follow(page.locator("button[value=next]"))
    follow(page.locator("button[value=submit]"))
    missing = page.locator("#erreurs a")
    assert missing.count() == 6
    follow(missing.first)
    page.locator("#id_coordinator_name").fill("Camille Exemple")
    page.locator("#id_coordinator_function").select_option("cpe")
    page.locator("#id_coordinator_email").fill("camille@example.org")
    follow(page.locator("button[value=next]"))
    # The design system draws its boxes and radios with their labels.
    page.locator("label").get_by_text("Élèves", exact=True).click()
    page.locator("#id_objectives").fill("- Arriver à l’heure\n- Se parler")
    follow(page.locator("button[value=next]"))
    page.locator("label").get_by_text("Toute l’année", exact=True).click()
    page.locator("[name=partners-0-name]").fill("Mission locale")
    follow(page.locator("button[value='add:partners']"))
    page.locator("[name=partners-1-name]").fill("Ville de Rennes")
    page.locator("[name=sessions-0-date]").fill("2027-04-05")
    page.locator("[name=sessions-0-starts_at]").fill("7 h 30")
    page.locator("#id_course").fill("Chaque lundi.\n\nLes élèves préparent.")
    follow(page.locator("button[value=next]"))
    page.locator("[name=budget]").fill("1 234,50 €")
    page.locator("button[value=submit]").click()
    page.wait_for_url(re.compile(r"/espace/fiches/\d+/$"))


def decide(visit: Callable[..., Visit], address: str, user: User, decision: str) -> None:
    """Take a decision on the review screen."""
    page = visit(address, user=user).page
    page.locator(f"[name=decision][value={decision}]").check()
    follow(page.locator("form:has([name=decision]) button[type=submit]"))


def test_a_schools_fiche_reaches_a_parents_phone(
    cast: Cast, visit: Callable[..., Visit], smtp_sink: Sink
) -> None:
    school = visit("/espace/", width=NARROW, scripts=False)
    assert urlsplit(school.page.url).path == "/espace/connexion/"
    enter_the_space(school.page, cast.school, smtp_sink, school.base_url)
    assert school.page.locator("h1").inner_text() == cast.school.name
    write_the_fiche(school.page)
    action = Action.objects.get()
    assert (action.status, action.establishment) == ("network_review", cast.school)
    assert school.page.evaluate("document.documentElement.scrollWidth") <= NARROW

    call_command("send_due_mails", verbosity=0)
    decide(visit, link_for(smtp_sink, cast.lead.email), cast.lead, "visa")
    action.refresh_from_db()
    assert action.status == "academy_review"

    call_command("send_due_mails", verbosity=0)
    decide(visit, link_for(smtp_sink, "saio@ac-rennes.example"), cast.editor, "publish")
    action.refresh_from_db()
    assert action.status == "published"

    school.go("/espace/")
    assert school.page.locator(".space-list a[href*='/edition/actions/']").count() == 1

    parent = visit("/edition/actions/", width=NARROW)
    follow(parent.page.get_by_role("link", name="Le petit déjeuner des persévérants"))
    assert parent.page.locator("h1").inner_text() == "Le petit déjeuner des persévérants"
    text = parent.page.locator("#contenu").inner_text()
    for shown in (cast.school.name, "Arriver à l’heure", "Mission locale", "Ville de Rennes"):
        assert shown in text
    assert "camille@example.org" not in parent.read()
    assert "1234" not in re.sub(r"\s", "", parent.read())
    assert parent.page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert parent.complaints == []
    assert smtp_sink.mails[-1]["To"] == cast.school.mailbox
