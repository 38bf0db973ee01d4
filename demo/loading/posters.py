"""The story of each poster, told by the site's own verbs, each act at its instant.

The file alone comes ready: drawn, examined and prepared beforehand (`demo.posters.workshop`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import User
from contest import admission
from contest.depositing import save_draft, submit
from contest.enums import Decision
from contest.models import ContestPage, Poster, PosterFile
from contest.preparation import pictures_of
from contest.receiving import describe
from contest.storage import keep
from contest.withdrawal import withdraw
from demo.posters.workshop import ORIGINAL, Finished
from demo.records import CampaignRecord
from demo.records.posters import ContestRecord, PosterEnding, PosterRecord
from establishments.models import Establishment
from establishments.sign_in import account_of

from .pace import Pace, pace_of
from .past import happening_at

WORDS = (
    "title", "statement", "alternative", "class_label", "pupils", "technique", "ai_use",
    "ai_details", "third_party", "third_party_details",
)  # fmt: skip
ATTESTED_BY = "Camille Demosthène, direction"


def tell_posters(
    posters: list[PosterRecord],
    texts: ContestRecord,
    contest: ContestPage,
    *,
    campaign: CampaignRecord,
    finished: dict[str, Finished],
    establishments: dict[str, Establishment],
    editor: User,
    today: date,
) -> None:
    """Carry each poster from its draft to where its record says that it stands."""
    orders = {category.code: order for order, category in enumerate(texts.categories)}
    categories = list(contest.categories.all())
    for record in posters:
        pace = pace_of(record.slug, campaign, today)
        establishment = establishments[record.uai]
        with happening_at(pace.started):
            file = keep_file(finished[record.slug], contest, establishment, at=pace.started)
        version = Poster(
            contest=contest,
            establishment=establishment,
            category=categories[orders[record.category]],
            live=False,
            **{name: getattr(record, name) for name in WORDS},
        )
        _tell(record, version, file, pace, editor)


def _tell(
    record: PosterRecord, version: Poster, file: PosterFile, pace: Pace, editor: User
) -> None:
    author = account_of(version.establishment)
    with happening_at(pace.started):
        poster = save_draft(version, by=author, now=pace.started, file=file)
    if record.status is PosterEnding.DRAFT:
        return
    with happening_at(pace.submitted):
        attest(poster, at=pace.submitted)
        poster = submit(poster, by=author, now=pace.submitted)
    if record.status is PosterEnding.SUBMITTED:
        return
    decision = {PosterEnding.RETURNED: Decision.RETURN, PosterEnding.REFUSED: Decision.REFUSE}
    with happening_at(pace.decided):
        poster = admission.decide(
            poster,
            decision.get(record.status, Decision.ADMIT),
            by=editor,
            now=pace.decided,
            reason=record.reason if record.status in decision else "",
            comment=record.comment if record.status in decision else "",
        )
    if record.status is PosterEnding.WITHDRAWN:
        with happening_at(pace.ended):
            withdraw(poster, by=author, now=pace.ended, reason=record.comment)


def attest(poster: Poster, *, at: datetime) -> None:
    """Let the establishment attest, in memory, what its contest asks."""
    poster.attested_by = ATTESTED_BY
    poster.attested_at = at
    poster.attestation_scope = poster.contest.authorisations_cover
    poster.attestation_expires_on = poster.contest.authorisations_end_on


def keep_file(
    finished: Finished, contest: ContestPage, establishment: Establishment, *, at: datetime
) -> PosterFile:
    """The file of `finished` as the site keeps it: row and pictures."""
    file = PosterFile(contest=contest, establishment=establishment, uploaded_at=at)
    describe(file, finished.examination)
    set_pictures(file, finished, at=at)
    for name in finished.names:
        stored = file.original_name if name == ORIGINAL else f"{file.folder}/{name}"
        keep(finished.folder / name, stored)
    file.save()
    return file


def set_pictures(file: PosterFile, finished: Finished, *, at: datetime) -> None:
    """Write down on `file`, not saved, the pictures that were made of it."""
    values: dict[str, Any] = pictures_of(finished.preparation)
    for name, value in values.items():
        setattr(file, name, value)
    file.prepared_at = at
