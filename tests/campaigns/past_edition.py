"""An edition that is over, to make the next one from."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile

from campaigns.models import CampaignContact, CampaignKeyFigure, CampaignPage
from establishments.models import Academy
from home.models import SiteDocument
from tests.factories import (
    ActionFactory,
    ContentPageFactory,
    EstablishmentFactory,
    EventPageFactory,
    make_edition,
)


def make_past_edition(academy: Academy) -> CampaignPage:
    """The edition of 2023 with an event, a resource, a catalogue, a fiche and a letter."""
    letter = SiteDocument.objects.create(
        title="La lettre", file=ContentFile(b"%PDF-1.7", name="lettre.pdf")
    )
    edition = make_edition(
        academy,
        slug="2023",
        title="Semaine de la persévérance 2023",
        edition=4,
        patron="Ysaline Maubourguet",
        letter=letter,
        publication_on=date(2023, 3, 20),
        expire_at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    edition.key_figures.add(CampaignKeyFigure(value="5 jours", label="de mars", source="DRAIO"))
    edition.contacts.add(CampaignContact(label="DRAIO", email="sps@normandie.example"))
    edition.save()
    EventPageFactory(
        parent=edition,
        slug="seminaire",
        registration_url="https://example.org/inscription",
        recording_url="https://example.org/video",
        programme=[("session", {"starts": "09:00", "title": "Accueil", "speakers": []})],
    )
    ContentPageFactory(parent=edition, slug="trame", locked=True)
    ActionFactory(campaign=edition, establishment=EstablishmentFactory(academy=academy))
    return edition
