"""The gallery with 5,000 posters: time in the server, queries, bytes of a phone's first screen."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import time_machine
from django.contrib.staticfiles import finders
from django.core.files import File
from django.db import connection
from django.test import Client

from benchmarks.answering import analyse, own_database, visit
from contest.images.sandbox import prepare
from contest.models import Category, Poster, PosterFile
from contest.models.poster_file import unguessable
from contest.storage import private_storage
from demo.posters import SLUGS, draw
from establishments.models import Department, Establishment
from tests.contest.scene import AFTER_RESULTS, Scene, make_scene
from tests.factories import EstablishmentFactory

POSTERS = 5_000
ESTABLISHMENTS = 250
ROUNDS = 25
PICTURES = 6
"""What a screen of 360 pixels shows at first, with what is about to be seen."""

FONTS = ("Marianne-Regular", "Marianne-Bold")
"""The cuts that a phone asks for; a test of the browser holds this."""

WORDS = ["accroche", "ensemble", "persévérer", "élan", "courage", "équipe", "chemin", "sommet"]


def measure() -> list[tuple[str, str]]:
    """Median milliseconds, queries and bytes, in a database of its own."""
    with own_database(), tempfile.TemporaryDirectory() as folder:
        scene = make_scene(results_at=datetime(2023, 4, 6, 10, tzinfo=UTC))
        fill(scene, list(real_pictures(Path(folder))))
        analyse()
        with time_machine.travel(AFTER_RESULTS):
            return [*_times(scene), *_bytes(scene)]


def real_pictures(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A few posters drawn by the demonstration and prepared as those of schools are."""
    for slug in SLUGS[:: len(SLUGS) // PICTURES]:
        original, place = folder / f"{slug}.png", folder / slug
        place.mkdir()
        draw(slug).save(original, compress_level=1)
        made = prepare(original, place).as_json()
        yield place, made


def fill(scene: Scene, pictures: list[tuple[Path, dict[str, Any]]]) -> None:
    """Give the scene's contest its posters, in bulk; the first ones have files."""
    department = scene.establishment.department
    others = [
        Department.objects.create(code=code, name=name, academy=scene.academy)
        for code, name in (("27", "Eure"), ("50", "Manche"), ("61", "Orne"))
    ]
    kinds = ("primary", "college", "lycee_gt", "lycee_pro", "cfa")
    schools = Establishment.objects.bulk_create(
        EstablishmentFactory.build(
            academy=scene.academy,
            department=[department, *others][number % 4],
            kind=kinds[number % 5],
            search_text=f" college {WORDS[number % 8]} rouen",
        )
        for number in range(ESTABLISHMENTS)
    )
    categories = list(Category.objects.filter(contest=scene.contest))
    files = PosterFile.objects.bulk_create(
        PosterFile(
            token=unguessable(),
            contest=scene.contest,
            establishment=schools[number % ESTABLISHMENTS],
            format="png",
            width=1984,
            height=2806,
            prepared_at=AFTER_RESULTS,
            master_width=1984,
            master_height=2806,
            renditions=pictures[number % len(pictures)][1]["renditions"],
            examination={"problems": [], "notes": ["straightened"] * 3},
        )
        for number in range(POSTERS)
    )
    Poster.objects.bulk_create(
        (_poster(scene, number, file, categories) for number, file in enumerate(files, 1)),
        batch_size=1_000,
    )
    for file, (place, _made) in zip(files, pictures, strict=False):
        for path in place.iterdir():
            with path.open("rb") as stream:
                private_storage().save(f"{file.folder}/{path.name}", File(stream))
        shutil.rmtree(place)


def _poster(scene: Scene, number: int, file: PosterFile, categories: list[Category]) -> Poster:
    word, other = WORDS[number % 8], WORDS[number // 8 % 8]
    return Poster(
        contest=scene.contest,
        establishment_id=file.establishment_id,
        category=categories[number % len(categories)],
        file=file,
        number=number,
        status="admitted",
        live=True,
        title=f"{word.capitalize()} et {other}",
        statement=f"Nous avons voulu montrer que l’on va plus loin {other}. " * 5,
        alternative=f"Trois élèves gravissent une montagne ; en haut, le mot {word}. " * 3,
        technique="Collage",
        ai_use="none",
        attestation_expires_on=date(2023, 8, 31),
        submitted_at=AFTER_RESULTS,
    )


def _times(scene: Scene) -> Iterator[tuple[str, str]]:
    base = f"{scene.contest.url}galerie/"
    category = Category.objects.filter(contest=scene.contest).first()
    assert category is not None
    pages = (
        ("first page", base),
        ("a category and a département", f"{base}?categorie={category.pk}&departement=27"),
        ("two words", f"{base}?q=elan+equipe"),
        ("last page", f"{base}?page={POSTERS // 24}"),
        ("one poster", f"{base}{POSTERS // 2}/"),
        ("slideshow", f"{scene.contest.url}diaporama/?affiche=2500"),
    )
    client = Client(headers={"host": "localhost"})
    for label, address in pages:
        median, queries = visit(client, address, ROUNDS)
        yield (
            f"Gallery of {POSTERS} posters, {label} ({connection.display_name})",
            f"{median:.1f} ms  {queries} SQL",
        )
    file = Poster.objects.get(number=1).file
    assert file is not None
    median, queries = visit(client, f"/fichiers/affiches/{file.token}/320.avif", ROUNDS)
    yield f"A picture of it ({connection.display_name})", f"{median:.1f} ms  {queries} SQL"


def _bytes(scene: Scene) -> Iterator[tuple[str, str]]:
    """What a phone transfers for its first screen, with an empty cache; text compressed by gzip."""
    page = Client(headers={"host": "localhost"}).get(f"{scene.contest.url}galerie/").content
    text = page.decode()
    linked = re.findall(
        r'<(?:link rel="stylesheet"|script)[^>]+(?:href|src)="/static/([^"]+)"', text
    )
    assets = [_static(name) for name in linked]
    fonts = [_static(f"dsfr/dist/fonts/{name}.woff2") for name in FONTS]
    pictures = [
        rendition.bytes
        for poster in Poster.objects.filter(number__lte=PICTURES).select_related("file")
        if poster.file
        for rendition in poster.file.pictures
        if rendition.name == "320.avif"
    ]
    parts = {
        "HTML": len(gzip.compress(page)),
        f"{len(assets)} CSS and JS": sum(len(gzip.compress(asset)) for asset in assets),
        f"{len(fonts)} fonts": sum(map(len, fonts)),
        f"{len(pictures)} pictures": sum(pictures),
    }
    detail = ", ".join(f"{name} {size / 1000:.0f}" for name, size in parts.items())
    yield (
        "First screen of the gallery at 360 px, nothing cached",
        f"{sum(parts.values()) / 1000:.0f} kB  ({detail})",
    )


def _static(name: str) -> bytes:
    path = finders.find(name)
    if path is None:
        raise RuntimeError(f"{name} is no static file")
    return Path(path).read_bytes()
