"""Which fiches somebody may see: the one place that pages, lists, files and exports ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import PageViewRestriction

from establishments.models import Establishment, Network
from establishments.permissions import (
    academies_edited_by,
    departments_observed_by,
    networks_led_by,
)

from .enums import Status

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Action  # noqa: F401 - named, in quotes, by the class below

LIVE = Q(live=True, withdrawn_at=None, campaign__live=True)
SUBMITTED = Q(submitted_at__isnull=False) & ~Q(status=Status.DRAFT)


def is_published() -> Q:
    """The rule of a public fiche: live, in a published edition that every visitor may open.

    Wagtail keeps an edition's pages behind its privacy settings, its own or an ancestor's; what
    shows fiches elsewhere (a search, a file) must not say more.
    """
    edition_path = ExpressionWrapper(OuterRef("campaign__path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(edition_path=edition_path).filter(
        edition_path__startswith=F("page__path")
    )
    return LIVE & ~Q(Exists(restrictions))


class ActionQuerySet(models.QuerySet["Action"]):
    """Fiches, filtered by who asks."""

    def published(self) -> Self:
        """The public fiches: live, neither withdrawn nor expired, in an edition open to all."""
        return self.shown_in_editions().filter(is_published())

    def shown_in_editions(self) -> Self:
        """What the pages of editions show, those behind a privacy setting included.

        Only for pages below an edition: Wagtail itself asks each visitor for what they require.
        """
        return self.filter(LIVE).filter(
            Q(expire_at=None) | Q(expire_at__gt=timezone.now()),
        )

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The fiches of which `user` may see at least one version.

        Published ones are everybody's. An establishment also sees its own, and those it takes
        part in: from the first draft where it may edit, else once they are handed in. Reviewers
        also see what their networks or académies have handed in, never a draft.

        Which version they may read is for `campaigns.drafts.version_for` to say.
        """
        # One fiche at a time: the list of all public ones takes longer than a school's own fiches.
        public = Exists(type(self)(self.model).published().filter(pk=OuterRef("pk")))
        if not user.is_authenticated or not user.is_active:
            return self.filter(public)
        if user.is_superuser:
            return self.all()
        own = Establishment.objects.filter(account=user, is_open=True)
        associated = type(self)(self.model).filter(associated__establishment__in=own)
        return self.filter(
            Q(public)
            | Q(establishment__in=own)
            | Q(pk__in=associated.filter(associated__may_edit=True).values("pk"))
            | Q(pk__in=associated.filter(SUBMITTED).values("pk"))
            | _reviewed_by(user)
        )

    def reviewable_by(self, user: User | AnonymousUser) -> Self:
        """What `user`'s list in the admin holds: fiches they review, or published ones they
        observe. Never a fiche that they may see only because everybody may.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self.filter(SUBMITTED | is_published())
        observed = Q(establishment__department__in=departments_observed_by(user)) & is_published()
        return self.filter(_reviewed_by(user) | observed)

    def awaiting(self, user: User | AnonymousUser) -> Self:
        """The fiches that wait for `user`: for a lead's visa, or for an editor's decision."""
        return self.filter(
            Q(
                status=Status.NETWORK_REVIEW,
                establishment__network__in=networks_led_by(user),
            )
            | Q(establishment__academy__in=academies_edited_by(user)) & _waits_for_an_academy()
        )

    def awaiting_academies(self) -> Self:
        """The fiches that nobody but an académie's editors is expected to decide about."""
        return self.filter(_waits_for_an_academy())


def _waits_for_an_academy() -> Q:
    """Before the académie; or before a network that nobody leads any more, which was led when the
    fiche was handed in: without its editors, it would wait for ever.
    """
    led = Network.objects.filter(pk=OuterRef("establishment__network"), leads__is_active=True)
    return Q(status=Status.ACADEMY_REVIEW) | Q(status=Status.NETWORK_REVIEW) & ~Q(Exists(led))


def _reviewed_by(user: User | AnonymousUser) -> Q:
    """The fiches handed in to the networks that `user` leads or the académies they edit."""
    return SUBMITTED & (
        Q(establishment__network__in=networks_led_by(user))
        | Q(establishment__academy__in=academies_edited_by(user))
    )
