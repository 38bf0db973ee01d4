"""Addresses of sign-in to the establishments' space."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from .views import sign_in


class UaiConverter:
    """What looks like a UAI: seven digits and a letter. Whether it is one is not told."""

    regex = r"[0-9]{7}[A-Za-z]"

    def to_python(self, value: str) -> str:
        """In upper case, as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it is stored."""
        return value


register_converter(UaiConverter, "uai")

sign_in_urls = [
    path("connexion/", sign_in.choose, name="choose"),
    path("connexion/envoye/", sign_in.sent, name="sent"),
    path("connexion/lien/", sign_in.EstablishmentLinkView.as_view(), name="link"),
    path("connexion/<uai:uai>/", sign_in.EstablishmentView.as_view(), name="establishment"),
    path("deconnexion/", sign_in.leave, name="leave"),
    path("deconnexion/partout/", sign_in.leave_everywhere, name="leave_everywhere"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("espace/", include((sign_in_urls, "sign_in"))),
]
