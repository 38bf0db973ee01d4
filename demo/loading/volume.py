"""Many more published fiches, for lists and measures: rows only, without a story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Final

from tqdm import tqdm

from campaigns import catalogue_stamp
from campaigns.enums import CoordinatorFunction, Moment, Novelty, Openness, Status
from campaigns.models import Action, ActionSession, CampaignPage
from campaigns.models.terms import Term
from establishments.enums import Kind, Sector, Source
from establishments.models import Academy, Department, Establishment
from establishments.models.establishment import search_text_of
from establishments.uai import KEY_ALPHABET

from .fiches import VOCABULARIES
from .volume_texts import texts_of

FIRST_NUMBER, LAST_NUMBER = 9_000, 9_899
"""Numbers of establishments, unassigned, below those of the demo's own (9901 and on)."""

FICHES_AN_ESTABLISHMENT = 5
BATCH = 1_000
MARK = "volume@demo.example"
"""The coordinator's mailbox of a fiche made here, by which it is known again."""

KINDS: Final = (
    (Kind.ELEMENTARY, "École élémentaire"),
    (Kind.COLLEGE, "Collège"),
    (Kind.COLLEGE, "Collège"),
    (Kind.LYCEE_GT, "Lycée"),
    (Kind.LYCEE_PRO, "Lycée professionnel"),
)
PLACES: Final = (
    "des Alouettes", "de la Saulaie", "du Vieux-Chêne", "des Deux-Ponts", "de la Fontaine-Claire",
    "du Bois-Joli", "des Marronniers", "de la Passerelle", "des Genêts", "du Clos-Fleuri",
    "de la Garenne", "des Ormeaux", "du Val-Fleuri", "des Coquelicots", "de la Bergerie",
)  # fmt: skip
COMMUNES: Final = (
    "Sainte-Avelle", "Grandval-sur-Ourse", "Le Mesnil-Tordu", "Bréville-l’Étang", "Hautfontaine",
    "Saint-Elphège", "Courcelette-en-Plaine", "Les Aulnaies", "Port-Ysard", "Montaubert",
)  # fmt: skip
CENTRES: Final = {
    "014": (49.10, -0.36), "027": (49.08, 0.98), "050": (49.05, -1.25), "061": (48.60, 0.10),
    "076": (49.62, 1.00), "002": (49.50, 3.55), "060": (49.40, 2.40), "080": (49.95, 2.30),
}  # fmt: skip
"""About the middle of the départements of the demonstration, in degrees."""

MIDDLE_OF_FRANCE: Final = (46.50, 2.50)
SPREAD = 0.22
"""Degrees around the middle within which most schools of volume stand."""


def ensure_volume(edition: CampaignPage, academy: Academy, *, count: int, now: datetime) -> int:
    """Make sure that `count` published fiches of volume stand in `edition`; how many are new."""
    known = Action.objects.filter(campaign=edition, coordinator_email=MARK).count()
    if count <= known:
        return 0
    establishments = many_establishments(academy, -(-count // FICHES_AN_ESTABLISHMENT))
    # Always the same fiche at the same rank: more of them later are what comes next.
    fiches = islice(_fiches(edition, establishments, now), known, count)
    with tqdm(total=count - known, desc="Fiches", unit="fiche", disable=None) as bar:
        while batch := list(islice(fiches, BATCH)):
            Action.objects.bulk_create(batch)
            _classify(batch)
            # Rows written straight tell nobody: their words and the stamp are for us to write.
            catalogue_stamp.follow([action.pk for action in batch])
            bar.update(len(batch))
    return count - known


def many_establishments(academy: Academy, count: int) -> list[Establishment]:
    """Make sure of `count` establishments of volume in `academy`; always the same ones."""
    departments = list(academy.departments.order_by("code"))
    numbers = range(FIRST_NUMBER, LAST_NUMBER + 1)
    wanted = [
        _establishment(academy, department, number)
        for number in numbers
        for department in departments
    ][:count]
    _settle(wanted, academy)
    Establishment.objects.bulk_create(
        wanted,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["uai"],
        update_fields=["basin", "network", "latitude", "longitude"],
    )
    # Asked again: rows that were there before keep their keys.
    return list(Establishment.objects.filter(uai__in=[one.uai for one in wanted]).order_by("uai"))


def _settle(establishments: list[Establishment], academy: Academy) -> None:
    """Give each a basin of the académie, and the network that looks after that basin."""
    basins = list(academy.basins.order_by("pk"))
    networks = {
        basin: network for network in academy.networks.all() for basin in network.basins.all()
    }
    if not basins:
        return
    for establishment in establishments:
        random = Random(f"basin {establishment.uai}")  # noqa: S311
        establishment.basin = random.choice(basins)
        establishment.network = networks.get(establishment.basin)


def _establishment(academy: Academy, department: Department, number: int) -> Establishment:
    digits = f"{department.code.zfill(3)}{number}"
    random = Random(digits)  # noqa: S311
    kind, word = random.choice(KINDS)
    uai = digits + KEY_ALPHABET[int(digits) % len(KEY_ALPHABET)]
    name, commune = f"{word} {random.choice(PLACES)}", random.choice(COMMUNES)
    latitude, longitude = CENTRES.get(department.code.zfill(3), MIDDLE_OF_FRANCE)
    return Establishment(
        uai=uai,
        name=name,
        kind=kind,
        sector=Sector.PUBLIC,
        academy=academy,
        department=department,
        postcode=f"{department.code}{random.randrange(10, 99) * 10:03d}"[:5],
        commune=commune,
        latitude=round(random.gauss(latitude, SPREAD), 5),
        longitude=round(random.gauss(longitude, SPREAD * 1.5), 5),
        email=f"ce.{uai.lower()}@{academy.slug}.example",
        source=Source.DIRECTORY,
        # Not saved one by one, so not computed by `save`.
        search_text=search_text_of(uai, name, commune),
    )


def _fiches(
    edition: CampaignPage, establishments: list[Establishment], now: datetime
) -> Iterator[Action]:
    span = now - edition.call_opens_at
    for rank in range(len(establishments) * FICHES_AN_ESTABLISHMENT):
        random = Random(f"fiche {rank}")  # noqa: S311
        school = establishments[rank % len(establishments)]
        published = edition.call_opens_at + span * random.uniform(0.1, 0.99)
        day = edition.week_first_day + timedelta(days=random.randrange(5))
        texts = texts_of(random, school.name, school.commune)
        yield Action(
            campaign=edition,
            establishment=school,
            title=texts.title,
            summary=texts.summary,
            coordinator_name="Camille Demosthène",
            coordinator_function=CoordinatorFunction.TEACHER,
            coordinator_email=MARK,
            pupils_planned=random.randrange(12, 240),
            adults_planned=random.randrange(2, 14),
            moment=random.choice(Moment.values),
            novelty=random.choice(Novelty.values),
            starts_on=day,
            ends_on=day,
            place=school.name,
            openness=random.choice(Openness.values),
            objectives=texts.objectives,
            course=texts.course,
            outcome=texts.outcome,
            ready_to_reuse=bool(texts.reuse_tips),
            reuse_tips=texts.reuse_tips,
            live=True,
            has_unpublished_changes=False,
            # What the workflow would say of a fiche published without a change pending.
            status=Status.PUBLISHED,
            status_changed_at=published,
            submitted_at=published - span * 0.05,
            first_published_at=published,
            last_published_at=published,
        )


def _classify(batch: list[Action]) -> None:
    """Give each fiche one or two entries of each public vocabulary, and its date."""
    for name in ("audiences", "levels", "themes", "action_types"):
        model = VOCABULARIES[name]
        terms = list(model._default_manager.filter(academy=None))
        through = Action._meta.get_field(name).remote_field.through
        through._default_manager.bulk_create(
            [
                through(action_id=action.pk, **{f"{model._meta.model_name}_id": term.pk})
                for action in batch
                for term in _drawn(terms, f"{name} {action.title} {action.establishment_id}")
            ]
        )
    ActionSession.objects.bulk_create(
        ActionSession(
            action=action,
            date=action.starts_on,
            starts_at=time(8 + action.establishment_id % 9, 30 * (action.establishment_id % 2)),
            place=action.place,
            openness=action.openness,
        )
        for action in batch
        if action.starts_on is not None
    )


def _drawn(terms: list[Term], seed: str) -> list[Term]:
    random = Random(seed)  # noqa: S311
    return random.sample(terms, random.randint(1, 2))
