"""Create the compulsory pages of a site: accessibility, legal notice, personal data, cookies.

The site map, the fifth, is a view (`home.views.site_map`). The texts are in `content/`, one file
of rich text a page, with `{names}` in braces for what differs from one académie to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.db import transaction
from wagtail.models import Site

from home.models import AccessibilityPage, ContentPage, HomePage, SiteSettings

CONTENT = Path(__file__).parent / "content"

ACCESSIBILITY_SLUG = "accessibilite"
# Slug: title, and what search results say of the page.
TEXT_PAGES = {
    "mentions-legales": (
        "Mentions légales",
        "L’éditeur du site, son hébergeur, la licence de ses contenus et comment signaler un abus.",
    ),
    "donnees-personnelles": (
        "Données personnelles",
        "Ce que le site recueille, pourquoi, combien de temps, qui le lit, et vos droits.",
    ),
    "gestion-des-cookies": (
        "Gestion des cookies",
        "Les cookies du site et ce qu’il garde dans votre navigateur.",
    ),
}
COMPULSORY_SLUGS = (ACCESSIBILITY_SLUG, *TEXT_PAGES)

# What stands where a fact is missing; editors are reminded while it does.
MISSING_MARK = "[À compléter"

TECHNOLOGIES = ("HTML5", "CSS", "JavaScript", "SVG", "WAI-ARIA")
ENVIRONMENTS = (
    "Firefox et NVDA, sous Windows",
    "Firefox et JAWS, sous Windows",
    "Safari et VoiceOver, sous macOS",
    "Safari et VoiceOver, sous iOS",
)
TOOLS = (
    "axe-core, dans Chromium, sur chaque type de page",
    "Nu Html Checker, validateur du W3C",
    "Contrôles propres au site : défilement à 320 pixels, liens d’évitement, titres, focus",
)


@dataclass(frozen=True)
class LegalFacts:
    """What the texts need to name; each one left empty is shown as to be completed."""

    publisher_address: str = ""
    director: str = ""
    host: str = ""
    data_protection_officer: str = ""

    def as_text(self) -> dict[str, str]:
        """The facts for the texts' braces, as HTML."""
        return {
            "publisher_address": _or_missing(self.publisher_address, "adresse du rectorat"),
            "director": _or_missing(self.director, "nom et fonction"),
            "host": _or_missing(self.host, "nom, adresse et téléphone de l’hébergeur"),
            "data_protection_officer": _or_missing(
                self.data_protection_officer, "adresse du délégué à la protection des données"
            ),
        }


@transaction.atomic
def ensure_compulsory_pages(home_page: HomePage, facts: LegalFacts | None = None) -> None:
    """Create below `home_page` each compulsory page that is missing, published.

    A page that exists, published or not, is left as it is, whatever its text.
    """
    site = Site.objects.filter(root_page=home_page).first()
    settings = SiteSettings.for_site(site) if site else SiteSettings()
    existing = set(home_page.get_children().values_list("slug", flat=True))
    if ACCESSIBILITY_SLUG not in existing:
        home_page.add_child(instance=_declaration(settings))
    for slug in TEXT_PAGES:
        if slug not in existing:
            home_page.add_child(instance=_text_page(slug, settings, facts or LegalFacts()))


def _declaration(settings: SiteSettings) -> AccessibilityPage:
    return AccessibilityPage(
        slug=ACCESSIBILITY_SLUG,
        title="Accessibilité",
        search_description="La déclaration d’accessibilité du site et les voies de recours.",
        technologies="\n".join(TECHNOLOGIES),
        environments="\n".join(ENVIRONMENTS),
        tools="\n".join(TOOLS),
        contact_email=settings.contact_email,
        non_conformities=(CONTENT / "non-conformites.html").read_text(encoding="utf-8"),
        out_of_scope=(CONTENT / "hors-obligation.html").read_text(encoding="utf-8"),
    )


def _text_page(slug: str, settings: SiteSettings, facts: LegalFacts) -> ContentPage:
    text = (CONTENT / f"{slug}.html").read_text(encoding="utf-8")
    filled = text.format(
        brand=escape(" ".join(settings.brand_lines)),
        service=escape(settings.service_title),
        contact=_mailbox(settings.contact_email),
        **facts.as_text(),
    )
    title, description = TEXT_PAGES[slug]
    return ContentPage(
        slug=slug, title=title, search_description=description, body=[("text", filled)]
    )


def _mailbox(address: str) -> str:
    if not address:
        return _or_missing("", "boîte de contact")
    return f'<a href="mailto:{escape(address)}">{escape(address)}</a>'


def _or_missing(fact: str, what: str) -> str:
    return escape(fact) if fact else f"<b>{MISSING_MARK}\u00a0: {what}]</b>"
