"""The gallery of a contest: the wall, a poster's page, the slideshow, before it opens and empty."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from contest.models import ContestPage, Poster, PosterFile
from contest.storage import private_storage
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.contest.scene import Scene, make_admitted, make_scene
from tests.factories import DepartmentFactory, EstablishmentFactory, sign_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAST = datetime(2023, 4, 6, 10, tzinfo=UTC)
FUTURE = datetime(2099, 4, 6, 10, tzinfo=UTC)
TITLES = [
    "Accroche-toi",
    "Ensemble on va plus loin, même quand la pente est raide",
    "Lâche rien !",
    "Un pas après l’autre",
    "La persévérance, c’est une équipe",
    "Tomber sept fois, se relever huit",
    "Décroche la lune",
]
INKS = ["#000091", "#c9191e", "#18753c", "#b34000", "#6e445a", "#00685f", "#3a3a3a"]
PAPERS = ["#f6e8c9", "#ffffff", "#cfe3f5", "#fde3da", "#e8f5d9", "#1b1b35", "#f3d6f0"]


def draw(number: int, width: int, height: int) -> Image.Image:
    """Something that looks like a poster: a sun, hills, a slogan."""
    paper, ink = PAPERS[number % len(PAPERS)], INKS[number * 3 % len(INKS)]
    image = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(image)
    radius = width // 4 + number % 5 * width // 40
    middle = (width * (3 + number % 4) // 9, height // 3)
    pen.ellipse(
        [middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius],
        fill=INKS[(number + 2) % len(INKS)],
    )
    for hill in range(3):
        top = height * (5 + hill) // 9
        points = [(0, height), (0, top + hill * 20), (width * (2 + hill + number % 3) // 7, top)]
        pen.polygon(
            [*points, (width, top + height // 8), (width, height)],
            fill=INKS[(number + hill) % len(INKS)],
        )
    words = TITLES[number % len(TITLES)].split()
    for line, word in enumerate(words[:5]):
        font = ImageFont.load_default(size=width // 9)
        pen.text((width // 14, height // 20 + line * width // 8), word.upper(), fill=ink, font=font)
    return image


def give_pictures(file: PosterFile, number: int) -> None:
    """Real pictures of their real sizes in the place of the scene's tiny ones."""
    landscape = number % 7 == 5
    size = (1810, 1280) if landscape else (1280, 1810)
    large = draw(number, *size)
    storage, renditions = private_storage(), []
    for width in (320, 640, 1280):
        picture = large.resize((width, round(width * size[1] / size[0])))
        for format_, ending in (("JPEG", "jpg"), ("AVIF", "avif")):
            stream = io.BytesIO()
            picture.save(stream, format_, quality=60, **({"speed": 10} if ending == "avif" else {}))
            name = f"{width}.{ending}"
            _replace(storage, f"{file.folder}/{name}", stream.getvalue())
            if ending == "jpg" and width == 1280:
                _replace(storage, f"{file.folder}/master.jpg", stream.getvalue())
            renditions.append(
                {
                    "name": name,
                    "format": format_.lower(),
                    "width": width,
                    "height": picture.height,
                    "bytes": len(stream.getvalue()),
                }
            )
    PosterFile.objects.filter(pk=file.pk).update(
        renditions=renditions,
        width=size[0],
        height=size[1],
        master_width=size[0],
        master_height=size[1],
    )


def _replace(storage, name: str, content: bytes) -> None:  # type: ignore[no-untyped-def]
    storage.delete(name)
    storage.save(name, ContentFile(content))


def make_gallery(count: int = 8, **fields: object) -> tuple[Scene, list[Poster]]:
    """A gallery of `count` posters that look like posters, in two départements and categories."""
    site = make_scene(**({"results_at": PAST, "max_posters": 50} | fields))
    lycee = EstablishmentFactory(
        academy=site.academy,
        department=DepartmentFactory(academy=site.academy, name="Eure"),
        kind="lycee_pro",
        name="Lycée professionnel des Quatre-Vents",
        commune="Évreux",
    )
    sign_up(lycee)
    posters = []
    for number in range(count):
        own = (
            {}
            if number % 3
            else {
                "establishment": lycee,
                "category": site.contest.categories.get(name__startswith="Lycées"),
            }
        )
        poster = make_admitted(
            site,
            title=TITLES[number % len(TITLES)],
            alternative=f"Un soleil au-dessus de trois collines ; en grandes lettres, le slogan "
            f"« {TITLES[number % len(TITLES)]} ».",
            technique=["Collage", "Gouache", "Photographie retouchée"][number % 3],
            ai_use=["none", "part"][number % 2],
            ai_details="" if number % 2 == 0 else "Le ciel, avec un générateur d’images.",
            **own,
        )
        give_pictures(poster.file, number)
        posters.append(poster)
    Poster.objects.update(attestation_expires_on="2099-08-31")
    return site, posters


def open_zoom(page: Page) -> None:
    """Enlarge the poster, twice more."""
    page.locator("[data-zoom]").click()
    page.keyboard.press("+")
    page.keyboard.press("+")


def pause(page: Page) -> None:
    """Stop the slideshow."""
    page.locator("[data-pause]").click()


@scene
def the_gallery() -> list[View]:
    """The wall, narrowed and with nothing found, a poster and its zoom, the slideshow."""
    site, posters = make_gallery(9)
    base = site.contest.url
    return [
        View("gallery", f"{base}galerie/"),
        View("gallery, narrowed", f"{base}galerie/?q=pas&type=lycee_pro"),
        View("gallery, nothing found", f"{base}galerie/?q=zzzz&type=lycee_pro"),
        View("poster", f"{base}galerie/{posters[1].number}/"),
        View("poster on its side", f"{base}galerie/{posters[5].number}/"),
        View("poster enlarged", f"{base}galerie/{posters[2].number}/", act=open_zoom),
        View(
            "poster enlarged on a phone",
            f"{base}galerie/{posters[3].number}/",
            act=open_zoom,
            width=NARROW,
        ),
        View("slideshow", f"{base}diaporama/?affiche=4", act=pause),
    ]


@scene
def the_gallery_before_the_results() -> list[View]:
    """Posters without their establishments."""
    site, posters = make_gallery(4, results_at=FUTURE, gallery_before_results=True)
    return [
        View("gallery before the results", f"{site.contest.url}galerie/"),
        View("poster before the results", f"{site.contest.url}galerie/{posters[1].number}/"),
    ]


@scene
def the_gallery_that_is_not_open() -> list[View]:
    """When it opens."""
    site = make_scene(results_at=FUTURE)
    return [View("gallery, not open", f"{site.contest.url}galerie/")]


@scene
def the_gallery_without_posters() -> list[View]:
    """Open, and empty."""
    site = make_scene(results_at=PAST)
    ContestPage.objects.filter(pk=site.contest.pk).update(gallery_before_results=True)
    return [
        View("gallery, empty", f"{site.contest.url}galerie/"),
        View("slideshow, empty", f"{site.contest.url}diaporama/"),
    ]
