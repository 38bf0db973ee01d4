"""The contest of an edition: its page, and the registrations that came in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from html import escape

from accounts.models import User
from campaigns.models import CampaignPage
from contest.defaults import default_dates
from contest.models import Category, ContestPage, Criterion, Prize, Registration
from contest.models.contest_page import CONTEST_SLUG
from contest.registering import register
from demo.records.posters import ContestRecord, PosterRecord
from establishments.models import Establishment
from establishments.sign_in import account_of

from .editions import WRITTEN_BEFORE_CALL
from .past import happening_at
from .sites import add_page, as_paragraphs

EXHIBITION = "Hall du rectorat"
ONLY_REGISTERED = ("0149901L",)
"""An establishment that has announced posters and handed none in, where it takes part."""

DEBATE = "La classe a débattu une heure, par petits groupes, avant de choisir son message."


def load_contest(
    record: ContestRecord, edition: CampaignPage, *, by: User, today: date
) -> ContestPage:
    """Publish the contest of `edition`, with the edition itself.

    The authorisations of a past contest still hold, so that its gallery can be seen.
    """
    is_past = edition.week_last_day < today
    dates = default_dates(
        call_opens_at=edition.call_opens_at,
        call_closes_at=edition.call_closes_at,
        first_day=edition.week_first_day,
        last_day=edition.week_last_day,
    )
    page = ContestPage(
        title=record.title,
        slug=CONTEST_SLUG,
        theme=record.theme,
        introduction=record.introduction[0],
        body=[("text", as_paragraphs(record.introduction[1:]))],
        rules=[("text", _rules(record))],
        debate=[("text", _debate(record))],
        exhibition_place=EXHIBITION,
        gallery_before_results=not is_past,
        rights_expire_on=date(today.year + 1, 12, 31) if is_past else None,
        categories=[
            Category(name=row.name, kinds=list(row.kinds), sort_order=order)
            for order, row in enumerate(record.categories)
        ],
        criteria=[
            Criterion(
                label=row.label,
                help_text=row.help,
                weight=row.weight,
                scale=row.scale,
                sort_order=order,
            )
            for order, row in enumerate(record.criteria)
        ],
        prizes=[
            Prize(
                label=row.label,
                kind=row.kind,
                reward=row.reward,
                ties_allowed=row.ties_allowed,
                sort_order=order,
            )
            for order, row in enumerate(record.prizes)
        ],
        **vars(dates),
    )
    add_page(edition, page, by=by, at=edition.call_opens_at - WRITTEN_BEFORE_CALL)
    return ContestPage.objects.get(pk=page.pk)


def load_registrations(
    contest: ContestPage,
    posters: list[PosterRecord],
    establishments: dict[str, Establishment],
    *,
    at: datetime,
) -> None:
    """Register whoever has handed posters in, and some who have not yet."""
    announced: dict[str, list[PosterRecord]] = {uai: [] for uai in ONLY_REGISTERED}
    for poster in posters:
        announced.setdefault(poster.uai, []).append(poster)
    for rank, (uai, theirs) in enumerate(announced.items()):
        establishment = establishments.get(uai)
        categories = contest.categories_for(establishment) if establishment else []
        if establishment is None or not categories:
            continue
        instant = at + timedelta(hours=7 * rank)
        with happening_at(instant):
            register(
                Registration(
                    contest=contest,
                    establishment=establishment,
                    contact_name="Camille Demosthène",
                    contact_email=establishment.mailbox,
                    posters_expected=len(theirs) or 1,
                    pupils_expected=sum(poster.pupils for poster in theirs) or 20,
                    debate=DEBATE if theirs else "",
                ),
                categories=categories[:1],
                by=account_of(establishment),
                now=instant,
            )


def _rules(record: ContestRecord) -> str:
    return "".join(
        f"<h3>{escape(rule.heading)}</h3>{as_paragraphs(rule.paragraphs)}" for rule in record.rules
    )


def _debate(record: ContestRecord) -> str:
    debate = record.debate
    questions = "".join(f"<li>{escape(question)}</li>" for question in debate.questions)
    steps = "".join(
        f"<li><b>{escape(step.title)} ({step.minutes} min).</b> {escape(step.text)}</li>"
        for step in debate.steps
    )
    return (
        f"{as_paragraphs((debate.introduction,))}<h3>Des questions pour débattre</h3>"
        f"<ul>{questions}</ul><h3>Une séance de cinquante-cinq minutes</h3><ol>{steps}</ol>"
    )
