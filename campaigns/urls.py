"""Addresses of the campaigns app: the establishments' space, and the files of fiches."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.views import serve

from . import space_addresses
from .views import actions, media, messages, space

space_urls = [
    path("", space.home, name="home"),
    path("fiches/nouvelle/", actions.NewActionView.as_view(), name="new"),
    path("fiches/<int:pk>/", space.fiche, name="fiche"),
    path("fiches/<int:pk>/modifier/", actions.open_form, name="edit"),
    path(
        "fiches/<int:pk>/modifier/<slug:step>/",
        actions.EditActionView.as_view(),
        name="edit_step",
    ),
    path("fiches/<int:pk>/messages/", messages.message, name="message"),
    path("fiches/<int:pk>/supprimer/", space.discard, name="discard"),
    *space_addresses.space_urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("espace/", include((space_urls, "space"))),
    path("fichiers/fiches/<int:pk>/<str:name>", media.action_file, name="action_file"),
    *space_addresses.file_urls,
    # Wagtail's own pattern takes no dots; the pages of the edition and of its catalogue answer.
    re_path(
        r"^((?:[\w\-]+/)+(?:actions\.(?:csv|xlsx|json|atom|pdf)|agenda\.ics|actions/[0-9]+[^/]*\.(?:pdf|ics)"
        r"|actions/[0-9]+/seances/[0-9]+\.ics))$",
        serve,
        name="edition_output",
    ),
]
