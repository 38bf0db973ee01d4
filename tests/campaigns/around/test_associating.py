"""Associated establishments: who adds them, what they may do, what no version undoes."""

from __future__ import annotations

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from campaigns import access, associating, drafts, review, submission
from campaigns.errors import NotAllowed, OutOfTurn
from campaigns.models import Action, AssociatedEstablishment
from tests.campaigns.admin_browser import form_data, signed_in, url
from tests.campaigns.scene import (
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_submitted,
    write,
)
from tests.factories import EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(scene):
    """Another establishment of the same académie, with its account."""
    school = EstablishmentFactory(academy=scene.academy, name="Lycée Fénelon", commune="Elbeuf")
    sign_up(school)
    return school


def address(action: Action) -> str:
    return f"/espace/fiches/{action.pk}/associes/"


def names(action: Action) -> list[str]:
    return [row.establishment.name for row in action.associated.all()]


def add(scene, action: Action, school, **options) -> None:
    associating.associate(action, school, **{"by": scene.account} | options)


# The verbs


def test_an_associated_establishment_is_in_the_fiche_and_told_once(scene, partner) -> None:
    draft = make_draft(scene)

    add(scene, draft, partner)
    add(scene, draft, partner)
    associating.dissociate(draft, partner, by=scene.account)
    add(scene, draft, partner)

    assert names(drafts.latest_version(draft)) == ["Lycée Fénelon"]
    mail = MailRecord.objects.get(kind="associated")
    assert mail.recipient == partner.mailbox
    assert draft.title in mail.body
    acts = ModelLogEntry.objects.for_instance(draft).filter(action="campaigns.associate")
    assert {entry.user for entry in acts} == {scene.account}


def test_the_right_to_write_is_given_and_taken_back_at_once(scene, partner) -> None:
    draft = make_draft(scene)
    add(scene, draft, partner)
    assert not access.is_author(partner.account, draft)

    associating.let_edit(draft, partner, may_edit=True, by=scene.account)
    drafts.save_draft(drafts.latest_version(draft), by=partner.account, now=NOW)

    associating.let_edit(draft, partner, may_edit=False, by=scene.account)
    with pytest.raises(NotAllowed):
        drafts.save_draft(drafts.latest_version(draft), by=partner.account, now=NOW)


@pytest.mark.parametrize("make", [make_submitted, make_endorsed, make_published])
def test_nobody_is_added_to_what_reviewers_hold_or_have_published(scene, partner, make) -> None:
    action = make(scene)

    with pytest.raises(OutOfTurn):
        add(scene, action, partner)

    assert not action.associated.exists()
    assert not MailRecord.objects.filter(kind="associated").exists()


def test_a_fiche_sent_back_takes_another_establishment(scene, partner) -> None:
    action = make_returned(scene)

    add(scene, action, partner)
    submission.submit(action, by=scene.account, now=NOW)
    review.publish(action, by=scene.editor)

    assert names(Action.objects.get(pk=action.pk)) == ["Lycée Fénelon"]


def test_only_the_carrier_decides_who_takes_part(scene, partner) -> None:
    draft = make_draft(scene)
    add(scene, draft, partner, may_edit=True)
    third = EstablishmentFactory(academy=scene.academy)

    for person in (partner.account, scene.lead, scene.editor):
        with pytest.raises(NotAllowed):
            add(scene, draft, third, by=person)
        with pytest.raises(NotAllowed):
            associating.dissociate(draft, partner, by=person)
        with pytest.raises(NotAllowed):
            associating.let_edit(draft, partner, may_edit=False, by=person)


def test_neither_the_carrier_nor_a_closed_nor_a_foreign_school_is_added(scene) -> None:
    draft = make_draft(scene)
    closed = EstablishmentFactory(academy=scene.academy, is_open=False)

    for school in (scene.establishment, closed, EstablishmentFactory()):
        with pytest.raises(ValidationError):
            add(scene, draft, school)


# What no version undoes


def test_a_version_written_before_an_establishment_left_does_not_bring_it_back(
    scene, partner
) -> None:
    draft = make_draft(scene)
    add(scene, draft, partner, may_edit=True)
    before = drafts.latest_version(draft)

    associating.dissociate(draft, partner, by=scene.account)
    drafts.save_draft(before, by=scene.account, now=NOW)

    assert names(drafts.latest_version(draft)) == []
    assert not AssociatedEstablishment.objects.exists()
    assert not access.is_author(partner.account, draft)


def test_a_version_written_before_an_establishment_came_does_not_take_it_away(
    scene, partner
) -> None:
    draft = make_draft(scene)
    before = drafts.latest_version(draft)

    add(scene, draft, partner, may_edit=True)
    drafts.save_draft(before, by=scene.account, now=NOW)
    submission.submit(draft, by=scene.account, now=NOW)
    review.give_visa(draft, by=scene.lead)
    review.publish(draft, by=scene.editor)

    assert names(Action.objects.get(pk=draft.pk)) == ["Lycée Fénelon"]
    assert access.is_author(partner.account, draft)


def test_a_right_taken_back_during_the_review_is_not_given_again_by_publishing(
    scene, partner
) -> None:
    draft = make_draft(scene)
    add(scene, draft, partner, may_edit=True)
    action = submission.submit(draft, by=scene.account, now=NOW)
    associating.let_edit(action, partner, may_edit=False, by=scene.account)

    review.give_visa(action, by=scene.lead)
    review.publish(action, by=scene.editor)

    row = AssociatedEstablishment.objects.get(action=action)
    assert (row.establishment, row.may_edit) == (partner, False)


def test_one_removed_from_a_published_fiche_stays_away_when_changes_are_published(
    scene, partner
) -> None:
    draft = make_draft(scene)
    add(scene, draft, partner)
    action = submission.submit(draft, by=scene.account, now=NOW)
    review.give_visa(action, by=scene.lead)
    action = write(scene, review.publish(action, by=scene.editor), title="Nouveau titre")

    associating.dissociate(action, partner, by=scene.account)
    submission.submit(action, by=scene.account, now=NOW)
    review.give_visa(action, by=scene.lead)
    review.publish(action, by=scene.editor)

    row = Action.objects.get(pk=action.pk)
    assert (row.title, names(row)) == ("Nouveau titre", [])


def test_an_editor_adds_and_removes_in_the_admin(scene, partner) -> None:
    action = make_published(
        scene, associated=[AssociatedEstablishment(establishment=EstablishmentFactory())]
    )
    browser = signed_in(scene.editor)
    sent = form_data(browser, url("edit", action.pk)) | {
        "associated-TOTAL_FORMS": "2",
        "associated-0-DELETE": "on",
        "associated-1-establishment": partner.uai,
        "associated-1-may_edit": "on",
        "associated-1-ORDER": "2",
        "associated-1-id": "",
    }

    browser.post(url("edit", action.pk), sent)

    row = AssociatedEstablishment.objects.get(action=action)
    assert (row.establishment, row.may_edit) == (partner, True)
    assert names(drafts.latest_version(action)) == ["Lycée Fénelon"]


# The page


def test_a_school_is_found_without_scripts_and_associated_by_a_button(at, scene, partner) -> None:
    draft = make_draft(scene)
    school = at(NOW)
    assert address(draft) in school.get(f"/espace/fiches/{draft.pk}/").content.decode()

    page = school.get(address(draft), {"q": "fenelon elbeuf"}).content.decode()
    assert partner.uai in page
    school.post(address(draft), {"uai": partner.uai, "do": "add_writer"})

    assert access.is_author(partner.account, draft)
    assert "Lycée Fénelon" in school.get(address(draft)).content.decode()
    with time_machine.travel(NOW, tick=False):
        theirs = Client()
        theirs.force_login(partner.account)
        page = theirs.get("/espace/").content.decode()
    assert f"/espace/fiches/{draft.pk}/modifier/" in page


@pytest.mark.parametrize("do", ["remove", "let", "forbid"])
def test_the_buttons_of_a_row_do_what_they_say(at, scene, partner, do) -> None:
    draft = make_draft(scene)
    add(scene, draft, partner, may_edit=do == "forbid")

    at(NOW).post(address(draft), {"uai": partner.uai, "do": do})

    left = list(draft.associated.values_list("may_edit", flat=True))
    assert left == {"remove": [], "let": [True], "forbid": [False]}[do]


def test_the_page_is_the_carriers_alone(at, scene, partner) -> None:
    draft = make_draft(scene)
    add(scene, draft, partner, may_edit=True)
    with time_machine.travel(NOW, tick=False):
        theirs = Client()
        theirs.force_login(partner.account)
        assert theirs.get(address(draft)).status_code == 404
        sent = theirs.post(address(draft), {"uai": partner.uai, "do": "remove"})
        assert sent.status_code == 404
        assert Client().get(address(draft)).status_code == 302
    assert draft.associated.exists()


@pytest.mark.parametrize("query", ["%00", "²", "' --", "é" * 500, ""])
def test_no_search_breaks_the_page(at, scene, query) -> None:
    draft = make_draft(scene)

    assert at(NOW).get(address(draft), {"q": query}).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"uai": "x", "do": "add"}, {"uai": "0760083C", "do": "?"}])
def test_odd_requests_are_not_found(at, scene, sent) -> None:
    assert at(NOW).post(address(make_draft(scene)), sent).status_code == 404
