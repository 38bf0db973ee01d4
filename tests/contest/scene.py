"""A contest whose deposit is open, and posters taken along their path by our own verbs."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import factory
import wagtail_factories
from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import User
from campaigns.models import CampaignPage
from contest import admission, depositing, withdrawal
from contest.enums import Decision, Reason
from contest.models import Category, ContestPage, Poster, PosterFile
from contest.storage import private_storage
from establishments.models import Academy, Establishment, Network
from tests.campaigns.scene import make_scene as make_campaign_scene

NOW = datetime(2023, 2, 1, 11, tzinfo=UTC)
"""While the contest takes deposits."""

LATE = datetime(2023, 3, 20, 23, 0, 0, tzinfo=UTC)
"""One second after the deposit has closed."""

AFTER_RESULTS = datetime(2023, 4, 7, 12, tzinfo=UTC)

_colours = count(1)


class ContestPageFactory(wagtail_factories.PageFactory):
    """A contest of spring 2023: deposit to 20 March, jury on 28 March, results on 6 April."""

    class Meta:
        model = ContestPage

    title = "Concours d’affiches"
    slug = "concours"
    deposit_opens_at = datetime(2023, 1, 17, 8, tzinfo=UTC)
    deposit_closes_at = datetime(2023, 3, 20, 22, 59, 59, tzinfo=UTC)
    jury_on = date(2023, 3, 28)
    results_at = datetime(2023, 4, 6, 10, tzinfo=UTC)
    theme = factory.LazyAttribute(lambda _page: "L’engagement")


CATEGORIES = {
    "Écoles": ["nursery", "elementary", "primary"],
    "Collèges": ["college", "relay"],
    "Lycées, CFA et dispositifs": ["lycee_gt", "lycee_pro", "lycee_poly", "erea", "cfa", "mfr"],
}


def make_contest(edition: CampaignPage, **fields: Any) -> ContestPage:
    """A published contest of `edition` with the three usual categories."""
    contest = ContestPageFactory(parent=edition, **fields)
    for order, (name, kinds) in enumerate(CATEGORIES.items()):
        Category.objects.create(contest=contest, name=name, kinds=kinds, sort_order=order)
    return ContestPage.objects.get(pk=contest.pk)


@dataclass
class Scene:
    """One académie, one network with its lead, one collège of it, one edition with its contest."""

    academy: Academy
    edition: CampaignPage
    contest: ContestPage
    network: Network
    lead: User
    editor: User
    establishment: Establishment
    account: User

    @property
    def category(self) -> Category:
        """The one that the scene's collège may enter."""
        return self.contest.categories.get(name="Collèges")


def make_scene(academy: Academy | None = None, **fields: Any) -> Scene:
    """A scene in `academy`, or in a new one on localhost; `fields` are the contest's."""
    campaign = make_campaign_scene(academy)
    return Scene(
        academy=campaign.academy,
        edition=campaign.edition,
        contest=make_contest(campaign.edition, **fields),
        network=campaign.network,
        lead=campaign.lead,
        editor=campaign.editor,
        establishment=campaign.establishment,
        account=campaign.account,
    )


def tiny_jpeg(width: int = 35, height: int = 50) -> bytes:
    """A small picture, each of its own colour; its size in the row is what the tests say."""
    number = next(_colours)
    colour = (number * 37 % 256, number * 101 % 256, number * 53 % 256)
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "JPEG")
    return stream.getvalue()


def make_file(
    establishment: Establishment, contest: ContestPage, *, prepared: bool = True, **fields: Any
) -> PosterFile:
    """A file received and examined, of A3 at 150 dpi by its row; tiny on the disk.

    With `prepared`, its master and its pictures are in the storage too.
    """
    content = tiny_jpeg()
    number = next(_colours)
    values: dict[str, Any] = {
        "format": "jpeg",
        "width": 1754,
        "height": 2480,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        # Far from each other: posters are no near-duplicates unless a test says so.
        "fingerprint": hashlib.sha256(str(number).encode()).hexdigest()[:16],
        "has_preview": True,
        "uploaded_at": NOW,
        "examination": {
            "format": "jpeg",
            "width": 1754,
            "height": 2480,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "fingerprint": "0" * 16,
            "problems": [],
            "notes": [],
            "has_preview": True,
        },
    }
    if prepared:
        values |= {
            "prepared_at": NOW,
            "master_width": 1754,
            "master_height": 2480,
            "renditions": [
                {
                    "name": f"{width}.{ending}",
                    "format": format_,
                    "width": width,
                    "height": round(width * 2480 / 1754),
                    "bytes": len(content),
                }
                for width in (320, 640, 1280)
                for format_, ending in (("jpeg", "jpg"), ("avif", "avif"))
            ],
        }
    file = PosterFile.objects.create(
        establishment=establishment, contest=contest, **(values | fields)
    )
    names = ["original.jpg", "preview.jpg"]
    if prepared:
        names += ["master.jpg", *(one["name"] for one in file.renditions)]
    for name in names:
        private_storage().save(f"{file.folder}/{name}", ContentFile(content))
    return file


def in_memory(scene: Scene, **fields: Any) -> Poster:
    """A poster that could be handed in once it has a file, not stored."""
    values: dict[str, Any] = {
        "contest": scene.contest,
        "establishment": scene.establishment,
        "category": scene.category,
        "title": "Accroche-toi",
        "statement": "Nous avons voulu montrer que l’on grimpe mieux à plusieurs.",
        "alternative": "Trois élèves se hissent sur un mur d’escalade ; en haut : Accroche-toi.",
        "class_label": "4e B",
        "pupils": 24,
        "technique": "Collage",
        "ai_use": "none",
        "attested_by": "Camille Exemple, principale",
        "attested_at": NOW,
        "attestation_scope": "Site, exposition, impression.",
        "attestation_expires_on": date(2023, 8, 31),
        "live": False,
    }
    return Poster(**(values | fields))


def make_draft(scene: Scene, *, prepared: bool = True, **fields: Any) -> Poster:
    """A draft that could be handed in as it is."""
    version = in_memory(scene, **fields)
    file = make_file(version.establishment, version.contest, prepared=prepared)
    return depositing.save_draft(version, by=_account(version), now=NOW, file=file)


def make_submitted(scene: Scene, *, prepared: bool = True, **fields: Any) -> Poster:
    """A poster that waits for its admission."""
    version = in_memory(scene, **fields)
    file = make_file(version.establishment, version.contest, prepared=prepared)
    return depositing.submit(version, by=_account(version), now=NOW, file=file)


def make_returned(scene: Scene, **fields: Any) -> Poster:
    """A poster sent back for correction."""
    return admission.decide(
        make_submitted(scene, **fields),
        Decision.RETURN,
        by=scene.editor,
        reason=Reason.ALTERNATIVE,
        comment="Décrivez aussi le slogan.",
    )


def make_admitted(scene: Scene, **fields: Any) -> Poster:
    """An admitted poster, with its number."""
    return admission.decide(make_submitted(scene, **fields), Decision.ADMIT, by=scene.editor)


def make_refused(scene: Scene, **fields: Any) -> Poster:
    """A refused poster."""
    return admission.decide(
        make_submitted(scene, **fields), Decision.REFUSE, by=scene.editor, reason=Reason.OFF_THEME
    )


def make_withdrawn(scene: Scene, **fields: Any) -> Poster:
    """A poster that was admitted and whose establishment has withdrawn its consent."""
    poster = make_admitted(scene, **fields)
    return withdrawal.withdraw(poster, by=_account(poster), now=NOW)


def _account(poster: Poster) -> User:
    account = poster.establishment.account
    assert account is not None
    return account
