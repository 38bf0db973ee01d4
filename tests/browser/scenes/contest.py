"""The contest: its public page in each phase, the editors' form, a change that breaks posters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns.models import CampaignPage
from contest.defaults import fill_in
from contest.enums import RegistrationMode
from contest.models import ContestPage
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.contest.scene import NOW, make_admitted, make_draft, make_scene, make_submitted
from tests.factories import EstablishmentFactory, make_edition, make_site, school_year_of, sign_up
from tests.home.contents import make_document

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

# Days from today: the call opens and closes, the deposit closes, the jury meets, the results.
PHASES = {
    "before": (5, 40, 50, 55, 62),
    "registration": (-10, 10, 20, 30, 40),
    "deposit": (-40, -5, 10, 15, 25),
    "jury": (-60, -20, -3, 5, 15),
    "results": (-90, -60, -40, -30, -20),
}

RULES = [
    (
        "text",
        "<h3>Article 1 – Objet</h3><p>L’académie organise un concours d’affiches sur le thème de "
        "la persévérance.</p><h3>Article 2 – Participants</h3><p>Le concours est ouvert aux "
        "classes et aux groupes d’élèves.</p>",
    )
]
DEBATE = [
    (
        "text",
        "<p>Avant l’affiche, la classe débat : qu’est-ce qui nous fait tenir quand c’est "
        "difficile ? Trois questions pour commencer, une heure suffit.</p>",
    ),
    (
        "callout",
        {"title": "Une heure, trois temps", "text": "<p>Écrire, échanger, choisir une idée.</p>"},
    ),
]


def make_edition_in(academy: Any, phase: str) -> CampaignPage:
    """An edition whose dates suit a contest in `phase` today."""
    opens, closes, _deposit, _jury, results = PHASES[phase]
    today = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0)
    first_day = (today + timedelta(days=results - 4)).date()
    return make_edition(
        academy,
        slug=phase,
        title=f"Semaine {phase}",
        call_opens_at=today + timedelta(days=opens),
        call_closes_at=today + timedelta(days=closes),
        week_first_day=first_day,
        week_last_day=first_day + timedelta(days=4),
        school_year=school_year_of(first_day),
    )


def make_contest_in(edition: CampaignPage, phase: str, **fields: Any) -> ContestPage:
    """A published contest with everything, in `phase` today."""
    contest = ContestPage()
    fill_in(contest, edition)
    now: datetime = timezone.now().replace(microsecond=0)
    _opens, _closes, deposit, jury, results = PHASES[phase]
    contest.deposit_closes_at = now + timedelta(days=deposit)
    contest.jury_on = (now + timedelta(days=jury)).date()
    contest.results_at = now + timedelta(days=results)
    contest.theme = "Tenir bon, ensemble"
    contest.title = f"Concours d’affiches ({phase})"
    contest.introduction = "Une affiche, un débat, une classe : dites ce qui vous fait tenir."
    contest.exhibition_place = "Hall du rectorat, 168, rue Caponière, Caen"
    contest.debate, contest.rules = DEBATE, RULES
    contest.rules_document = make_document("Règlement")
    for name, value in fields.items():
        setattr(contest, name, value)
    edition.add_child(instance=contest)
    contest.save_revision().publish()
    return contest


@scene
def the_contest() -> list[View]:
    """The public page in each phase; one with everything, one with little."""
    academy = make_site()
    for phase in PHASES:
        make_contest_in(make_edition_in(academy, phase), phase)
    ContestPage.objects.filter(title__contains="registration").update(
        registration=RegistrationMode.REQUIRED
    )
    ContestPage.objects.filter(title__contains="jury").update(gallery_before_results=True)
    return [
        *(View(f"contest, {phase}", f"/{phase}/concours/") for phase in PHASES),
        View("contest, narrow", "/registration/concours/", width=NARROW),
        View("edition with a contest", "/deposit/"),
        View("edition with results", "/results/"),
    ]


@scene
def the_bare_contest() -> list[View]:
    """A contest of which editors have said the least."""
    with time_machine.travel(NOW):
        site = make_scene(theme="", registration=RegistrationMode.OFF, jury_on=None)
    return [View("contest with little", f"/{site.edition.slug}/concours/")]


def answer_autosave(route: Route) -> None:
    """Refuse in the server's place: the browser complains of Wagtail's own answer, a 400."""
    if "application/json" in route.request.headers.get("accept", ""):
        route.fulfill(json={"success": False, "error_code": "validation_error"})
    else:
        route.fallback()


def raise_the_least_size(page: Page) -> None:
    """Ask for larger pictures than those of the posters that are in."""
    page.route("**/edit/", answer_autosave)
    page.get_by_role("tab", name="Ce qu’on dépose").click()
    page.locator("[name=min_short_side]").fill("2400")
    page.locator("[name=action-publish]").evaluate("button => button.click()")
    page.locator("#contest-changes").wait_for()


def keep_the_posters(page: Page) -> None:
    """Read the list of posters, keep them as they are, and publish."""
    raise_the_least_size(page)
    page.locator("[name=keeps_posters]").check()
    page.locator("[name=action-publish]").evaluate("button => button.click()")
    page.get_by_text("publiée").first.wait_for()


def remove_a_category(page: Page) -> None:
    """Remove the category that the posters are in."""
    page.get_by_role("tab", name="Catégories, critères et prix").click()
    page.locator("#id_categories-1-DELETE-button").click()
    page.locator("[name=action-publish]").evaluate("button => button.click()")
    page.wait_for_url("**/edit/**")
    page.get_by_role("tab", name="Catégories, critères et prix").click()
    page.get_by_text("ne peut pas être supprimée").locator("visible=true").first.wait_for()


def open_tab(name: str) -> Any:
    """What opens a tab of the form."""

    def act(page: Page) -> None:
        page.get_by_role("tab", name=name).click()

    return act


@scene
def the_contest_form() -> list[View]:
    """The form of a new contest, of one with posters, and what it refuses."""
    with time_machine.travel(NOW):
        site = make_scene()
        site.contest.criteria.create(label="Respect du thème")
        site.contest.save_revision().publish()
        make_admitted(site, title="Ensemble, on s’accroche")
        make_submitted(site, title="Encore une marche")
        other = EstablishmentFactory(academy=site.academy, name="Collège des Tisserands")
        sign_up(other)
        make_draft(site, establishment=other)
    empty = make_edition(site.academy, slug="2024", title="Semaine 2024")
    new = reverse("wagtailadmin_pages:add", args=["contest", "contestpage", empty.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[site.contest.pk])
    form = {"user": site.editor, "is_ours": False, "part": ".tab-content"}
    return [
        View("new contest", new, **form),
        *(
            View(f"new contest, {tab}", new, act=open_tab(tab), **form)
            for tab in (
                "Dates",
                "Catégories, critères et prix",
                "Ce qu’on dépose",
                "Galerie et droits",
            )
        ),
        View(
            "new contest, narrow",
            new,
            act=open_tab("Catégories, critères et prix"),
            width=NARROW,
            **form,
        ),
        View("change that breaks posters", edit, act=raise_the_least_size, **form),
        View("removal of a category", edit, act=remove_a_category, **form),
        View("posters kept", edit, act=keep_the_posters, **form | {"part": "#main"}),
    ]
