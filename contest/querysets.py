"""Which posters somebody may see: the one place that pages, lists, files and exports ask."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from establishments.models import Establishment
from establishments.permissions import academies_edited_by, networks_led_by

from .enums import PosterStatus

if TYPE_CHECKING:
    from accounts.models import User

    from .models import ContestPage, Poster  # noqa: F401 - named, in quotes, by the class below

SUBMITTED = Q(submitted_at__isnull=False) & ~Q(status=PosterStatus.DRAFT)


def results_out(now: datetime, prefix: str = "") -> Q:
    """The contests whose results are out at `now`, as `ContestCalendar.results_are_out` says it.

    `prefix` leads from the rows that are filtered to their contest, as "contest__".
    """

    def on(**conditions: Any) -> Q:
        return Q(**{prefix + name: value for name, value in conditions.items()})

    unjudged = on(jury__isnull=True) | on(jury__held_since__isnull=True)
    return (unjudged & on(results_at__lte=now)) | on(
        jury__held_since__isnull=False, jury__released_at__lte=now
    )


def contests_open_to_all(now: datetime) -> QuerySet[ContestPage]:
    """The contests whose gallery everybody may see at `now`: in public pages, and open.

    Wagtail keeps pages behind its privacy settings, their own or an ancestor's; what shows posters
    elsewhere (a search, a file) must not say more.
    """
    from .models import ContestPage

    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restricted = PageViewRestriction.objects.annotate(contest_path=path).filter(
        contest_path__startswith=F("page__path")
    )
    parent = Page.objects.filter(
        path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    )
    return ContestPage.objects.live().filter(
        Exists(parent.filter(live=True)),
        ~Exists(restricted),
        Q(gallery_before_results=True) | results_out(now),
    )


class PosterQuerySet(models.QuerySet["Poster"]):
    """Posters, filtered by who asks."""

    def published(self, now: datetime | None = None) -> Self:
        """The posters that everybody may see, wherever they are shown."""
        now = now or timezone.now()
        return self.admitted(now).filter(contest__in=contests_open_to_all(now).values("pk"))

    def admitted(self, now: datetime | None = None) -> Self:
        """The posters that their contest shows: admitted, and authorised on that day.

        Only for pages of a contest: Wagtail itself asks each visitor for what they require.
        """
        today = timezone.localdate(now)
        return self.filter(
            live=True, withdrawn_at=None, archived_at=None, attestation_expires_on__gte=today
        )

    def visible_to(self, user: User | AnonymousUser, now: datetime | None = None) -> Self:
        """The posters that `user` may see.

        Public ones are everybody's; an establishment also sees its own; the leads of its network
        and the editors of its académie see what it has handed in, never a draft.
        """
        public = type(self)(self.model).published(now).values("pk")
        if not user.is_authenticated or not user.is_active:
            return self.filter(pk__in=public)
        if user.is_superuser:
            return self.all()
        return self.filter(Q(pk__in=public) | _followed_by(user))

    def followed_by(self, user: User | AnonymousUser) -> Self:
        """The posters that `user` sees even where the public does not."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.all() if user.is_superuser else self.filter(_followed_by(user))

    def administered_by(self, user: User | AnonymousUser) -> Self:
        """The posters that `user`, an editor of their académie, decides about: once handed in."""
        return self.filter(SUBMITTED, establishment__academy__in=academies_edited_by(user))


def _followed_by(user: User) -> Q:
    """Those of the establishment of `user`, and those handed in to their networks or académies."""
    own = Establishment.objects.filter(account=user, is_open=True)
    handed_in = SUBMITTED & (
        Q(establishment__network__in=networks_led_by(user))
        | Q(establishment__academy__in=academies_edited_by(user))
    )
    return Q(establishment__in=own) | handed_in
