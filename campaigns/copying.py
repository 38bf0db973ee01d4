"""Starting a fiche from another one: last year's, one's own, or a published one of another school.

What is copied is what can serve again. What belongs to one school or one year never is: its
coordinator, its dates and place, its money, its files, its partners' names, its follow-up.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import drafts
from .creation import start_once
from .enums import Novelty
from .errors import NotAllowed
from .forms.action import offered
from .models import Action, ActionIndicator, ActionPartner

if TYPE_CHECKING:
    from accounts.models import User
    from establishments.models import Establishment

    from .models import CampaignPage

TEXTS: Final = ("summary", "moment", "openness", "objectives", "course")
"""What is copied from any fiche, besides its vocabularies, indicators and kinds of partners."""

OWN: Final = (
    "coordinator_name",
    "coordinator_function",
    "coordinator_email",
    "pupils_planned",
    "adults_planned",
    "place",
    "outcome",
    "ready_to_reuse",
    "reuse_tips",
)
"""What is copied too from a fiche of the same establishment."""

VOCABULARIES: Final = ("audiences", "levels", "themes", "action_types", "production_types")


def source_of(pk: int, establishment: Establishment) -> Action | None:
    """The version of the fiche `pk` that `establishment` may copy; None where it may not.

    Of its own, the latest; of another school's, the public one.
    """
    own = Action.objects.filter(pk=pk, establishment=establishment).first()
    if own is not None:
        return drafts.latest_version(own)
    return (
        Action.objects.published().select_related("establishment", "campaign").filter(pk=pk).first()
    )


@transaction.atomic
def copy_once(
    pk: int,
    establishment: Establishment,
    campaign: CampaignPage,
    *,
    by: User,
    key: UUID,
    now: datetime,
) -> Action:
    """The draft that the page `key` made of the fiche `pk`, made now unless it was before.

    Raises:
        NotAllowed: the fiche is neither public nor the establishment's own; else as
            `campaigns.drafts.start_draft`.
        CallClosed: as `campaigns.drafts.start_draft`.
    """
    source = source_of(pk, establishment)
    if source is None:
        raise NotAllowed
    action, is_new = start_once(
        establishment, campaign, by=by, key=key, title=title_of_copy(source, establishment), now=now
    )
    if not is_new:
        return action
    version = drafts.latest_version(action)
    _fill(version, source, establishment)
    drafts.save_draft(version, by=by, now=now)
    is_own = source.establishment_id == establishment.pk
    credited = source.inspired_by_id if is_own else source.pk
    Action.objects.filter(pk=action.pk).update(inspired_by=credited)
    return Action.objects.get(pk=action.pk)


def credited_source(action: Action) -> Action | None:
    """The public fiche that inspired `action`, or the one that it was merged into since.

    None where that is no longer public: its title and its school are then nobody's to read.
    """
    if action.inspired_by_id is None:
        return None
    same = Q(pk=action.inspired_by_id) | Q(merged=action.inspired_by_id)
    public = Action.objects.published().exclude(pk=action.pk)
    return public.select_related("establishment").filter(same).first()


def owes_credit(action: Action) -> bool:
    """Whether another school's fiche inspired this one, public or not; not one merged into it."""
    if action.inspired_by_id is None:
        return False
    source = Action.objects.filter(pk=action.inspired_by_id)
    return source.exclude(merged_into=action.pk).exists()


def title_of_copy(source: Action, establishment: Establishment) -> str:
    """The same title for one's own; another school's is marked, to be changed."""
    if source.establishment_id == establishment.pk:
        return str(source.title)
    longest = Action._meta.get_field("title").max_length or 0
    mark = _("(to be adapted)")
    return f"{source.title[: longest - len(mark) - 1].rstrip()} {mark}"


def _fill(version: Action, source: Action, establishment: Establishment) -> None:
    is_own = source.establishment_id == establishment.pk
    for name in (*TEXTS, *OWN) if is_own else TEXTS:
        setattr(version, name, getattr(source, name))
    another_year = source.campaign_id != version.campaign_id
    version.novelty = Novelty.RENEWED if is_own and another_year else ""
    for name in VOCABULARIES:
        setattr(version, name, _terms(source, name, establishment.academy_id))
    version.indicators = [
        ActionIndicator(label=row.label, target=row.target if is_own else "", sort_order=order)
        for order, row in enumerate(source.indicators.all())
    ]
    version.partners = _partners(source, establishment, is_own=is_own)


def _terms(source: Action, name: str, academy_id: int) -> list[Any]:
    """The terms of `source` that the establishment's académie uses too."""
    held = {term.pk for term in getattr(source, name).all()}
    model = Action._meta.get_field(name).related_model
    return list(offered(model, academy_id).filter(pk__in=held))


def _partners(source: Action, establishment: Establishment, *, is_own: bool) -> list[ActionPartner]:
    """One's own partners; of another school's, one line for each kind, named after it."""
    rows = list(source.partners.all())
    if is_own:
        return [
            ActionPartner(name=row.name, type=row.type, sort_order=order)
            for order, row in enumerate(rows)
        ]
    kinds = {
        row.type_id: row.type
        for row in rows
        if row.type is not None and row.type.academy_id in (None, establishment.academy_id)
    }
    return [
        ActionPartner(name=kind.label, type=kind, sort_order=order)
        for order, kind in enumerate(kinds.values())
    ]
