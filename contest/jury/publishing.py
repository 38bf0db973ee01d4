"""Publishing a palmarès: one act, now or at a chosen instant; corrections; calling off.

The lock of the contest's jury is taken first and the clock read after. Nothing published is ever
changed: a correction is one version more.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from contest import access
from contest.enums import JobState, PrintKind
from contest.errors import NotAllowed, OutOfTurn
from contest.models import ContestPage, Jury, Laureate, Result
from contest.print_jobs import throw_away
from contest.tally.archive import pack
from contest.tally.definition import RULESET
from contest.tally.publication import publish as publish_files

from . import results
from .definition import ballots_by_round, definition_of, rounds_of
from .errors import NotReady
from .palmares import Palmares, palmares_of

if TYPE_CHECKING:
    from accounts.models import User
    from contest.tally.publication import Publication

LONGEST_NOTE = 400

NO_ROUND, NOT_COUNTED, PALMARES, PENDING = "no_round", "not_counted", "palmares", "pending"


def obstacles(contest: ContestPage, palmares: Palmares, now: datetime) -> list[str]:
    """Why `contest` cannot be published at `now`, as codes, in the order in which to mend them.

    "no_round": no jury was ever set to work. "not_counted": a round is not. "palmares": `palmares`
    is empty or has something to settle. "pending": a version waits for its instant already.
    """
    found = []
    rounds = rounds_of(contest)
    if not rounds:
        found.append(NO_ROUND)
    if any(one.tallied_at is None for one in rounds):
        found.append(NOT_COUNTED)
    if not palmares.is_ready:
        found.append(PALMARES)
    if results.pending(contest, now) is not None:
        found.append(PENDING)
    return found


def publish(
    contest: ContestPage,
    *,
    by: User,
    at: datetime | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Result:
    """Publish the palmarès of `contest`, or correct the one that is public.

    Args:
        at: the instant from which everybody sees it; at once where it is None.
        note: what a correction corrects, which is published; a first palmarès has none.

    Raises:
        NotAllowed: `by` does not edit the académie of the contest.
        NotReady: see `obstacles`.
        ValidationError: `at` is past, or a correction does not say what it corrects; the keys are
            `at` and `note`.
        contest.tally.errors.TallyError: what the tally refuses.
    """
    saved: list[str] = []
    try:
        with transaction.atomic(), LogContext(user=by):
            jury = _in_hand(contest, by)
            # Read under the lock: of two clicks, the second finds the version of the first.
            now = now or timezone.now()
            palmares = palmares_of(jury.contest)
            missing = obstacles(jury.contest, palmares, now)
            if missing:
                raise NotReady(*missing)
            before = results.standing(jury.contest).first()
            note = _checked(at, note, now, is_correction=before is not None)
            version = before.version + 1 if before else 1
            files = files_of(jury.contest, palmares, version=version, note=note)
            result = _stored(jury.contest, files, saved, version=version, note=note)
            result.decided_at, result.decided_by, result.published_at = now, by, at or now
            result.save()
            Laureate.objects.bulk_create(laureates_of(palmares, result))
            if before is None:
                Jury.objects.filter(pk=jury.pk).update(released_at=result.published_at)
            log(instance=jury.contest, action="contest.jury.publish", user=by, data=_told(result))
            _settle(jury.contest)
            _queue_mails(result, now)
        return result
    except BaseException:
        for name in saved:
            Result._meta.get_field("public").storage.delete(name)
        raise


def files_of(
    contest: ContestPage, palmares: Palmares, *, version: int, note: str = ""
) -> Publication:
    """The files that a publication of `palmares` would make now.

    Raises:
        contest.tally.errors.TallyError: what the tally refuses.
    """
    definition = definition_of(contest, palmares, version=version, note=note)
    secret = bytes.fromhex(contest.jury.secret)
    return publish_files(definition, ballots_by_round(contest), secret)


def call_off(result: Result, *, by: User, now: datetime | None = None) -> Result:
    """Take back a publication whose instant has not come: nobody has seen it.

    Raises:
        NotAllowed: `by` does not edit the académie of the contest.
        OutOfTurn: it is public, or was called off already.
    """
    with transaction.atomic(), LogContext(user=by):
        jury = _in_hand(result.contest, by)
        now = now or timezone.now()
        row = Result.objects.select_for_update(of=("self",)).get(pk=result.pk)
        if row.called_off_at is not None or row.published_at <= now:
            raise OutOfTurn
        row.called_off_at = now
        row.save(update_fields=["called_off_at"])
        if not results.standing(jury.contest).exists():
            Jury.objects.filter(pk=jury.pk).update(released_at=None)
        log(instance=jury.contest, action="contest.jury.call_off", user=by, data=_told(row))
        _settle(jury.contest)
        return row


def _in_hand(contest: ContestPage, by: User) -> Jury:
    if not access.runs(by, contest):
        raise NotAllowed
    # A contest that has never had a jury has nothing to lock: `obstacles` says so.
    Jury.objects.get_or_create(contest_id=contest.pk)
    return (
        Jury.objects.select_for_update(of=("self",))
        .select_related("contest")
        .get(contest_id=contest.pk)
    )


def _checked(at: datetime | None, note: str, now: datetime, *, is_correction: bool) -> str:
    note = " ".join(note.split())
    problems = {}
    if at is not None and at <= now:
        problems["at"] = _("Choose an instant to come, or publish now.")
    if is_correction and not note:
        problems["note"] = _("Say what this version corrects: everybody will read it.")
    if len(note) > LONGEST_NOTE:
        problems["note"] = _("Say it in %(most)d characters at most.") % {"most": LONGEST_NOTE}
    if problems:
        raise ValidationError(problems)
    return note if is_correction else ""


def _stored(
    contest: ContestPage, files: Publication, saved: list[str], *, version: int, note: str
) -> Result:
    result = Result(
        contest=contest,
        version=version,
        ruleset=RULESET,
        note=note,
        fingerprint=files.fingerprint,
    )
    for field, members in ((result.public, files.public), (result.organisers, files.organisers)):
        field.save("palmares.zip", ContentFile(pack(members)), save=False)
        saved.append(str(field.name))
    return result


def laureates_of(palmares: Palmares, result: Result | None = None) -> list[Laureate]:
    """The lines of `palmares` as laureates, in memory: of `result`, or of none as yet."""
    return [
        Laureate(
            result=result,
            order=order,
            poster=line.poster,
            category=line.category,
            prize=line.prize,
            label=line.label,
            rank=line.rank,
            is_shared=line.is_shared,
            reason=line.reason,
        )
        for order, line in enumerate(palmares.lines, 1)
    ]


def _told(result: Result) -> dict[str, str | int]:
    return {
        "version": result.version,
        "at": result.published_at.isoformat(),
        "fingerprint": result.fingerprint,
        "comment": result.note,
    }


def _settle(contest: ContestPage) -> None:
    """Throw away the diplomas made for another palmarès."""
    stale = contest.print_jobs.filter(kind=PrintKind.DIPLOMAS).exclude(state=JobState.FAILED)
    for job in stale:
        throw_away(contest, only=job)


def _queue_mails(result: Result, now: datetime) -> None:
    from contest.tasks import queue_at, tell_schools_results

    wait = result.published_at - now
    transaction.on_commit(lambda: queue_at(tell_schools_results, wait, result.pk))
