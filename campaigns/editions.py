"""The editions of an académie: all of them, the one whose call is open, the one to show first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import CharField, ExpressionWrapper, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from campaigns.models import ActionIndexPage, CampaignPage

if TYPE_CHECKING:
    from wagtail.models import Page

    from accounts.models import User
    from establishments.models import Academy

CATALOGUE_SLUG = "actions"


def editions_below(home_page: Page) -> models.QuerySet[CampaignPage]:
    """The published editions below `home_page`, the newest first."""
    # `public()` would first ask for every restriction of every site.
    children = CampaignPage.objects.child_of(home_page).live()
    return children.filter(view_restrictions__isnull=True).order_by("-week_first_day")


def with_live_pages(
    editions: models.QuerySet[CampaignPage], **types: type[Page]
) -> models.QuerySet[CampaignPage]:
    """`editions`, each with what leads to its public pages of these types, in the same query.

    Under each name given, an edition has a mapping of the `pk`, `title` and `slug` of its first
    such page, or None without one.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    depth = ExpressionWrapper(OuterRef("depth") + 1, models.IntegerField())
    below = {}
    for name, model in types.items():
        pages = model.objects.live().filter(path__startswith=path, depth=depth)
        known = pages.filter(view_restrictions__isnull=True).order_by("path")
        below[name] = Subquery(
            known.values(known=JSONObject(pk="pk", title="title", slug="slug"))[:1]
        )
    return editions.annotate(**below)


def editions_of(academy: Academy) -> models.QuerySet[CampaignPage]:
    """The published editions of `academy`, the newest first; none where it has no site."""
    if academy.site is None:
        return CampaignPage.objects.none()
    return editions_below(academy.site.root_page)


def open_edition(academy: Academy, now: datetime) -> CampaignPage | None:
    """The edition of `academy` whose call is open at `now`; of several, the first to close."""
    return (
        editions_of(academy)
        .filter(call_opens_at__lte=now, call_closes_at__gte=now)
        .order_by("call_closes_at")
        .first()
    )


def current_edition(academy: Academy, now: datetime) -> CampaignPage | None:
    """The edition of `academy` to show first at `now`."""
    return foremost(editions_of(academy), now)


def foremost(editions: Iterable[CampaignPage], now: datetime) -> CampaignPage | None:
    """Of `editions`: the one whose call is open, else running, else the next, else the latest."""
    known = sorted(editions, key=lambda edition: edition.week_first_day)
    calling = [one for one in known if one.calendar.accepts_submissions(now)]
    if calling:
        return min(calling, key=lambda edition: edition.call_closes_at)
    # The first that is not over is running, or the next to come.
    ahead = (one for one in known if now < one.calendar.week_ends_at)
    return next(ahead, known[-1] if known else None)


def catalogue_of(edition: CampaignPage) -> ActionIndexPage | None:
    """The page that lists the fiches of `edition`, published or not."""
    return ActionIndexPage.objects.child_of(edition).first()


@transaction.atomic
def ensure_catalogue(edition: CampaignPage, *, by: User | None = None) -> ActionIndexPage:
    """The catalogue of `edition`, made on first call; public as soon as the edition is."""
    known = catalogue_of(edition)
    if known is not None:
        return known
    catalogue = ActionIndexPage(
        title=_("Fiches-actions"), slug=CATALOGUE_SLUG, live=False, owner=by
    )
    edition.add_child(instance=catalogue)
    catalogue.save_revision(user=by, log_action=False)
    if edition.live:
        publish_catalogue(edition, by=by)
    return catalogue


def publish_catalogue(edition: CampaignPage, *, by: User | None = None) -> None:
    """Publish the catalogue with its edition, the first time only.

    An editor who later takes the catalogue offline must not see it come back with each change of
    the edition.
    """
    catalogue = catalogue_of(edition)
    if catalogue is None or catalogue.live or catalogue.first_published_at is not None:
        return
    revision = catalogue.latest_revision or catalogue.save_revision(user=by)
    revision.publish(user=by, skip_permission_checks=True)
