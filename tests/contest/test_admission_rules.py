"""Who may decide what about a poster, in which state, and what follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import MailRecord
from contest import admission, depositing, status
from contest.enums import Decision, PosterStatus, Reason
from contest.errors import ContestError, EditConflict, NotAllowed, NotPrepared, OutOfTurn
from contest.history import history_of, last_words
from contest.models import Poster
from tests.contest.scene import (
    NOW,
    Scene,
    make_admitted,
    make_draft,
    make_file,
    make_refused,
    make_returned,
    make_submitted,
    make_withdrawn,
)
from tests.contest.scene import make_scene as make_other_scene
from tests.factories import EstablishmentFactory, make_site, sign_up

pytestmark = pytest.mark.django_db

MAKERS = {
    PosterStatus.DRAFT: make_draft,
    PosterStatus.SUBMITTED: make_submitted,
    PosterStatus.RETURNED: make_returned,
    PosterStatus.ADMITTED: make_admitted,
    PosterStatus.REFUSED: make_refused,
    PosterStatus.WITHDRAWN: make_withdrawn,
}

ALLOWED = {
    PosterStatus.DRAFT: {},
    PosterStatus.SUBMITTED: {
        Decision.ADMIT: PosterStatus.ADMITTED,
        Decision.RETURN: PosterStatus.RETURNED,
        Decision.REFUSE: PosterStatus.REFUSED,
        Decision.WITHDRAW: PosterStatus.WITHDRAWN,
    },
    PosterStatus.RETURNED: {
        Decision.REFUSE: PosterStatus.REFUSED,
        Decision.WITHDRAW: PosterStatus.WITHDRAWN,
    },
    PosterStatus.ADMITTED: {
        Decision.REOPEN: PosterStatus.SUBMITTED,
        Decision.WITHDRAW: PosterStatus.WITHDRAWN,
    },
    PosterStatus.REFUSED: {
        Decision.REOPEN: PosterStatus.SUBMITTED,
        Decision.WITHDRAW: PosterStatus.WITHDRAWN,
    },
    PosterStatus.WITHDRAWN: {},
}


def decide(poster: Poster, decision: Decision, scene: Scene, **fields: Any) -> Poster:
    values: dict[str, Any] = {"reason": Reason.UNREADABLE, "comment": "Un mot."} | fields
    return admission.decide(poster, decision, by=scene.editor, **values)


@pytest.mark.parametrize("start", list(MAKERS))
def test_each_decision_leads_where_the_table_says_or_is_refused(
    scene: Scene, start: PosterStatus
) -> None:
    scene.contest.max_posters = 20
    scene.contest.save()
    outcomes: dict[Decision, PosterStatus] = {}
    for decision in Decision:
        poster = MAKERS[start](scene)
        try:
            after = decide(poster, decision, scene)
        except ContestError:
            assert Poster.objects.get(pk=poster.pk).status == start
            continue
        outcomes[decision] = PosterStatus(after.status)
        assert after.status == status.derived_status(after)
        assert after.live == (after.status == PosterStatus.ADMITTED)
    assert outcomes == ALLOWED[start]


def test_only_the_editors_of_the_academie_decide(scene: Scene) -> None:
    poster = make_submitted(scene)
    elsewhere = make_other_scene(make_site("amiens", "amiens.localhost", is_default=False))
    for stranger in (scene.account, scene.lead, elsewhere.editor, elsewhere.account):
        assert admission.available_decisions(poster, stranger) == []
        with pytest.raises(NotAllowed):
            admission.decide(poster, Decision.ADMIT, by=stranger)
    assert Poster.objects.get(pk=poster.pk).status == PosterStatus.SUBMITTED


@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.REFUSE])
def test_a_reason_of_the_list_is_needed(scene: Scene, decision: Decision) -> None:
    poster = make_submitted(scene)
    with pytest.raises(ValidationError) as refusal:
        decide(poster, decision, scene, reason="")
    assert list(refusal.value.message_dict) == ["reason"]
    with pytest.raises(ValidationError) as refusal:
        decide(poster, decision, scene, reason=Reason.OTHER, comment=" ")
    assert list(refusal.value.message_dict) == ["comment"]


def test_a_withdrawal_by_the_academie_needs_words(scene: Scene) -> None:
    poster = make_admitted(scene)
    with pytest.raises(ValidationError) as refusal:
        decide(poster, Decision.WITHDRAW, scene, comment="")
    assert list(refusal.value.message_dict) == ["comment"]


def test_a_poster_is_admitted_once_its_pictures_are_made(scene: Scene) -> None:
    version = depositing.save_draft(
        make_draft(scene),
        by=scene.account,
        now=NOW,
        file=make_file(scene.establishment, scene.contest),
    )
    poster = depositing.submit(version, by=scene.account, now=NOW)
    assert poster.file is not None
    poster.file.prepared_at = None
    poster.file.save()
    with pytest.raises(NotPrepared):
        decide(poster, Decision.ADMIT, scene)
    assert Poster.objects.get(pk=poster.pk).number is None


def test_a_poster_changed_since_the_editor_looked_is_not_admitted(scene: Scene) -> None:
    poster = make_submitted(scene)
    seen = poster.latest_revision_id
    poster.title = "Un autre titre"
    depositing.save_draft(poster, by=scene.account, now=NOW)
    with pytest.raises(EditConflict):
        decide(poster, Decision.ADMIT, scene, expected_revision=seen)


def test_a_number_is_never_given_twice_nor_changed(scene: Scene) -> None:
    scene.contest.max_posters = 20
    scene.contest.save()
    first = make_admitted(scene)
    decide(first, Decision.REOPEN, scene)
    second = make_admitted(scene)
    again = decide(first, Decision.ADMIT, scene)
    decide(second, Decision.WITHDRAW, scene)
    third = make_admitted(scene)
    assert (again.number, third.number) == (1, 3)


def test_a_correction_returns_to_the_editors(scene: Scene) -> None:
    poster = make_returned(scene)
    late = scene.contest.deposit_closes_at + timedelta(days=1)
    again = depositing.submit(poster, by=scene.account, now=late)
    assert again.status == PosterStatus.SUBMITTED
    assert decide(again, Decision.ADMIT, scene).status == PosterStatus.ADMITTED


def test_each_act_is_logged_with_who_and_why(scene: Scene) -> None:
    poster = make_returned(scene)
    acts = history_of(poster)
    assert [act.label for act in acts] == ["Renvoyée pour correction", "Déposée"]
    assert acts[0].who == scene.editor.get_full_name()
    assert acts[1].who == str(scene.establishment)
    assert acts[0].comment == last_words(poster)
    assert acts[0].comment.endswith("Décrivez aussi le slogan.")


@pytest.mark.parametrize(
    ("decision", "kind", "words"),
    [
        (Decision.ADMIT, "poster_admitted", "sous le numéro 1"),
        (Decision.RETURN, "poster_returned", "floue"),
        (Decision.REFUSE, "poster_refused", "floue"),
        (Decision.WITHDRAW, "poster_withdrawn", "Un mot."),
    ],
)
def test_the_establishment_is_told_at_its_official_mailbox(
    scene: Scene, decision: Decision, kind: str, words: str
) -> None:
    decide(make_submitted(scene), decision, scene)
    mail = MailRecord.objects.get(kind=kind)
    assert mail.recipient == scene.establishment.mailbox
    assert words in mail.body
    assert "/espace/" in mail.body or decision == Decision.WITHDRAW
    assert "/admin/" not in mail.body


def test_several_admitted_at_once_each_get_a_number_and_the_others_a_reason(scene: Scene) -> None:
    other = EstablishmentFactory(academy=scene.academy)
    sign_up(other)
    waiting = [
        make_submitted(scene),
        make_submitted(scene),
        make_submitted(scene, establishment=other),
    ]
    refused = make_refused(scene)
    outcome = admission.admit_all([*waiting, refused], by=scene.editor)
    assert sorted(poster.number for poster in outcome.admitted) == [1, 2, 3]
    assert [(poster.pk, type(error)) for poster, error in outcome.left] == [(refused.pk, OutOfTurn)]
