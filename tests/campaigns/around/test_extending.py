"""Extra time for one establishment: who gives it, what it lets do, who is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

from accounts.models import MailRecord
from campaigns import drafts, extending, submission
from campaigns.errors import CallClosed, NotAllowed
from campaigns.models import Action, Extension
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.scene import LATE, NOW, make_draft, make_published, make_scene
from tests.campaigns.sheet import NEW, edit_address, typed
from tests.factories import EstablishmentFactory, UserFactory, make_editor, make_site, sign_up

pytestmark = pytest.mark.django_db

UNTIL = datetime(2023, 3, 16, 22, 59, 59, tzinfo=UTC)
"""The end of the seventh day after the deadline, in Paris."""

AFTER = UNTIL + timedelta(seconds=1)


def address(scene) -> str:
    return f"/admin/fiches/delais/{scene.edition.pk}/"


def give(scene, **changes) -> Extension:
    return extending.grant(
        scene.edition,
        scene.establishment,
        **{"until": UNTIL, "by": scene.editor, "now": LATE} | changes,
    )


# The rule


def test_a_school_with_extra_time_writes_and_hands_in_until_its_last_second(scene) -> None:
    draft = make_draft(scene)
    give(scene)
    version = drafts.latest_version(draft)
    version.place = "Préau"

    drafts.save_draft(version, by=scene.account, now=UNTIL)
    submission.submit(draft, by=scene.account, now=UNTIL)

    assert Action.objects.get(pk=draft.pk).status == "network_review"


def test_a_second_later_nothing_is_handed_in(scene) -> None:
    draft = make_draft(scene)
    give(scene)

    with pytest.raises(CallClosed):
        submission.submit(draft, by=scene.account, now=AFTER)

    assert Action.objects.get(pk=draft.pk).status == "draft"


def test_extra_time_is_for_one_school_only(scene) -> None:
    give(scene)
    other = EstablishmentFactory(academy=scene.academy)
    account = sign_up(other)

    drafts.start_draft(scene.establishment, scene.edition, by=scene.account, now=UNTIL)
    with pytest.raises(CallClosed):
        drafts.start_draft(other, scene.edition, by=account, now=UNTIL)


def test_extra_time_never_shortens_a_call_that_was_prolonged_since(scene) -> None:
    draft = make_draft(scene)
    give(scene)
    scene.edition.call_closes_at = UNTIL + timedelta(days=3)
    scene.edition.save()

    submission.submit(draft, by=scene.account, now=UNTIL + timedelta(days=2))

    assert Action.objects.get(pk=draft.pk).status == "network_review"


def test_extra_time_is_no_way_in_before_the_call_opens(scene) -> None:
    give(scene)
    early = scene.edition.call_opens_at - timedelta(seconds=1)

    with pytest.raises(CallClosed):
        drafts.start_draft(scene.establishment, scene.edition, by=scene.account, now=early)


# Giving and taking back


def test_giving_time_is_logged_with_its_actor_and_told_to_the_school(scene) -> None:
    give(scene)

    entry = PageLogEntry.objects.get(action="campaigns.extend")
    assert (entry.user, entry.page_id) == (scene.editor, scene.edition.pk)
    assert entry.data["uai"] == scene.establishment.uai
    assert "jeudi 16 mars 2023 à 23\u00a0h\u00a059" in entry.formatter.format_message(entry)
    mail = MailRecord.objects.get(kind="extension_granted")
    assert mail.recipient == scene.establishment.mailbox
    assert "jeudi 16 mars 2023 à 23\u00a0h\u00a059" in mail.body
    assert "/espace/" in mail.body


def test_a_double_click_gives_once(scene) -> None:
    give(scene)
    give(scene)

    assert Extension.objects.get().until == UNTIL
    assert MailRecord.objects.filter(kind="extension_granted").count() == 1
    assert PageLogEntry.objects.filter(action="campaigns.extend").count() == 1


def test_the_time_given_may_be_changed(scene) -> None:
    give(scene)
    give(scene, until=UNTIL + timedelta(days=2))

    assert Extension.objects.get().until == UNTIL + timedelta(days=2)
    assert MailRecord.objects.filter(kind="extension_granted").count() == 2


def test_time_taken_back_closes_the_fiche_and_keeps_the_draft(scene) -> None:
    draft = make_draft(scene)
    give(scene)

    with time_machine.travel(LATE, tick=False):
        extending.end(scene.edition, scene.establishment, by=scene.editor)

    assert not Extension.objects.exists()
    assert PageLogEntry.objects.filter(action="campaigns.end_extension").count() == 1
    assert MailRecord.objects.filter(kind="extension_ended").count() == 1
    with pytest.raises(CallClosed):
        submission.submit(draft, by=scene.account, now=LATE)
    assert drafts.latest_version(draft).title


@pytest.mark.parametrize("days", [-1, 0, 61])
def test_time_that_makes_no_sense_is_refused(scene, days) -> None:
    with pytest.raises(ValidationError):
        give(scene, until=LATE + timedelta(days=days))

    assert not Extension.objects.exists()


def test_one_click_gives_seven_days_after_now_or_after_what_there_was(scene) -> None:
    before_the_deadline = extending.proposed(scene.edition, None, NOW)
    long_after = extending.proposed(scene.edition, None, LATE + timedelta(days=5))
    once_more = extending.proposed(scene.edition, UNTIL, LATE)

    assert before_the_deadline == UNTIL
    assert long_after == datetime(2023, 3, 22, 22, 59, 59, tzinfo=UTC)
    assert once_more == UNTIL + timedelta(days=7)


# Who may


def test_nobody_but_the_editors_of_the_academy_gives_time(scene) -> None:
    elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))

    for person in (scene.account, scene.lead, elsewhere, UserFactory()):
        with pytest.raises(NotAllowed):
            give(scene, by=person)
        with pytest.raises(NotAllowed):
            extending.end(scene.edition, scene.establishment, by=person)
    assert not Extension.objects.exists()


def test_an_establishment_of_another_academy_is_given_no_time(scene) -> None:
    foreign = EstablishmentFactory()

    with pytest.raises(NotAllowed):
        extending.grant(scene.edition, foreign, until=UNTIL, by=scene.editor, now=LATE)


# The editors' page


def test_an_editor_finds_a_school_and_gives_it_seven_days_in_one_click(scene) -> None:
    browser = signed_in(scene.editor)
    with time_machine.travel(LATE, tick=False):
        page = browser.get(address(scene), {"q": scene.establishment.uai})
        assert 'value="2023-03-17"' in page.content.decode()
        response = browser.post(
            address(scene), {"uai": scene.establishment.uai, "until": "2023-03-17"}, follow=True
        )

    assert Extension.objects.get().until == datetime(2023, 3, 17, 22, 59, 59, tzinfo=UTC)
    assert scene.establishment.name in response.content.decode()


def test_the_page_tells_what_is_wrong_with_a_day_and_keeps_it(scene) -> None:
    browser = signed_in(scene.editor)
    with time_machine.travel(LATE, tick=False):
        response = browser.post(
            address(scene), {"uai": scene.establishment.uai, "until": "31/02/2023"}
        )

    assert response.status_code == 422
    assert "31/02/2023" in response.content.decode()
    assert not Extension.objects.exists()


def test_the_page_takes_time_back(scene) -> None:
    give(scene)
    browser = signed_in(scene.editor)
    with time_machine.travel(LATE, tick=False):
        browser.post(address(scene), {"uai": scene.establishment.uai, "do": "end"})

    assert not Extension.objects.exists()


def test_the_page_is_for_the_editors_of_the_academy_alone(scene) -> None:
    elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))

    for person in (scene.account, scene.lead, elsewhere):
        browser = signed_in(person)
        assert browser.get(address(scene)).status_code in (302, 404)
        sent = browser.post(address(scene), {"uai": scene.establishment.uai, "until": "2023-03-17"})
        assert sent.status_code in (302, 404)
    assert Client().get(address(scene)).status_code == 302
    assert not Extension.objects.exists()


def test_the_page_finds_no_school_of_another_academy(scene) -> None:
    foreign = EstablishmentFactory(name="Collège lointain")
    browser = signed_in(scene.editor)

    assert foreign.uai not in browser.get(address(scene), {"q": "lointain"}).content.decode()
    sent = browser.post(address(scene), {"uai": foreign.uai, "until": "2099-03-17"})
    assert sent.status_code == 404


@pytest.mark.parametrize("query", ["%00", "' --", "é" * 500, "²"])
def test_no_search_breaks_the_page(scene, query) -> None:
    assert signed_in(scene.editor).get(address(scene), {"q": query}).status_code == 200


def test_the_page_asks_as_many_queries_for_thirty_schools_as_for_one(scene) -> None:
    browser = signed_in(scene.editor)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(address(scene), {"q": "college"}).status_code == 200
        return len(captured)

    give(scene)
    queries()
    once = queries()
    for number in range(29):
        school = EstablishmentFactory(academy=scene.academy, name=f"Collège {number}")
        extending.grant(scene.edition, school, until=UNTIL, by=scene.editor, now=LATE)

    assert queries() == once


# The school's space


def test_the_space_says_the_new_deadline_and_lets_write(at, scene) -> None:
    draft = make_draft(scene)
    give(scene)

    school = at(LATE)
    page = school.get("/espace/").content.decode()
    assert "16 mars à 23\u00a0h\u00a059" in page
    assert NEW in page
    assert school.get(NEW).status_code == 200
    school.post(edit_address(draft), typed(draft, do="submit"))

    assert Action.objects.get(pk=draft.pk).status == "network_review"


def test_what_is_typed_a_moment_after_the_extra_time_is_kept_as_a_draft(at, scene) -> None:
    draft = make_draft(scene)
    give(scene)

    response = at(AFTER).post(edit_address(draft), typed(draft, do="submit", place="Préau"))

    assert response.status_code == 409
    assert drafts.latest_version(draft).place == "Préau"
    assert Action.objects.get(pk=draft.pk).status == "draft"


def test_after_the_deadline_the_page_says_what_to_do(at, scene) -> None:
    page = at(LATE).get(NEW).content.decode()

    assert scene.academy.contact_email in page
    assert "jeudi 9 mars 2023 à 23\u00a0h\u00a059" in page


def test_the_space_asks_as_many_queries_for_thirty_fiches_after_the_deadline(at, scene) -> None:
    def queries() -> int:
        school = at(LATE)
        with CaptureQueriesContext(connection) as captured:
            assert school.get("/espace/").status_code == 200
        return len(captured)

    give(scene)
    make_published(scene)
    make_draft(scene)
    queries()
    once = queries()
    for number in range(14):
        make_published(scene, title=f"Publiée {number}")
        make_draft(scene, title=f"Brouillon {number}")

    assert queries() == once


def test_two_academies_do_not_share_extra_time(scene) -> None:
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    give(scene)

    with pytest.raises(CallClosed):
        drafts.start_draft(other.establishment, other.edition, by=other.account, now=UNTIL)
