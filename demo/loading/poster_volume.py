"""Many more admitted posters, for lists and measures: rows and links to pictures, no story."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models import Max

from contest.enums import AiUse, PosterStatus
from contest.models import Category, ContestPage, Poster, PosterFile
from contest.receiving import describe
from contest.storage import keep, private_storage
from demo.posters import SLUGS
from demo.posters.workshop import ORIGINAL, Finished, finish_all
from establishments.models import Academy, Establishment

from .posters import attest, set_pictures
from .volume import many_establishments

POSTERS_AN_ESTABLISHMENT = 2
BATCH = 500
MARK = "Démonstration en volume"
"""Who attested for a poster made here, by which it is known again."""

TITLES: Final = (
    "Tiens bon", "Un pas de plus", "On y va ensemble", "Ta place est ici", "Recommencer",
    "Lève la main", "Le fil", "La marche suivante", "Pas à pas", "L’élan", "Encore un essai",
)  # fmt: skip
TECHNIQUES: Final = ("Collage", "Encre", "Gouache", "Linogravure", "Dessin numérique", "Pastel")


def ensure_posters(contest: ContestPage, academy: Academy, *, count: int, now: datetime) -> int:
    """Make sure that `contest` has `count` admitted posters of volume; how many are new."""
    known = Poster.objects.filter(contest=contest, attested_by=MARK).count()
    if count <= known:
        return 0
    schools = [
        (school, categories[0])
        for school in many_establishments(academy, -(-count // POSTERS_AN_ESTABLISHMENT))
        if (categories := contest.categories_for(school))
    ]
    drawn = list(finish_all(SLUGS, settings.VAR_DIR / "drawn").values())
    highest = Poster.objects.filter(contest=contest).aggregate(Max("number"))["number__max"] or 0
    posters = islice(_posters(contest, schools, drawn, now), known, count)
    made = 0
    while batch := list(islice(posters, BATCH)):
        PosterFile.objects.bulk_create(poster.file for poster, _one in batch if poster.file)
        for poster, one in batch:
            made += 1
            poster.number = highest + made
            poster.file = poster.file  # its key is known now
            _link_files(one, poster.file)
        Poster.objects.bulk_create(poster for poster, _one in batch)
    return made


def _posters(
    contest: ContestPage,
    schools: list[tuple[Establishment, Category]],
    drawn: list[Finished],
    now: datetime,
) -> Iterator[tuple[Poster, Finished]]:
    rank = 0
    while schools:
        school, category = schools[rank % len(schools)]
        one = drawn[rank % len(drawn)]
        yield _poster(contest, school, category, one, rank=rank, now=now), one
        rank += 1


def _poster(
    contest: ContestPage,
    school: Establishment,
    category: Category,
    one: Finished,
    *,
    rank: int,
    now: datetime,
) -> Poster:
    random = Random(f"poster {rank}")  # noqa: S311
    at = now - timedelta(minutes=random.randrange(60, 20_000))
    file = PosterFile(contest=contest, establishment=school, uploaded_at=at)
    describe(file, one.examination)
    # As if each were another picture: thousands of duplicates would drown the wall of posters.
    file.sha256 = sha256(file.token.encode()).hexdigest()
    file.fingerprint = file.sha256[:16]
    set_pictures(file, one, at=at)
    title = random.choice(TITLES)
    poster = Poster(
        contest=contest,
        establishment=school,
        category=category,
        file=file,
        title=title,
        statement="Nous avons débattu, puis dessiné à plusieurs ce qui aide à ne pas lâcher.",
        alternative=f"Une affiche aux couleurs vives, de grandes lettres : « {title} ».",
        class_label=f"{random.randint(3, 6)}e {random.choice('ABC')}",
        pupils=random.randrange(4, 31),
        technique=random.choice(TECHNIQUES),
        ai_use=AiUse.NONE,
        live=True,
        has_unpublished_changes=False,
        status=PosterStatus.ADMITTED,
        status_changed_at=at,
        submitted_at=at,
        first_published_at=at,
        last_published_at=at,
    )
    attest(poster, at=at)
    poster.attested_by = MARK
    return poster


def _link_files(one: Finished, file: PosterFile | None) -> None:
    """Give `file` the pictures of `one`: links where the storage is a folder of this disk."""
    if file is None:
        return
    storage = private_storage()
    for name in one.names:
        stored = file.original_name if name == ORIGINAL else f"{file.folder}/{name}"
        source = one.folder / name
        if isinstance(storage, FileSystemStorage):
            target = Path(storage.path(stored))
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):
                os.link(source, target)
                continue
        keep(source, stored)
