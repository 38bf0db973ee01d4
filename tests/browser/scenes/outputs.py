"""The recueil of a selection: on its way, ready, failed, refused."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns import catalogue_stamp
from campaigns.models import Booklet, CatalogueStamp
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import make_published, make_scene


@scene
def the_recueil() -> list[View]:
    """One edition with a public fiche, and a recueil in each state."""
    site = make_scene()
    make_published(site)
    catalogue_stamp.touch([site.edition.pk])
    stamp = CatalogueStamp.objects.get(campaign=site.edition).number

    def make(criteria: str, state: str, **fields: object) -> str:
        now = timezone.now()
        booklet = Booklet(
            campaign=site.edition,
            criteria=criteria,
            stamp=stamp,
            state=state,
            total=1,
            asked_at=now,
            progressed_at=now,
            finished_at=now,
            **fields,
        )
        if state == "done":
            booklet.file.save("booklet.pdf", ContentFile(b"%PDF-1.7"), save=False)
        booklet.save()
        return f"/{site.edition.slug}/actions.pdf{criteria}"

    running = make("?moment=year", "running", done=0)
    failed = make("?q=Rouen", "failed", error="La mise en page a échoué.")
    ready = make("", "done", done=1)
    return [
        View("recueil, on its way", running, status=202),
        View("recueil, on its way, on a phone", running, status=202, width=NARROW),
        View("recueil, failed", failed, status=202),
        View("recueil, ready", f"{ready}?suivi=1"),
        View("recueil, refused", f"{ready}?q=escalade", status=404),
    ]
