"""The sites of the académies: their settings, home pages and pages of text."""

from __future__ import annotations

from datetime import datetime
from html import escape

from django.conf import settings
from wagtail.models import Page, Site

from accounts.models import User
from campaigns.editions import catalogue_of
from campaigns.models import CampaignPage
from campaigns.provisioning import open_site
from demo.records import AcademyRecord, CardRecord, HomeRecord, PageRecord
from establishments.models import Academy
from home.models import ContentPage, HomePage, SiteSettings
from home.seeding import LegalFacts

from .files import add_picture
from .past import happening_at

DEFAULT_HOST = "localhost"


def open_academy(record: AcademyRecord, academy: Academy, *, is_default: bool) -> HomePage:
    """Open the site of `academy` and give it its name, colour and legal pages."""
    home_page = open_site(
        academy,
        hostname=DEFAULT_HOST if is_default else f"{record.slug}.{DEFAULT_HOST}",
        port=settings.PORT,
        is_default=is_default,
        facts=LegalFacts(
            publisher_address=f"{record.service_name}, {record.address}",
            director=record.publication_director,
            host=record.host,
            data_protection_officer=record.dpo_email,
        ),
    )
    if academy.site is not None:
        shown = SiteSettings.for_site(academy.site)
        shown.brand = "|".join(record.brand)
        shown.tagline = record.tagline
        shown.accent = record.accent
        shown.contact_email = record.contact_email
        shown.save()
    return home_page


def move_to_port(port: int) -> int:
    """Let every site answer at `port`, which its links name; how many sites were elsewhere."""
    moved = 0
    for site in Site.objects.exclude(port=port):
        site.port = port
        site.save(update_fields=["port"])
        moved += 1
    return moved


def add_page(parent: Page, page: Page, *, by: User, at: datetime) -> None:
    """Publish `page` below `parent`, as `by` would have done at `at`."""
    with happening_at(at):
        page.live, page.owner = False, by
        parent.add_child(instance=page)
        page.save_revision(user=by, log_action=True).publish(user=by)
    # Wagtail publishes an instance of its own.
    page.refresh_from_db()


def text_page(record: PageRecord) -> ContentPage:
    """A page of text, not in the tree yet."""
    parts = [
        f"<h2>{escape(section.heading)}</h2>{as_paragraphs(section.paragraphs)}"
        for section in record.sections
    ]
    return ContentPage(
        title=record.title,
        slug=record.slug,
        introduction=record.introduction,
        show_in_menus=True,
        body=[("text", "".join(parts))],
    )


def as_paragraphs(paragraphs: tuple[str, ...]) -> str:
    """Plain paragraphs as rich text."""
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def fill_home(
    home_page: HomePage, record: HomeRecord, edition: CampaignPage, *, by: User, at: datetime
) -> None:
    """Write the home page, whose cards lead to the pages there are."""
    academy = edition.get_site().academy
    home_page.refresh_from_db()
    home_page.headline = record.headline
    home_page.introduction = record.introduction
    home_page.picture = add_picture(record.academy, academy, by=by)
    home_page.body = [  # type: ignore[assignment]
        (
            "cards",
            {
                "title": "Par où commencer",
                "cards": [_card(card, home_page, edition) for card in record.cards],
            },
        ),
        (
            "key_figures",
            {
                "title": "Repères",
                "figures": [
                    {
                        "value": figure.value,
                        "label": figure.label,
                        "source": figure.source,
                        "source_url": "",
                    }
                    for figure in record.key_figures
                ],
            },
        ),
        (
            "quote",
            {
                "text": record.quote.text,
                "author": record.quote.author,
                "function": record.quote.function,
            },
        ),
    ]
    with happening_at(at):
        home_page.save_revision(user=by, log_action=True).publish(user=by)


def _card(card: CardRecord, home_page: HomePage, edition: CampaignPage) -> dict[str, object]:
    page: Page | None
    if card.to == "edition":
        page = edition
    elif card.to == "catalogue":
        page = catalogue_of(edition)
    else:
        page = home_page.get_children().get(slug=card.to)
    return {
        "title": card.title,
        "text": card.text,
        "link": {"page": page, "url": ""},
        "picture": None,
    }
