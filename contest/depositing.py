"""Handing in a poster: kept as a draft, handed in, replaced, withdrawn.

Each verb locks the establishment first: of two deposits at once, the second counts the first.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log
from wagtail.models import ModelLogEntry

from establishments.models import Establishment

from . import access, notifications, status
from .completeness import missing_parts
from .enums import QUOTA_STATUSES, PosterStatus
from .errors import (
    AlreadyStarted,
    Closed,
    EditConflict,
    FileTaken,
    NotAllowed,
    NotRegistered,
    OutOfTurn,
    QuotaReached,
)
from .models import Poster, PosterFile
from .preparation import prepare_later
from .receiving import forget
from .workflow import admission_workflow

if TYPE_CHECKING:
    from accounts.models import User


def save_draft(
    version: Poster,
    *,
    by: User,
    now: datetime,
    file: PosterFile | None = None,
    expected_revision: int | None = None,
    key: UUID | None = None,
) -> Poster:
    """Keep `version`, a poster in memory, new or changed, without handing it in.

    One that is handed in already stays so, and must stay complete.

    Args:
        file: a file received, which takes the place of the poster's; none leaves it as it is.
        expected_revision: the revision that the writer started from; nothing is compared without.
        key: drawn when the blank form of a new poster is shown, and kept in the log: the same
            form sent twice starts one poster.

    Returns:
        The poster as it now stands.

    Raises:
        NotAllowed: `by` does not sign in for its establishment, or the contest is not for it.
        AlreadyStarted, Closed, NotRegistered, QuotaReached, OutOfTurn, EditConflict, FileTaken:
            see `errors`.
        ValidationError: a value does not fit its field, or a part of a poster handed in is
            missing; keys are field names, `file` among them.
    """
    return _keep(
        version, by=by, now=now, file=file, expected=expected_revision, key=key, hand_in=False
    )


def submit(
    version: Poster,
    *,
    by: User,
    now: datetime,
    file: PosterFile | None = None,
    expected_revision: int | None = None,
    key: UUID | None = None,
) -> Poster:
    """Keep `version` and hand it in. Arguments and errors are those of `save_draft`."""
    return _keep(
        version, by=by, now=now, file=file, expected=expected_revision, key=key, hand_in=True
    )


def _keep(
    version: Poster,
    *,
    by: User,
    now: datetime,
    file: PosterFile | None,
    expected: int | None,
    key: UUID | None,
    hand_in: bool,
) -> Poster:
    context = LogContext(user=by, generate_uuid=key is None)
    if key is not None:
        context.uuid = key
    with transaction.atomic(), context:
        Establishment.objects.select_for_update(no_key=True).get(pk=version.establishment_id)
        if version.pk is None and key is not None:
            _require_first_time(key, by)
        row = _row_of(version, by=by, now=now)
        if expected is not None and row is not None and row.latest_revision_id != expected:
            raise EditConflict
        replaced = _take_file(version, row, file)
        is_handed_in = row is not None and row.status == PosterStatus.SUBMITTED
        _require_fitting(version, whole=hand_in or is_handed_in)
        if row is None:
            version.live, version.status = False, PosterStatus.DRAFT
        version.save()
        revision = version.save_revision(user=by, clean=False)
        if replaced is not None:
            forget(replaced)
        if row is None:
            log(instance=version, action="wagtail.create", user=by, revision=revision)
        if not hand_in or is_handed_in:
            if is_handed_in:
                log(instance=version, action="contest.change", user=by, revision=revision)
            _prepare(version, if_handed_in=is_handed_in)
            return status.refresh(version.pk)
        Poster.objects.filter(pk=version.pk).update(submitted_at=now)
        log(instance=version, action="contest.submit", user=by, revision=revision)
        _start_or_resume(version, row, by=by)
        _prepare(version, if_handed_in=True)
        poster = status.refresh(version.pk)
        notifications.poster_submitted(poster)
        return poster


def _require_first_time(key: UUID, by: User) -> None:
    entries = ModelLogEntry.objects.filter(
        content_type=Poster.get_base_content_type(), action="wagtail.create", uuid=key, user=by
    )
    started = Poster.objects.filter(
        pk__in=[int(pk) for pk in entries.values_list("object_id", flat=True)]
    ).first()
    if started is not None:
        raise AlreadyStarted(started)


def _row_of(version: Poster, *, by: User, now: datetime) -> Poster | None:
    """The locked row of `version`, None for a new one, once its writing is allowed at `now`."""
    if not access.acts_for(by, version):
        raise NotAllowed
    if version.pk is None:
        _require_room(version, now)
        return None
    row = (
        Poster.objects.select_for_update(of=("self",))
        .select_related("contest", "file")
        .get(pk=version.pk)
    )
    if (row.contest_id, row.establishment_id) != (version.contest_id, version.establishment_id):
        raise NotAllowed
    if not access.is_writable(row, now):
        in_time = access.is_writable(row, row.contest.deposit_opens_at)
        raise Closed if in_time else OutOfTurn
    for name in ("status", "status_changed_at", "submitted_at", "live", "number", "file_id"):
        setattr(version, name, getattr(row, name))
    return row


def _require_room(version: Poster, now: datetime) -> None:
    contest, establishment = version.contest, version.establishment
    if not access.takes_part(establishment, contest):
        raise NotAllowed
    if not contest.calendar.accepts_deposits(now):
        raise Closed
    if access.lacks_registration(establishment, contest):
        raise NotRegistered
    if places_left(establishment, version) <= 0:
        raise QuotaReached


def places_left(establishment: Establishment, version: Poster) -> int:
    """How many more posters `establishment` may start in the contest of `version`."""
    taken = Poster.objects.filter(
        contest=version.contest_id, establishment=establishment, status__in=QUOTA_STATUSES
    )
    return version.contest.max_posters - taken.count()


def _take_file(version: Poster, row: Poster | None, file: PosterFile | None) -> PosterFile | None:
    """Give `version` the `file` received; returns the one that it takes the place of."""
    if file is None or (row is not None and row.file_id == file.pk):
        return None
    locked = (
        PosterFile.objects.select_for_update(of=("self",))
        .filter(pk=file.pk, contest=version.contest_id, establishment=version.establishment_id)
        .first()
    )
    if locked is None or Poster.objects.filter(file=locked).exists():
        raise FileTaken
    version.file = locked
    return row.file if row is not None else None


def _require_fitting(version: Poster, *, whole: bool) -> None:
    errors: dict[str, list[str]] = {}
    try:
        version.clean_fields(exclude=["status", "latest_revision", "live_revision"])
    except ValidationError as error:
        errors = dict(error.message_dict)
    if version.category is not None and not _fits_category(version):
        errors["category"] = [_("Choose a category that is open to your establishment.")]
    if whole:
        errors = missing_parts(version) | errors
    if errors:
        raise ValidationError(errors)


def _fits_category(version: Poster) -> bool:
    category = version.category
    return (
        category is not None
        and category.contest_id == version.contest_id
        and category.takes(version.establishment.kind)
    )


def _start_or_resume(version: Poster, row: Poster | None, *, by: User) -> None:
    state = version.current_workflow_state
    if state is not None and row is not None and row.status == PosterStatus.RETURNED:
        state.resume(user=by)
        return
    admission_workflow().start(Poster.objects.get(pk=version.pk), by)


def _prepare(version: Poster, *, if_handed_in: bool) -> None:
    """Have the pictures made of a poster that the editors will look at."""
    if if_handed_in and version.file is not None and version.file.prepared_at is None:
        prepare_later(version.file)
