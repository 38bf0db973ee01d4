"""Addresses of what surrounds the writing of a fiche: its follow-up, its copies, its partners."""

from __future__ import annotations

from django.urls import path, re_path

from .views import associating, blank_form, copying, follow_up

space_urls = [
    path("fiches/reprendre/", copying.choose, name="copy_choose"),
    path("fiches/reprendre/<int:pk>/", copying.copy, name="copy"),
    path("fiches/<int:pk>/associes/", associating.associates, name="associates"),
    path("fiches/<int:pk>/bilan/", follow_up.FollowUpView.as_view(), name="follow_up"),
]

file_urls = [
    re_path(
        r"^fichiers/trames/(?P<pk>[0-9]{1,15})/trame\.(?P<kind>pdf|odt)$",
        blank_form.blank_form,
        name="blank_form",
    ),
]
