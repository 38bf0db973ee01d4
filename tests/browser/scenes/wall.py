"""Posters in Wagtail's admin: the wall, one poster in each state, several at once, printing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from contest.enums import JobState, PrintKind
from contest.images.fingerprint import fingerprint_of
from contest.models import Poster, PosterFile, PrintJob
from contest.storage import private_storage
from demo.posters import SLUGS, draw
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.contest.scene import (
    NOW,
    Scene,
    make_admitted,
    make_contest,
    make_refused,
    make_returned,
    make_scene,
    make_submitted,
    make_withdrawn,
)
from tests.factories import DepartmentFactory, EstablishmentFactory, make_edition, sign_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROJECTOR = 1920
PLACES = [
    ("Collège Jules-Ferry", "Le Petit-Quevilly"),
    ("Collège Marcel-Pagnol", "Vernon"),
    ("Collège Simone-Veil", "Saint-Étienne-du-Rouvray"),
    ("Collège Les Quatre-Vents", "Yvetot"),
]


def paint(file: PosterFile, picture: Image.Image) -> None:
    """Give `file` pictures that look like a poster, in the place of the tiny ones."""
    storage = private_storage()
    for name in ["preview.jpg", "master.jpg", *(one.name for one in file.pictures)]:
        path = f"{file.folder}/{name}"
        if not storage.exists(path):
            continue
        stem, _dot, ending = name.rpartition(".")
        width = int(stem) if stem.isdigit() else 640
        small = picture.copy()
        small.thumbnail((width, width * 2))
        stream = io.BytesIO()
        options = {"quality": 60, "speed": 10} if ending == "avif" else {"quality": 80}
        small.save(stream, "AVIF" if ending == "avif" else "JPEG", **options)
        storage.delete(path)
        storage.save(path, ContentFile(stream.getvalue()))
    PosterFile.objects.filter(pk=file.pk).update(fingerprint=fingerprint_of(picture))


def make_schools(site: Scene) -> list[Any]:
    """Establishments of two departments, signed up."""
    departments = [
        DepartmentFactory(academy=site.academy, name=name) for name in ("Eure", "Seine-Maritime")
    ]
    schools = [
        EstablishmentFactory(
            academy=site.academy,
            name=name,
            commune=commune,
            department=departments[at % 2],
            network=site.network,
        )
        for at, (name, commune) in enumerate(PLACES)
    ]
    for school in schools:
        sign_up(school)
    return schools


def hang(site: Scene, schools: Sequence[Any], slugs: Sequence[str]) -> list[Poster]:
    """A poster that waits for each of `slugs`, a day after the other."""
    made = []
    for at, slug in enumerate(slugs):
        title = slug.replace("-", " ").capitalize()
        fields: dict[str, Any] = {"title": title, "establishment": schools[at % len(schools)]}
        if at % 5 == 1:
            fields |= {"ai_use": "part", "ai_details": "Le fond, avec un générateur d’images."}
        poster = make_submitted(site, **fields)
        Poster.objects.filter(pk=poster.pk).update(submitted_at=NOW + timedelta(hours=5 * at))
        assert poster.file is not None
        paint(poster.file, draw(slug))
        made.append(poster)
    return made


def refuse_without_reason(page: Page) -> None:
    """Refuse, and forget to say why."""
    page.locator("[name=decision][value=refuse]").check()
    page.locator("[name=comment]").fill("Le slogan est à revoir.")
    page.locator(".poster-decision button[type=submit]").click()
    page.locator("#erreur-motif").wait_for()


def decide_too_late(page: Page) -> None:
    """Decide about a version that has been changed since."""
    page.locator("[name=revision]").evaluate("input => { input.value = '1'; }")
    page.locator("[name=decision][value=admit]").check()
    page.locator("[name=comment]").fill("Bravo à la classe.")
    page.locator(".poster-decision button[type=submit]").click()
    page.locator(".messages .warning").wait_for()


@scene
def the_wall() -> list[View]:
    """A contest with posters in every state, near-duplicates, and files for the printer."""
    with time_machine.travel(NOW):
        site = make_scene(max_posters=50, results_at=timezone.now() + timedelta(days=60))
        schools = make_schools(site)
        waiting = hang(site, schools, SLUGS[:10])
        twin = make_submitted(site, title="Ose encore", establishment=schools[0])
        unprepared = make_submitted(site, title="Pas encore prête", prepared=False)
        returned = make_returned(site, title="À revoir")
        admitted = make_admitted(site, title="Un chemin")
        refused = make_refused(site, title="Hors sujet")
        withdrawn = make_withdrawn(site, title="Retirée")
        empty = make_contest(make_edition(site.academy, title="Semaine 2022", slug="2022"))
    for poster, slug in ((twin, "ose"), (admitted, "un-chemin"), (returned, "un-pli")):
        assert poster.file is not None
        paint(poster.file, draw(slug))
    for kind, state, done in (
        (PrintKind.LABELS, JobState.DONE, 1),
        (PrintKind.SHEETS, JobState.RUNNING, 1),
        (PrintKind.LABELS, JobState.FAILED, 0),
    ):
        job = PrintJob(
            contest=site.contest,
            kind=kind,
            state=state,
            done=done,
            total=3,
            asked_by=site.editor,
            progressed_at=timezone.now(),
            finished_at=timezone.now(),
            error="Une affiche a quitté le site depuis." if state == JobState.FAILED else "",
        )
        if state == JobState.DONE:
            job.file.save("file.pdf", ContentFile(b"%PDF-1.7"), save=False)
        job.save()
    far = (timezone.now() + timedelta(days=200)).date()
    Poster.objects.update(attestation_expires_on=far)
    Poster.objects.filter(pk=waiting[3].pk).update(attestation_expires_on=NOW.date())
    assert unprepared.file is not None
    PosterFile.objects.filter(pk=unprepared.file.pk).update(
        prepared_at=None, preparation_error="damaged"
    )
    wall = reverse("poster_wall", args=[site.contest.pk])
    ticked = "&".join(
        f"poster={poster.pk}.{poster.latest_revision_id}"
        for poster in (*waiting[:4], twin, unprepared, admitted)
    )

    def view(name: str, path: str, part: str = ".poster-wall", **more: Any) -> View:
        return View(name, path, user=site.editor, is_ours=False, part=part, **more)

    def review(poster: Poster, name: str, **more: Any) -> View:
        path = reverse("poster_review", args=[poster.pk])
        return view(name, path, ".poster-review", **more)

    return [
        view("wall", wall),
        view("wall, narrow", wall, width=NARROW),
        view("wall, projected", wall, width=PROJECTOR),
        view("wall, all, ticked", f"{wall}?status=all&tick=1"),
        view("wall, nothing found", f"{wall}?q=introuvable"),
        view("wall, empty", reverse("poster_wall", args=[empty.pk])),
        review(waiting[2], "poster"),
        review(waiting[2], "poster, narrow", width=NARROW),
        review(waiting[2], "poster, projected", width=PROJECTOR),
        review(waiting[1], "poster, reason missing", act=refuse_without_reason),
        review(waiting[1], "poster, conflict", act=decide_too_late, status=409),
        review(unprepared, "poster, not prepared"),
        review(returned, "poster sent back"),
        review(admitted, "poster admitted"),
        review(refused, "poster refused"),
        review(withdrawn, "poster withdrawn"),
        view("several", f"{wall}recevoir/?{ticked}", ".poster-several"),
        view("printing", reverse("contest_prints", args=[site.contest.pk]), ".prints"),
        view("printing, empty", reverse("contest_prints", args=[empty.pk]), ".prints"),
        view("dashboard with posters", "/admin/", "#main"),
    ]
