"""Blocks and pictures for the tests of pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from home.models import SiteDocument, SiteImage

VIDEO = {
    "url": "https://www.youtube.com/watch?v=aB3_d-fGhIj",
    "title": "La Semaine",
    "picture": None,
    "transcript": "<p>Bonjour.</p>",
    "is_speechless": False,
}


def make_picture(title: str, width: int = 1200, height: int = 800) -> SiteImage:
    """A picture of one colour, in the site's library."""
    data = BytesIO()
    Image.new("RGB", (width, height), (96, 150, 140)).save(data, "JPEG")
    return SiteImage.objects.create(
        title=title, file=ContentFile(data.getvalue(), name=f"{title}.jpg"), credit="Le préau"
    )


def make_document(title: str = "Lettre de cadrage") -> SiteDocument:
    """A small PDF in the site's library, its size and hash known as after an upload."""
    document = SiteDocument(title=title, file=ContentFile(b"%PDF-1.4 sample", name="lettre.pdf"))
    document._set_document_file_metadata()
    document.save()
    return document


def make_body() -> list[tuple[str, Any]]:
    """One block of each kind, all of their parts filled in."""
    picture = make_picture("Atelier")
    picture.contextual_alt_text = "Des élèves autour d’une table"
    picture.decorative = False
    elsewhere = {"page": None, "url": "https://www.education.gouv.fr"}
    return [
        ("text", "<h2>De quoi parle-t-on ?</h2><p>De <b>persévérance</b>.</p><h3>Et encore</h3>"
                 "<ul><li>Un</li><li>Deux</li></ul>"),
        ("picture", {"image": picture, "caption": "L’atelier du mardi"}),
        ("quote", {"text": "On m’a montré où était ma chaise.", "author": "Une élève",
                   "function": "en première professionnelle"}),
        ("callout", {"title": "À retenir", "text": "<p>L’appel ferme le 9 mars.</p>"}),
        ("key_figures", {"title": "En chiffres", "figures": [
            {"value": "18 ans", "label": "l’âge de l’obligation de formation",
             "source": "Code de l’éducation, article L. 114-1", "source_url": ""},
            {"value": "12 élèves", "label": "au plus dans un groupe de dispositif relais",
             "source": "Éduscol", "source_url": "https://eduscol.education.fr"},
            {"value": "5 départements", "label": "et une même semaine", "source": "DRAIO",
             "source_url": ""},
        ]}),
        ("accordion", {"title": "Questions fréquentes", "items": [
            {"title": "Qui peut proposer une action ?", "text": "<p>Tout établissement.</p>"},
            {"title": "Jusqu’à quand ?", "text": "<p>Jusqu’à la clôture de l’appel.</p>"},
        ]}),
        ("cards", {"title": "Vous êtes…", "cards": [
            {"title": "Parent", "text": "Voyez à qui parler.", "link": elsewhere,
             "picture": picture},
            {"title": "Membre d’une équipe", "text": "Décrivez votre action en une page.",
             "link": elsewhere, "picture": None},
            {"title": "Partenaire", "text": "Prenez contact.",
             "link": {"page": None, "url": ""}, "picture": None},
        ]}),
        ("timeline", {"title": "Le calendrier", "steps": [
            {"when": "17 janvier", "title": "Ouverture de l’appel", "text": ""},
            {"when": "9 mars", "title": "Clôture de l’appel", "text": "<p>À 23 h 59.</p>"},
        ]}),
        ("documents", {"title": "À télécharger", "documents": [make_document()]}),
        ("call_to_action", {"title": "Votre action compte", "text": "Décrivez-la en une page.",
                            "button": "Proposer une action", "link": elsewhere}),
        ("video", {"url": "https://www.youtube.com/watch?v=aaaaaaaaaaa", "title": "La Semaine",
                   "picture": picture, "transcript": "<p>Bonjour à tous.</p>",
                   "is_speechless": False}),
    ]  # fmt: skip
