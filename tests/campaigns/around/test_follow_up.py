"""The follow-up of a fiche: when, by whom, what it changes, who reads it again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import MailRecord
from campaigns import drafts, follow_up, review, submission
from campaigns.errors import CallClosed, EditConflict, NotAllowed, OutOfTurn
from campaigns.models import Action, ActionIndicator, AssociatedEstablishment
from campaigns.phases import Calendar
from campaigns.printing.fiche_data import fiche_data
from tests.campaigns.scene import AFTER, NOW, make_draft, make_endorsed, make_published, write
from tests.factories import EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db

LAST_DAY = datetime(2023, 4, 6, 22, 0, 0, tzinfo=UTC)
"""Midnight, in Paris, at the start of the last day of the factories' Week."""

VALUES = {
    "pupils_actual": 52,
    "adults_actual": 6,
    "outcome": "Un carnet de douze pages.",
    "satisfaction": 4,
    "continued": False,
    "strengths": "L’entrain.",
    "improvements": "",
    "advice": "Commencer en juin.",
}


def address(action: Action) -> str:
    return f"/espace/fiches/{action.pk}/bilan/"


def typed(action: Action, **changes) -> dict[str, str]:
    return {
        "revision": str(action.latest_revision_id),
        "pupils_actual": "52",
        "satisfaction": "4",
        "continued": "no",
        "outcome": "Un carnet.",
        "do": "save",
    } | changes


def save(scene, action: Action, **changes):
    options = {"by": scene.account, "now": AFTER} | changes
    return follow_up.save(action, VALUES, {}, **options)


def handed_in(scene) -> Action:
    action = make_published(scene)
    save(scene, action)
    return follow_up.hand_in(action, by=scene.account, now=AFTER)


def test_the_calendar_opens_the_follow_up_on_the_last_day_in_paris() -> None:
    calendar = Calendar(NOW, NOW + timedelta(days=3), date(2023, 4, 3), date(2023, 4, 7))

    assert not calendar.accepts_follow_up(LAST_DAY - timedelta(seconds=1))
    assert calendar.accepts_follow_up(LAST_DAY)
    assert calendar.accepts_follow_up(LAST_DAY + timedelta(days=900))


def test_nothing_is_followed_up_before_the_last_day(scene) -> None:
    action = make_published(scene)

    with pytest.raises(CallClosed):
        save(scene, action, now=LAST_DAY - timedelta(seconds=1))


def test_a_follow_up_is_a_draft_version_and_the_public_page_stays(scene) -> None:
    action = make_published(scene)
    save(scene, action)

    row = Action.objects.get(pk=action.pk)
    assert (row.live, row.status, row.pupils_actual) == (True, "published", None)
    assert drafts.latest_version(row).pupils_actual == 52
    assert drafts.latest_version(row).continued is False


def test_a_follow_up_goes_straight_to_the_academy_then_is_published(scene) -> None:
    action = handed_in(scene)
    assert (action.status, action.live) == ("academy_review", True)

    review.publish(action, by=scene.editor)

    row = Action.objects.get(pk=action.pk)
    assert (row.status, row.pupils_actual, row.satisfaction) == ("published", 52, 4)
    assert row.advice == "Commencer en juin."
    assert [partner.name for partner in row.partners.all()] == ["Mission locale"]


def test_a_follow_up_changes_nothing_else_even_where_other_changes_were_begun(scene) -> None:
    action = write(scene, make_published(scene, title="Publiée"), title="Jamais déposée")
    assert [found.second.name for found in follow_up.other_changes(action)] == ["title"]

    save(scene, action)
    action = follow_up.hand_in(action, by=scene.account, now=AFTER)
    review.publish(action, by=scene.editor)

    row = Action.objects.get(pk=action.pk)
    assert (row.title, row.pupils_actual) == ("Publiée", 52)


def test_changes_that_are_no_follow_up_do_not_take_its_short_way(scene) -> None:
    action = write(scene, make_published(scene), title="Autre titre")

    with pytest.raises(OutOfTurn):
        follow_up.hand_in(action, by=scene.account, now=AFTER)


def test_the_results_of_indicators_are_kept_with_them(scene) -> None:
    action = make_published(scene, indicators=[ActionIndicator(label="Présents", target="24")])
    row = action.indicators.get()
    follow_up.save(action, VALUES, {row.pk: "22"}, by=scene.account, now=AFTER)
    action = follow_up.hand_in(action, by=scene.account, now=AFTER)
    review.publish(action, by=scene.editor)

    assert list(action.indicators.values_list("pk", "label", "actual")) == [
        (row.pk, "Présents", "22")
    ]


def test_what_is_missing_is_told_all_at_once(scene) -> None:
    action = make_published(scene)
    follow_up.save(action, {"outcome": "x"}, {}, by=scene.account, now=AFTER)

    with pytest.raises(ValidationError) as refusal:
        follow_up.hand_in(action, by=scene.account, now=AFTER)

    assert set(refusal.value.message_dict) == set(follow_up.REQUIRED)


def test_one_sent_back_is_corrected_and_returns_to_the_academy(scene) -> None:
    action = review.request_changes(handed_in(scene), by=scene.editor, comment="Combien ?")
    assert follow_up.is_open(action, AFTER)

    save(scene, action)
    action = follow_up.hand_in(action, by=scene.account, now=AFTER)

    assert action.status == "academy_review"


def test_while_it_is_read_it_cannot_be_changed(scene) -> None:
    action = handed_in(scene)

    with pytest.raises(OutOfTurn):
        save(scene, action)


@pytest.mark.parametrize("make", [make_draft, make_endorsed])
def test_only_a_published_fiche_is_followed_up(scene, make) -> None:
    with pytest.raises(OutOfTurn):
        save(scene, make(scene))


def test_only_its_authors_follow_a_fiche_up_and_only_its_carrier_hands_it_in(scene) -> None:
    partner, guest = (EstablishmentFactory(academy=scene.academy) for _ in range(2))
    action = make_published(
        scene,
        associated=[
            AssociatedEstablishment(establishment=partner, may_edit=True),
            AssociatedEstablishment(establishment=guest),
        ],
    )

    for person in (scene.lead, scene.editor, sign_up(guest)):
        with pytest.raises(NotAllowed):
            save(scene, action, by=person)
    save(scene, action, by=sign_up(partner))
    with pytest.raises(NotAllowed):
        follow_up.hand_in(action, by=sign_up(partner), now=AFTER)


def test_two_tabs_do_not_overwrite_each_other(scene) -> None:
    action = make_published(scene)
    save(scene, action)

    with pytest.raises(EditConflict):
        save(scene, action, expected_revision=action.latest_revision_id)


# In the space


def test_the_space_asks_for_it_from_the_last_day_on(at, scene) -> None:
    action = make_published(scene)

    assert address(action) not in at(NOW).get("/espace/").content.decode()
    assert at(NOW).get(address(action)).status_code == 302
    page = at(LAST_DAY).get("/espace/").content.decode()
    assert address(action) in page
    assert "Bilan à faire" in page


def test_a_school_writes_and_hands_it_in_from_its_space(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)
    assert school.get(address(action)).status_code == 200

    response = school.post(address(action), typed(action, do="submit"), follow=True)

    assert "Bilan en relecture" in response.content.decode()
    assert Action.objects.get(pk=action.pk).status == "academy_review"
    assert MailRecord.objects.filter(kind="follow_up_received").count() == 1


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(at, scene) -> None:
    action = make_published(scene)

    response = at(AFTER).post(
        address(action),
        typed(action, do="submit", pupils_actual="beaucoup", continued="", strengths="L’élan"),
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "beaucoup" in page
    assert "L’élan" in page
    assert 'href="#id_pupils_actual"' in page
    assert 'href="#id_continued_0"' in page
    assert not Action.objects.get(pk=action.pk).has_unpublished_changes


def test_a_draft_is_kept_with_what_is_missing_told(at, scene) -> None:
    action = make_published(scene)

    response = at(AFTER).post(
        address(action), typed(action, do="submit", satisfaction="", strengths="L’élan")
    )

    assert response.status_code == 422
    assert drafts.latest_version(action).strengths == "L’élan"
    assert 'href="#id_satisfaction_0"' in response.content.decode()


def test_the_second_of_two_tabs_is_told_and_keeps_its_text(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)
    school.post(address(action), typed(action, outcome="Premier"))

    response = school.post(address(action), typed(action, outcome="Second"))

    assert response.status_code == 409
    assert "Second" in response.content.decode()
    assert drafts.latest_version(action).outcome == "Premier"


def test_what_is_typed_after_the_session_has_ended_is_given_back(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)
    school.logout()

    response = school.post(address(action), typed(action, outcome="Un carnet relié"))

    assert response.status_code == 403
    assert "Un carnet relié" in response.content.decode()
    assert drafts.latest_version(action).outcome == ""


def test_nobody_else_finds_the_form(at, scene, client) -> None:
    action = make_published(scene)
    stranger = sign_up(EstablishmentFactory(academy=scene.academy))
    with time_machine.travel(AFTER, tick=False):
        client.force_login(stranger)
        assert client.get(address(action)).status_code == 404
        assert client.post(address(action), typed(action)).status_code == 404
        client.logout()
        assert client.get(address(action)).status_code == 302


def test_the_space_says_where_the_follow_up_stands(at, scene) -> None:
    action = make_published(scene)
    save(scene, action)
    assert "Bilan commencé" in at(AFTER).get("/espace/").content.decode()

    action = follow_up.hand_in(action, by=scene.account, now=AFTER)
    assert "Bilan en relecture" in at(AFTER).get("/espace/").content.decode()

    review.publish(action, by=scene.editor)
    assert "Bilan fait" in at(AFTER).get("/espace/").content.decode()


def test_a_double_click_hands_it_in_once(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)

    answers = [school.post(address(action), typed(action, do="submit")) for _ in range(2)]

    assert [answer.url for answer in answers] == [f"/espace/fiches/{action.pk}/"] * 2
    assert MailRecord.objects.filter(kind="follow_up_received").count() == 1


def test_once_published_all_of_it_is_public_on_the_page_and_in_the_pdf_and_not_before(
    scene, client
) -> None:
    action = handed_in(scene)
    told = ("52 élèves ont participé.", "6 adultes aussi.", "4 sur 4", "Commencer en juin.")

    def public() -> tuple[str, str]:
        page = client.get(action.get_absolute_url()).content.decode()
        row = Action.objects.get(pk=action.pk)
        return page, json.dumps(fiche_data(row, "", None), ensure_ascii=False)

    assert not [words for words in told for text in public() if words in text]
    review.publish(action, by=scene.editor)
    assert not [words for words in told for text in public() if words not in text]


def test_the_ordinary_way_in_stays_closed_after_the_week(scene) -> None:
    action = make_published(scene)

    with pytest.raises(CallClosed):
        drafts.save_draft(drafts.latest_version(action), by=scene.account, now=AFTER)
    with pytest.raises(OutOfTurn):
        submission.submit(action, by=scene.account, now=AFTER)
