"""The whole demonstration, in its order and in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.models import User
from campaigns.editions import current_edition
from campaigns.models import Action, CampaignPage
from contest.models import ContestPage, Poster
from demo.dating import Dating
from demo.posters.reading import CONTESTS, contest_of, posters_of
from demo.posters.workshop import finish_all
from demo.reading import Content
from demo.records import CampaignRecord
from establishments.models import Academy, Establishment
from home.models import HomePage

from .contests import load_contest, load_registrations
from .editions import WRITTEN_BEFORE_CALL, load_edition
from .juries import Schedule, jury_of, tell_jury
from .mails import settle_mails
from .past import happening_at
from .poster_volume import ensure_posters
from .posters import tell_posters
from .sites import add_page, fill_home, move_to_port, open_academy, text_page
from .stories import tell_stories
from .territory import Territory, load_people, load_territory
from .volume import ensure_volume

HOST_ACADEMY = "normandie"
"""The académie that answers on localhost, and whose call is open."""

COUNTED: Final[tuple[type[Model], ...]] = (Academy, Establishment, Action, Poster)


@dataclass(frozen=True)
class Loaded:
    """What a run has brought; all zero where everything was there already."""

    academies: int = 0
    establishments: int = 0
    fiches: int = 0
    posters: int = 0
    mails: int = 0
    sites_moved: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether the run changed nothing."""
        return self == Loaded()


@transaction.atomic
def load(now: datetime, *, actions: int = 0, posters: int = 0) -> Loaded:
    """Load the demonstration as of `now`, where it is not there yet.

    Args:
        now: the instant at which the present edition's call is open.
        actions: how many published fiches of volume the present edition has beside its own.
        posters: likewise, how many admitted posters.
    """
    before = _counts()
    mails = 0
    if not Academy.objects.filter(slug=HOST_ACADEMY, site__isnull=False).exists():
        # One task for each row saved would keep the worker busy for a minute: all at once below.
        with disable_reference_index_auto_update():
            mails = _load_content(Content(Dating.at(now)), now)
        call_command("rebuild_references_index", verbosity=0)
    moved = move_to_port(settings.PORT)
    academy = Academy.objects.get(slug=HOST_ACADEMY)
    edition = current_edition(academy, now)
    if actions and edition is not None:
        ensure_volume(edition, academy, count=actions, now=now)
    contest = ContestPage.objects.child_of(edition).first() if edition else None
    if posters and contest is not None:
        ensure_posters(contest, academy, count=posters, now=now)
    after = _counts()
    academies, establishments, fiches, shown = (after[model] - before[model] for model in COUNTED)
    return Loaded(academies, establishments, fiches, shown, mails, 0 if academies else moved)


def _counts() -> dict[type[Model], int]:
    return {model: model._default_manager.count() for model in COUNTED}


def _load_content(content: Content, now: datetime) -> int:
    territory = load_territory(content)
    with happening_at(content.first_call - WRITTEN_BEFORE_CALL):
        homes = {
            record.slug: open_academy(
                record, territory.academies[record.slug], is_default=record.slug == HOST_ACADEMY
            )
            for record in content.academies
        }
    load_people(content, territory)
    editions = _load_editions(content, territory, homes, now)
    _load_pages(content, territory, homes, editions)
    return settle_mails()


def _load_editions(
    content: Content, territory: Territory, homes: dict[str, HomePage], now: datetime
) -> dict[str, CampaignPage]:
    """Load every edition with its fiches; the latest of each académie, by its slug."""
    latest: dict[str, CampaignPage] = {}
    for name, record in sorted(content.campaigns.items(), key=lambda pair: pair[1].week_first_day):
        editor = territory.editors[record.academy]
        edition = load_edition(
            name, record, territory.academies[record.academy], homes[record.academy], by=editor
        )
        latest[record.academy] = edition
        today = content.dating.today
        tell_stories(content.actions_of(name), record, edition, territory, today=today)
        if name in CONTESTS:
            _load_contest(name, record, edition, territory, by=editor, now=now)
    return latest


def _load_contest(
    name: str,
    record: CampaignRecord,
    edition: CampaignPage,
    territory: Territory,
    *,
    by: User,
    now: datetime,
) -> None:
    today = Dating.at(now).today
    texts, posters = contest_of(name), posters_of(name)
    contest = load_contest(texts, edition, by=by, today=today)
    opened = edition.call_opens_at + WRITTEN_BEFORE_CALL / 4
    load_registrations(contest, posters, territory.establishments, at=opened)
    tell_posters(
        posters,
        texts,
        contest,
        campaign=record,
        finished=finish_all([poster.slug for poster in posters], settings.VAR_DIR / "drawn"),
        establishments=territory.establishments,
        editor=by,
        today=today,
    )
    titles = {poster.title: poster.slug for poster in posters}
    is_past = edition.week_last_day < today
    tell_jury(
        jury_of(name),
        contest,
        schedule=Schedule.of_past(contest) if is_past else Schedule.of_present(now),
        categories={
            row.code: category
            for row, category in zip(texts.categories, contest.categories.all(), strict=True)
        },
        posters={titles[poster.title]: poster for poster in contest.posters.all()},
        establishments=territory.establishments,
        by=by,
    )


def _load_pages(
    content: Content,
    territory: Territory,
    homes: dict[str, HomePage],
    editions: dict[str, CampaignPage],
) -> None:
    for page in content.pages:
        for slug in page.academies:
            at = editions[slug].call_opens_at - WRITTEN_BEFORE_CALL
            add_page(homes[slug], text_page(page), by=territory.editors[slug], at=at)
    for home in content.homes:
        edition = editions[home.academy]
        at = edition.call_opens_at - WRITTEN_BEFORE_CALL
        editor = territory.editors[home.academy]
        fill_home(homes[home.academy], home, edition, by=editor, at=at)
