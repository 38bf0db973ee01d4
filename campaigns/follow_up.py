"""The follow-up of a published fiche: what really happened, reviewed lightly, then published.

It opens on the last day of the Week. It starts from the published version and changes nothing but
its own parts (`campaigns.sections.FOLLOW_UP_PARTS`), so that the académie alone reads it again.
Sent back, it starts from what was sent back, which an editor may have corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from . import access, commenting, drafts, establishment_mails, hand_ins, status
from .enums import REVIEW_STATUSES, Status
from .errors import CallClosed, NotAllowed, OutOfTurn
from .media_adding import put_beside, received
from .models import Action
from .reading import Difference, differences
from .submission import missing_of_media
from .workflow import review_workflow

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from wagtail.models import Revision

    from accounts.models import User

    from .models import ActionMedia

FIELDS: Final = (
    "pupils_actual",
    "adults_actual",
    "outcome",
    "satisfaction",
    "continued",
    "strengths",
    "improvements",
    "advice",
)
"""The fields of the follow-up; the results of indicators and the files come besides."""

REQUIRED: Final = ("pupils_actual", "satisfaction", "continued")
"""What it needs to be handed in."""

TYPED = "follow_up_typed"
"""Under which name `with_follow_up` says whether the latest version holds a follow-up."""


class FollowUp(StrEnum):
    """Where the follow-up of a fiche stands; `NONE` where there is no question of one."""

    NONE = "none"
    TO_DO = "to_do"
    STARTED = "started"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    DONE = "done"


ASKED: Final = frozenset({FollowUp.TO_DO, FollowUp.STARTED, FollowUp.RETURNED})
"""Where something is left for the establishment to do."""


def with_follow_up(actions: QuerySet[Action]) -> QuerySet[Action]:
    """`actions`, each with what `state_of` needs to know of its latest version."""
    return hand_ins.with_last_hand_in(actions).annotate(
        **{TYPED: KeyTextTransform("pupils_actual", "latest_revision__content")}
    )


def state_of(action: Any, now: datetime) -> FollowUp:
    """Where the follow-up of `action`, one of `with_follow_up`, stands at `now`. No query."""
    if not is_time(action, now):
        return FollowUp.NONE
    if action.status in REVIEW_STATUSES:
        return FollowUp.IN_REVIEW if hand_ins.is_follow_up(action) else FollowUp.NONE
    if action.status == Status.CHANGES_REQUESTED:
        return FollowUp.RETURNED if hand_ins.is_follow_up(action) else FollowUp.NONE
    if action.pupils_actual is not None:
        return FollowUp.DONE
    # SQLite gives the null of a JSON text as a word.
    is_typed = getattr(action, TYPED) not in (None, "null")
    return FollowUp.STARTED if is_typed else FollowUp.TO_DO


def is_time(action: Action, now: datetime) -> bool:
    """Whether the fiche is public, and the Week on its last day or over."""
    is_public = action.live and action.withdrawn_at is None
    return is_public and action.campaign.calendar.accepts_follow_up(now)


def is_open(action: Action, now: datetime) -> bool:
    """Whether a follow-up may be written at `now`: reviewers hold nothing of the fiche.

    A fiche sent back is open where it was for its follow-up: other changes are corrected first.
    """
    if not is_time(action, now):
        return False
    return action.status == Status.PUBLISHED or is_returned(action)


def is_returned(action: Action) -> bool:
    """Whether reviewers have sent the follow-up back; it is corrected in its own form alone."""
    return action.status == Status.CHANGES_REQUESTED and hand_ins.is_follow_up(action)


def other_changes(action: Action) -> list[Difference]:
    """What the latest version changes in the published one besides the follow-up.

    Begun by the establishment and never handed in: no part of a follow-up. What an editor has
    corrected in a follow-up under review goes on with it.
    """
    row = Action.objects.get(pk=action.pk)
    if hand_ins.is_follow_up(row):
        return []
    latest = row.get_latest_revision_as_object()
    # Results belong to the follow-up, what is counted does not.
    _set_results(latest, {indicator.pk: indicator.actual for indicator in row.indicators.all()})
    own = {*FIELDS, "media"}
    return [found for found in differences(row, latest) if found.second.name not in own]


def latest_version(action: Action) -> Action:
    """The published fiche with the follow-up as it was last saved, in memory."""
    row = Action.objects.get(pk=action.pk)
    saved: Action = row.get_latest_revision_as_object()
    if hand_ins.is_follow_up(row):
        return saved
    for name in FIELDS:
        setattr(row, name, getattr(saved, name))
    _set_results(row, {indicator.pk: indicator.actual for indicator in saved.indicators.all()})
    row.media = list(saved.media.all())
    return row


def save(
    action: Action,
    values: Mapping[str, Any],
    results: Mapping[int, str],
    *,
    media: Iterable[ActionMedia] | None = None,
    by: User,
    now: datetime,
    expected_revision: int | None = None,
) -> Revision:
    """Keep a follow-up as the latest version of the fiche; the public one stays as it is.

    Args:
        values: by the names of `FIELDS`; others are left alone.
        results: what each indicator gave, by the indicator's key; others are left alone.
        media: the files of the fiche from now on, all of them; left alone where None.
        expected_revision: the revision that the writer started from; nothing is compared
            without it.

    Raises:
        NotAllowed: `by` does not write this fiche.
        CallClosed: the Week is not on its last day yet.
        OutOfTurn: the fiche is not public, or reviewers hold it.
        EditConflict: another version was saved since `expected_revision`.
        ValidationError: a value does not fit its field.
    """
    with transaction.atomic():
        row = drafts.locked(action)
        require_writable(row, by=by, now=now)
        drafts.require_revision(row, expected_revision)
        version = latest_version(row)
        put_on(version, values, results, media)
        return _keep(version, row, by=by)


def put_on(
    version: Action,
    values: Mapping[str, Any],
    results: Mapping[int, str],
    media: Iterable[ActionMedia] | None = None,
) -> None:
    """Give what `save` takes to a version, in memory."""
    for name in FIELDS:
        if name in values:
            setattr(version, name, values[name])
    _set_results(version, results)
    if media is not None:
        version.media = list(media)


def add_file(
    action: Action, upload: UploadedFile, *, by: User, now: datetime
) -> tuple[Action, ActionMedia]:
    """Keep a file at once, beside the follow-up as it was last saved, whatever the form is worth.

    Returns:
        The version that holds it, and its row.

    Raises:
        NotAllowed, CallClosed, OutOfTurn: as `save`.
        ValidationError: the file is not accepted, or there are enough.
    """
    require_writable(action, by=by, now=now)
    with received(upload) as medium, transaction.atomic():
        row = drafts.locked(action)
        require_writable(row, by=by, now=now)
        version = latest_version(row)
        put_beside(version, medium)
        _keep(version, row, by=by)
    return version, medium


def _keep(version: Action, row: Action, *, by: User) -> Revision:
    version.keep_facts_of(row)
    version.live = row.live
    version.first_published_at = row.first_published_at
    version.full_clean()
    return version.save_revision(user=by, clean=False, log_action=True)


def hand_in(
    action: Action, *, by: User, now: datetime, expected_revision: int | None = None
) -> Action:
    """Hand the follow-up in to the académie, without the visa of the network.

    Returns:
        The fiche as it now stands.

    Raises:
        NotAllowed: `by` does not sign in for the establishment that carries the fiche.
        ValidationError: parts are missing; keys are field names.
        CallClosed, OutOfTurn, EditConflict: as `save`; also where the latest version is no
            follow-up, or changes more than that.
    """
    with transaction.atomic(), LogContext(user=by):
        row = drafts.locked(action)
        if not access.acts_for(by, row):
            raise NotAllowed
        _require_open(row, now)
        drafts.require_revision(row, expected_revision)
        if not row.has_unpublished_changes or other_changes(row):
            raise OutOfTurn
        version = row.get_latest_revision_as_object()
        missing = missing_parts(version)
        if missing:
            raise ValidationError(missing)
        answered = commenting.close(row, now)
        state = row.current_workflow_state
        if state is not None and row.status == Status.CHANGES_REQUESTED:
            state.resume(user=by)
        else:
            review_workflow(with_visa=False).start(Action.objects.get(pk=row.pk), by)
        log(
            instance=row,
            action=hand_ins.FOLLOW_UP,
            user=by,
            data={commenting.ANSWERED: answered},
            revision=version.latest_revision,
        )
        row = status.refresh(row.pk)
        establishment_mails.follow_up_received(row)
        return row


def missing_parts(version: Action) -> dict[str, list[str]]:
    """What keeps a follow-up from being handed in: messages by the name of the field."""
    missing = missing_parts_among(name for name in REQUIRED if getattr(version, name) is None)
    files = missing_of_media(version)
    return missing | {"media": files} if files else missing


def missing_parts_among(names: Iterable[str]) -> dict[str, list[str]]:
    """What to tell of the parts `names`, which are empty."""
    return {name: [_("This part is needed before you hand the follow-up in.")] for name in names}


def require_writable(row: Action, *, by: User, now: datetime) -> None:
    """Raise what `save` documents unless `by` may write the follow-up at `now`."""
    if not access.is_author(by, row):
        raise NotAllowed
    _require_open(row, now)


def _require_open(row: Action, now: datetime) -> None:
    if is_open(row, now):
        return
    if row.live and not row.campaign.calendar.accepts_follow_up(now):
        raise CallClosed
    raise OutOfTurn


def _set_results(version: Action, results: Mapping[int, str]) -> None:
    rows = list(version.indicators.all())
    for row in rows:
        row.actual = results.get(row.pk, row.actual)
    version.indicators = rows
