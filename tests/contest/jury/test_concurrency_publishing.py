"""Two publications at the same instant: one palmarès, one refusal; mails leave once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import MailRecord
from contest.errors import ContestError
from contest.jury import publishing, telling
from contest.models import Jury, Result
from contest.models.result import FOLDER, private_storage
from tests.contest.jury.published_scene import INSTANT, OUT, make_counted, publish
from tests.contest.test_wall_concurrency import at_once
from tests.factories import make_editor

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def or_refused(act):
    """`act`, whose refusal by the form's rules is an outcome as well."""

    def run():
        try:
            return act()
        except ValidationError as error:
            return error

    return run


def files() -> int:
    storage = private_storage()
    return len(storage.listdir(FOLDER)[1]) if storage.exists(FOLDER) else 0


def test_two_publications_at_once_make_one_palmares() -> None:
    scene = make_counted()
    editors = [scene.editor, make_editor(scene.contest_scene.academy)]
    before = files()

    outcomes = at_once(
        *[or_refused(lambda by=by: publish(scene, by=by)) for by in editors]  # type: ignore[misc]
    )

    assert [type(one) for one in sorted(outcomes, key=lambda one: not isinstance(one, Result))] == [
        Result,
        ValidationError,
    ]
    assert Result.objects.get().version == 1
    assert files() == before + 2


def test_two_corrections_at_once_make_two_versions_each_with_its_note() -> None:
    scene = make_counted()
    publish(scene)

    outcomes = at_once(
        *[
            or_refused(lambda note=note: publish(scene, now=OUT, note=note))  # type: ignore[misc]
            for note in ("Une erreur.", "Une autre.")
        ]
    )

    assert all(isinstance(one, Result) for one in outcomes)
    assert sorted(Result.objects.values_list("version", flat=True)) == [1, 2, 3]


def test_calling_off_and_publishing_at_once_leave_one_state() -> None:
    scene = make_counted()
    result = publish(scene, at=INSTANT)

    at_once(
        or_refused(lambda: publishing.call_off(result, by=scene.editor, now=result.decided_at)),
        or_refused(lambda: publish(scene)),
    )

    standing = list(Result.objects.filter(called_off_at=None))
    jury = Jury.objects.get(contest=scene.contest_scene.contest)
    assert jury.released_at == (standing[0].published_at if standing else None)
    assert len(standing) <= 1


def test_the_mails_leave_once() -> None:
    scene = make_counted()
    result = publish(scene)
    queued = MailRecord.objects.filter(kind__in=telling.KINDS)
    queued.delete()
    Result.objects.filter(pk=result.pk).update(told_at=None)

    outcomes = at_once(*[lambda: telling.tell_schools(result.pk, now=OUT) for _ in range(3)])

    assert sorted(outcomes) == [0, 0, 4]
    assert queued.count() == 4
    assert not [one for one in outcomes if isinstance(one, ContestError)]
