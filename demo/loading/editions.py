"""The editions with what stands below them: letter, resources, events, catalogue."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from accounts.models import User
from campaigns.editions import ensure_catalogue
from campaigns.models import (
    CampaignContact,
    CampaignKeyFigure,
    CampaignPage,
    EventPage,
)
from demo.records import CampaignRecord, EventRecord, Milestone
from establishments.models import Academy
from home.models import ContentPage

from .files import add_picture
from .past import happening_at
from .sites import add_page, as_paragraphs

WRITTEN_BEFORE_CALL = timedelta(days=6)
LETTER_TITLE = "La lettre aux établissements"


def load_edition(
    name: str, record: CampaignRecord, academy: Academy, home_page: Page, *, by: User
) -> CampaignPage:
    """Publish the edition whose content is named `name`, a few days before its call opened."""
    at = record.call_opens_at - WRITTEN_BEFORE_CALL
    edition = CampaignPage(
        title=record.title,
        slug=record.slug,
        school_year=record.school_year,
        edition=record.edition,
        theme=record.theme,
        patron=record.patron,
        week_first_day=record.week_first_day,
        week_last_day=record.week_last_day,
        call_opens_at=record.call_opens_at,
        call_closes_at=record.call_closes_at,
        introduction=record.introduction,
        picture=add_picture(name, academy, by=by),
        body=[_questions(record)],
        key_figures=[
            CampaignKeyFigure(value=figure.value, label=figure.label, source=figure.source)
            for figure in record.key_figures
        ],
        contacts=[
            CampaignContact(label=contact.label, email=contact.email, phone=contact.phone)
            for contact in record.contacts
        ],
    )
    add_page(home_page, edition, by=by, at=at)
    with happening_at(at):
        ensure_catalogue(edition, by=by)
    add_page(edition, _letter(record), by=by, at=at)
    for resource in record.resources:
        page = ContentPage(
            title=resource.title,
            slug=slugify(resource.title)[:60].strip("-"),
            body=[("text", as_paragraphs((resource.text,)))],
        )
        add_page(edition, page, by=by, at=at)
    for event in record.events:
        add_page(edition, _event(event), by=by, at=at)
    return edition


def _questions(record: CampaignRecord) -> tuple[str, dict[str, Any]]:
    items = [
        {"title": passage.title, "text": f"<p>{escape(passage.text)}</p>"}
        for passage in record.accordion
    ]
    return ("accordion", {"title": "Questions fréquentes", "items": items})


def _letter(record: CampaignRecord) -> ContentPage:
    """The letter to the establishments, and the calendar that it announces."""
    return ContentPage(
        title=LETTER_TITLE,
        slug="lettre",
        introduction=f"L’appel à actions de l’édition {record.week_first_day.year}.",
        body=[
            ("text", as_paragraphs(record.letter)),
            ("timeline", {"title": "Le calendrier", "steps": [_step(m) for m in record.timeline]}),
        ],
    )


def _step(milestone: Milestone) -> dict[str, str]:
    return {
        "when": milestone.date,
        "title": milestone.title,
        "text": f"<p>{escape(milestone.text)}</p>",
    }


def _event(record: EventRecord) -> EventPage:
    programme = [
        (
            "session",
            {
                "starts": point.starts,
                "ends": point.ends,
                "title": point.title,
                "description": point.description,
                "speakers": list(point.speakers),
            },
        )
        for point in record.programme
    ]
    return EventPage(
        title=record.title,
        slug=record.slug,
        kind=record.kind,
        starts_at=record.starts_at,
        ends_at=record.ends_at,
        place=record.place,
        address=record.address,
        introduction=record.introduction,
        programme=programme,
    )
