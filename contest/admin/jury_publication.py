"""The addresses of the publication of a palmarès, in Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from contest.views.jury.publication import (
    OrganisersArchiveView,
    PublicationPreviewView,
    PublicationView,
)

PUBLICATION = "concours/<int:contest_pk>/jury/publication/"


@hooks.register("register_admin_urls")
def publication_urls() -> list[URLPattern]:
    """The page, the preview, and what only organisers are given."""
    return [
        path(PUBLICATION, PublicationView.as_view(), name="jury_publication"),
        path(
            f"{PUBLICATION}apercu/",
            PublicationPreviewView.as_view(),
            name="jury_publication_preview",
        ),
        path(
            f"{PUBLICATION}<int:result_pk>/organisateurs.zip",
            OrganisersArchiveView.as_view(),
            name="jury_publication_archive",
        ),
    ]
