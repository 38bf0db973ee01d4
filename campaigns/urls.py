"""Addresses of the campaigns app: the establishments' space, and the files of fiches."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .views import actions, media, space

space_urls = [
    path("", space.home, name="home"),
    path("fiches/nouvelle/", actions.NewActionView.as_view(), name="new"),
    path("fiches/<int:pk>/", space.fiche, name="fiche"),
    path("fiches/<int:pk>/modifier/", actions.EditActionView.as_view(), name="edit"),
    path("fiches/<int:pk>/supprimer/", space.discard, name="discard"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("espace/", include((space_urls, "space"))),
    path("fichiers/fiches/<int:pk>/<str:name>", media.action_file, name="action_file"),
]
