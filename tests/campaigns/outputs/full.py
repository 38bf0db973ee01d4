"""A public fiche with something in every part."""

from __future__ import annotations

from datetime import date, time

from django.core.files.base import ContentFile

from campaigns.models import (
    Action,
    ActionIndicator,
    ActionMedia,
    ActionPartner,
    ActionSession,
    AssociatedEstablishment,
    FundingSource,
    PartnerType,
    Theme,
)
from tests.campaigns.scene import Scene, make_published
from tests.factories import EstablishmentFactory

FORMULA = '=HYPERLINK("http://exemple.fr";"Cliquez")'


def make_full(scene: Scene) -> Action:
    """A public fiche with something in every part; what is secret holds the word SECRET."""
    medium = ActionMedia(
        kind="image", alternative="SECRETALT", credit="SECRETCREDIT", is_authorised=True
    )
    medium.file.save("SECRETFILE.png", ContentFile(b"x"), save=False)
    return make_published(
        scene,
        title=FORMULA,
        summary="Une phrase",
        coordinator_name="SECRETNAME",
        coordinator_email="secretmail@example.org",
        registration="SECRETREGISTRATION",
        budget="98765.43",
        funding_sources=list(FundingSource.objects.filter(academy=None)[:1]),
        themes=list(Theme.objects.filter(academy=None)[:2]),
        pupils_planned=120,
        starts_on=date(2023, 4, 3),
        ends_on=date(2023, 4, 7),
        course='- Accueil\r\n- Atelier ; "débat"',
        ready_to_reuse=True,
        sessions=[
            ActionSession(
                date=date(2023, 4, 3), starts_at=time(13), ends_at=time(14, 30), openness="public"
            )
        ],
        partners=[
            ActionPartner(
                name="Mission locale", type=PartnerType.objects.filter(academy=None).first()
            )
        ],
        indicators=[ActionIndicator(label="Présence", target="80 %", actual="85 %")],
        media=[medium],
        associated=[
            AssociatedEstablishment(
                establishment=EstablishmentFactory(academy=scene.academy, name="Lycée associé")
            )
        ],
    )
