"""What is kept while one types, and what the script of the page is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from wagtail.models import ModelLogEntry, Revision

from campaigns.drafts import ONE_SITTING, latest_version
from campaigns.models import Action
from tests.campaigns.scene import (
    LATE,
    NOW,
    make_draft,
    make_published,
    make_returned,
    make_submitted,
    write,
)
from tests.campaigns.sheet import HOW, NEW, OUTCOME, WHO, edit_address, only_fiche, typed
from tests.factories import EstablishmentFactory, UserFactory, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def send(school, scene, clock):
    """`send(action, place="Préau")`: what the script sends, and what it is told."""

    def send(action: Action | None = None, step: str = HOW, **fields: Any) -> dict[str, Any]:
        sent = typed(action, step=step, do="autosave", **fields)
        sent["account"] = str(scene.account.pk)
        address = edit_address(action, step) if action else NEW
        answer = school.post(address, sent, HTTP_ACCEPT="application/json")
        return answer.json() | {"status": answer.status_code}

    return send


def revisions_of(action: Action) -> int:
    """How many versions of the fiche are kept."""
    return Revision.objects.for_instance(action).count()


def test_what_is_typed_is_kept_and_the_hour_told(send, scene) -> None:
    draft = make_draft(scene)

    said = send(draft, place="Préau")

    assert (said["state"], said["at"], said["faults"]) == ("saved", "12\u00a0h", [])
    assert latest_version(draft).place == "Préau"
    assert said["revision"] == str(latest_version(draft).latest_revision_id)


def test_the_answer_lets_the_page_save_again(send, scene) -> None:
    draft = make_draft(scene)
    first = send(draft, place="Préau")

    second = send(draft, place="Foyer", revision=first["revision"], seen=first["seen"])

    assert second["state"] == "saved"
    assert latest_version(draft).place == "Foyer"


def test_rows_kept_while_typing_are_not_kept_twice(send, scene) -> None:
    draft = make_draft(scene, partners=[])
    first = send(draft, **{"partners-0-name": "Ville"})
    row = latest_version(draft).partners.get()
    assert first["rows"] == {"partners-0-row": str(row.pk)}

    send(
        draft,
        revision=first["revision"],
        **{"partners-0-name": "Ville de Dieppe", **first["rows"]},
    )

    assert [(one.pk, one.name) for one in latest_version(draft).partners.all()] == [
        (row.pk, "Ville de Dieppe")
    ]


def test_typing_for_an_hour_leaves_one_version_and_no_line_in_the_log(send, scene, clock) -> None:
    draft = make_draft(scene)
    before, told = revisions_of(draft), ModelLogEntry.objects.count()
    said = {"revision": str(draft.latest_revision_id)}
    for number in range(12):
        clock.shift(timedelta(minutes=5))
        said = send(draft, place=f"Salle {number}", revision=said["revision"])

    assert revisions_of(draft) == before + 1
    assert ModelLogEntry.objects.count() == told


def test_a_version_of_the_sitting_before_is_kept(send, scene, clock) -> None:
    draft = make_draft(scene)
    before = revisions_of(draft)
    said = send(draft, place="Salle 1")
    clock.shift(ONE_SITTING + timedelta(seconds=1))

    send(draft, place="Salle 2", revision=said["revision"])

    assert revisions_of(draft) == before + 2


def test_a_version_saved_by_a_button_never_gives_way(send, school, scene) -> None:
    draft = make_draft(scene)
    school.post(edit_address(draft), typed(draft, place="Préau"))
    draft.refresh_from_db()
    before = revisions_of(draft)

    send(draft, place="Foyer")

    assert revisions_of(draft) == before + 1
    assert Revision.objects.filter(pk=draft.latest_revision_id).exists()


def test_a_button_takes_the_place_of_what_was_kept_while_typing(send, school, scene) -> None:
    draft = make_draft(scene)
    before = revisions_of(draft)
    said = send(draft, place="Préau")

    school.post(edit_address(draft), typed(draft, place="Foyer", revision=said["revision"]))

    assert revisions_of(draft) == before + 1
    assert ModelLogEntry.objects.filter(revision=latest_version(draft).latest_revision).exists()


@pytest.mark.parametrize("make", [make_returned, make_published])
def test_what_reviewers_read_or_published_never_gives_way(send, scene, make) -> None:
    action = make(scene)
    handed_in = set(Revision.objects.for_instance(action).values_list("pk", flat=True))

    said = send(action, place="Préau")
    send(action, place="Foyer", revision=said["revision"])

    kept = set(Revision.objects.for_instance(action).values_list("pk", flat=True))
    assert handed_in <= kept
    assert len(kept) == len(handed_in) + 1
    assert Action.objects.get(pk=action.pk).place == ""


def test_nothing_changed_is_no_new_version(send, school, scene) -> None:
    draft = make_draft(scene)
    said = send(draft)
    before = revisions_of(draft)

    again = send(draft, revision=said["revision"])

    assert again["state"] == "saved"
    assert again["revision"] == said["revision"]
    assert revisions_of(draft) == before


def test_what_is_typed_wrongly_is_told_and_the_rest_kept(send, scene) -> None:
    draft = make_draft(scene, place="Préau")
    rows = {
        "sessions-0-date": "04/04/2023",
        "sessions-1-row": "",
        "sessions-1-date": "bientôt",
        "partners-0-type": "",
        "partners-0-name": "",
    }

    said = send(draft, starts_on="bientôt", place="Foyer", **rows)

    assert said["state"] == "saved"
    assert [fault["target"] for fault in said["faults"]] == ["id_starts_on", "id_sessions-1-date"]
    kept = latest_version(draft)
    assert (kept.place, kept.starts_on) == ("Foyer", None)
    assert [row.date.day for row in kept.sessions.all()] == [4]


def test_a_wrong_value_leaves_the_one_that_was_kept(send, scene) -> None:
    draft = make_draft(scene, budget=12, title="Le café")

    send(draft, step=OUTCOME, budget="beaucoup")
    draft.refresh_from_db()
    said = send(draft, step=WHO, title="")

    assert latest_version(draft).budget == 12
    assert latest_version(draft).title == "Le café"
    assert [fault["target"] for fault in said["faults"]] == ["id_title"]


def test_nothing_exists_before_it_has_a_title(send) -> None:
    said = send(title="  ", summary="Une idée")

    assert said["state"] == "waits"
    assert not Action.objects.exists()


def test_a_blank_form_starts_one_fiche_however_often_it_is_sent(send, scene) -> None:
    key = str(uuid4())

    first = send(key=key)
    again = send(key=key)

    draft = only_fiche(scene)
    assert first["address"] == again["address"] == edit_address(draft, WHO)
    assert first["fiche"] == str(draft.pk)


def test_another_step_saved_elsewhere_is_no_conflict_and_stays(send, school, scene) -> None:
    draft = make_draft(scene)
    seen = school.get(edit_address(draft)).context["form"]["seen"].value()
    write(scene, draft, outcome="Un livret.", title="Le café")

    said = send(draft, place="Préau", seen=seen)

    assert said["state"] == "saved"
    kept = latest_version(draft)
    assert (kept.place, kept.outcome, kept.title) == ("Préau", "Un livret.", "Le café")


def test_the_same_step_saved_elsewhere_is_told_and_not_overwritten(send, school, scene) -> None:
    draft = make_draft(scene)
    seen = school.get(edit_address(draft)).context["form"]["seen"].value()
    write(scene, draft, place="Gymnase")

    said = send(draft, place="Préau", seen=seen)

    assert (said["state"], said["status"]) == ("conflict", 409)
    assert latest_version(draft).place == "Gymnase"


def test_two_tabs_of_the_same_writer_do_not_overwrite_each_other(send, school, scene) -> None:
    draft = make_draft(scene)
    page = school.get(edit_address(draft)).context["form"]
    opened = {"revision": str(draft.latest_revision_id), "seen": page["seen"].value()}

    first = send(draft, place="Préau", **opened)
    second = send(draft, place="Foyer", **opened)

    assert (first["state"], second["state"]) == ("saved", "conflict")
    assert latest_version(draft).place == "Préau"


def test_the_same_text_from_two_tabs_is_saved(send, scene) -> None:
    draft = make_draft(scene)
    send(draft, place="Préau")

    assert send(draft, place="Préau")["state"] == "saved"


def test_once_the_session_has_ended_the_page_is_told_so(scene, clock) -> None:
    draft = make_draft(scene)

    answer = Client().post(edit_address(draft), typed(draft, do="autosave", place="Préau"))

    assert (answer.status_code, answer.json()) == (403, {"state": "session"})
    assert not latest_version(draft).place


def test_a_token_of_the_session_before_is_told_as_its_end(scene, clock) -> None:
    draft = make_draft(scene)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.account)

    answer = browser.post(edit_address(draft), typed(draft, do="autosave", place="Préau"))

    assert answer.json() == {"state": "session"}
    assert not latest_version(draft).place


def test_a_text_never_goes_to_another_account(scene, clock) -> None:
    other = sign_up(EstablishmentFactory(academy=scene.academy))
    browser = Client()
    browser.force_login(other)
    sent = typed(do="autosave", account=str(scene.account.pk))

    assert browser.post(NEW, sent).json()["state"] == "another"
    assert not Action.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "editor"])
def test_nobody_else_keeps_anything(scene, clock, who) -> None:
    draft = make_draft(scene)
    people = {
        "stranger": sign_up(EstablishmentFactory(academy=scene.academy)),
        "editor": scene.editor,
    }
    browser = Client()
    browser.force_login(people[who])
    sent = typed(draft, do="autosave", place="Préau", account=str(people[who].pk))

    assert browser.post(edit_address(draft), sent).status_code in (403, 404)
    assert not latest_version(draft).place


def test_a_person_without_a_role_starts_nothing(clock) -> None:
    browser = Client()
    browser.force_login(UserFactory())

    assert browser.post(NEW, typed(do="autosave")).status_code == 403


def test_what_is_typed_at_the_last_second_is_kept(send, scene, clock) -> None:
    draft = make_draft(scene)
    clock.move_to(LATE + timedelta(minutes=5))

    assert send(draft, place="Préau")["state"] == "saved"


def test_long_after_the_call_the_page_is_told_why_nothing_is_kept(send, scene, clock) -> None:
    draft = make_draft(scene)
    clock.move_to(LATE + timedelta(hours=2))

    for said in (send(draft, place="Préau"), send()):
        assert (said["state"], said["reason"]) == ("refused", "late")
        assert said["words"]
    assert not latest_version(draft).place


def test_a_fiche_handed_in_meanwhile_is_not_written(send, scene) -> None:
    action = make_submitted(scene)

    said = send(action, place="Préau")

    assert (said["state"], said["reason"]) == ("refused", "held")
    assert not latest_version(action).place


@pytest.mark.parametrize("revision", ["", "x", "9" * 4000])
def test_a_page_that_names_no_revision_overwrites_nothing(send, scene, revision) -> None:
    draft = make_draft(scene)

    assert send(draft, place="Préau", revision=revision)["state"] == "conflict"
    assert not latest_version(draft).place
