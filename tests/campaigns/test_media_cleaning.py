"""Files taken off a fiche leave the disk, and no file that somebody may still read or publish."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from campaigns import discarding, drafts, media_cleaning, merging, review, submission
from campaigns.models import Action, ActionMedia
from campaigns.models.action_rows import private_storage
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    write,
)
from tests.campaigns.test_concurrency import at_once
from tests.campaigns.test_media_access import store

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1, minutes=1)


def is_kept(medium: ActionMedia) -> bool:
    """Whether the file is still on the disk."""
    return private_storage().exists(medium.file.name or "")


def clean(*options: str) -> str:
    """Run the command a day from now; what it says."""
    said = StringIO()
    with time_machine.travel(datetime.now(UTC) + TOMORROW):
        call_command("remove_orphan_files", *options, stdout=said, stderr=said)
    return said.getvalue()


def test_a_file_taken_off_a_draft_is_deleted_the_next_day(scene) -> None:
    gone, stays = store("a.pdf"), store("b.pdf")
    draft = make_draft(scene, media=[gone, stays])
    write(scene, draft, media=[stays])

    call_command("remove_orphan_files", stdout=StringIO())
    assert is_kept(gone)
    assert f"File of no fiche: {gone.file.name}" in clean("--dry-run")
    assert is_kept(gone)
    clean()

    assert (is_kept(gone), is_kept(stays)) == (False, True)


def test_the_files_of_a_discarded_draft_are_deleted(scene) -> None:
    medium = store("a.pdf")
    draft = make_draft(scene, media=[medium])

    discarding.discard_draft(draft, by=scene.account)
    clean()

    assert not is_kept(medium)


def test_a_file_that_a_form_left_without_a_fiche_is_deleted(scene) -> None:
    medium = store("a.pdf")

    clean()

    assert not is_kept(medium)


def test_a_public_file_stays_while_a_change_without_it_is_written_and_goes_once_that_is_public(
    scene,
) -> None:
    old, new = store("ancien.pdf"), store("nouveau.pdf")
    action = write(scene, make_published(scene, media=[old]), media=[new])
    clean()
    assert (is_kept(old), is_kept(new)) == (True, True)

    action = submission.submit(action, by=scene.account, now=NOW)
    clean()
    assert (is_kept(old), is_kept(new)) == (True, True)

    action = review.publish(review.give_visa(action, by=scene.lead), by=scene.editor)
    clean()
    assert (is_kept(old), is_kept(new)) == (False, True)


def test_what_reviewers_judged_stays_while_its_school_corrects(scene) -> None:
    judged, written = store("jugé.pdf"), store("écrit.pdf")
    action = make_returned(scene, media=[judged])
    action = write(scene, action, media=[written])
    clean()
    assert (is_kept(judged), is_kept(written)) == (True, True)

    submission.submit(action, by=scene.account, now=NOW)
    clean()
    assert (is_kept(judged), is_kept(written)) == (False, True)


def test_what_a_change_sent_back_held_stays_while_it_is_corrected(scene) -> None:
    public, judged, written = store("public.pdf"), store("jugé.pdf"), store("écrit.pdf")
    action = write(scene, make_published(scene, media=[public]), media=[judged])
    action = submission.submit(action, by=scene.account, now=NOW)
    action = review.request_changes(action, by=scene.lead, comment="Encore.")
    write(scene, action, media=[written])

    clean()

    assert [is_kept(one) for one in (public, judged, written)] == [True, True, True]


@pytest.mark.parametrize("end", [review.withdraw, review.refuse])
def test_the_files_of_a_fiche_that_is_withdrawn_or_refused_stay_for_a_review_reopened(
    scene, end
) -> None:
    medium = store("a.pdf")
    make = make_published if end is review.withdraw else make_endorsed
    action = end(make(scene, media=[medium]), by=scene.editor, comment="Motif.")
    clean()
    assert is_kept(medium)

    review.publish(review.reopen(action, by=scene.editor), by=scene.editor)
    clean()
    assert is_kept(medium)


def test_the_files_of_both_fiches_of_a_merge_stay(scene) -> None:
    first, second = store("a.pdf"), store("b.pdf")
    kept = make_published(scene, media=[first])
    gone = make_published(scene, media=[second])

    merging.merge(gone, into=kept, by=scene.editor, now=NOW)
    clean()

    assert (is_kept(first), is_kept(second)) == (True, True)


def test_a_fiche_whose_file_is_lost_is_named(scene) -> None:
    medium = store("a.pdf")
    draft = make_draft(scene, media=[medium])
    private_storage().delete(medium.file.name or "")

    assert f"Missing file: {medium.file.name} (fiche {draft.pk})" in clean()


@pytest.mark.parametrize("name", ["posters/a/original", "booklets/a.pdf", "../a", "actions"])
def test_nothing_but_the_files_of_fiches_is_deleted(name) -> None:
    with pytest.raises(ValueError, match=name):
        media_cleaning.remove(name)


def test_what_is_asked_of_the_database_does_not_grow_with_the_fiches(
    scene, django_assert_num_queries
) -> None:
    for _number in range(30):
        make_draft(scene, media=[store("a.pdf")])

    with django_assert_num_queries(2):
        assert media_cleaning.unused_files(datetime.now(UTC)) == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_cleaning_while_files_come_and_go_leaves_every_file_of_a_fiche() -> None:
    scene = make_scene()
    fiches = [make_draft(scene, media=[store(f"{number}.pdf")]) for number in range(4)]
    gone = [store(f"oublié-{number}.pdf") for number in range(20)]
    for medium in [*gone, *ActionMedia.objects.all()]:
        age(medium)
    yesterday = datetime.now(UTC) - timedelta(hours=1)

    def clean_now() -> None:
        for name in media_cleaning.unused_files(yesterday):
            media_cleaning.remove(name)

    def publish(action: Action) -> None:
        submission.submit(action, by=scene.account, now=NOW)
        review.publish(review.give_visa(action, by=scene.lead), by=scene.editor)

    at_once(
        *[lambda action=action: publish(action) for action in fiches[:2]],
        lambda: replace_file(scene, fiches[2]),
        *[clean_now] * 2,
    )

    held = [
        medium
        for action in Action.objects.all()
        for medium in [*drafts.latest_version(action).media.all(), *action.media.all()]
    ]
    assert len(held) >= 4
    assert all(is_kept(medium) for medium in held)
    assert not any(is_kept(medium) for medium in gone)


def age(medium: ActionMedia) -> None:
    """Make the file two days old."""
    then = (datetime.now(UTC) - 2 * TOMORROW).timestamp()
    os.utime(private_storage().path(medium.file.name or ""), (then, then))


def replace_file(scene: Scene, action: Action) -> None:
    """Take the file off the fiche and add another one."""
    write(scene, action, media=[store("autre.pdf")])
