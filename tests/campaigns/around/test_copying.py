"""Starting from another fiche: what is copied, what never is, who is credited."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from campaigns import copying, drafts, merging, review, submission
from campaigns.errors import CallClosed, NotAllowed
from campaigns.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    AssociatedEstablishment,
    Audience,
    PartnerType,
    Theme,
)
from tests.campaigns.scene import LATE, NOW, make_draft, make_published, make_scene
from tests.factories import EstablishmentFactory, make_edition, make_site, sign_up

pytestmark = pytest.mark.django_db


def address(action: Action) -> str:
    return f"/espace/fiches/reprendre/{action.pk}/"


@pytest.fixture
def other(scene):
    """Another establishment of the same académie, with its account."""
    school = EstablishmentFactory(academy=scene.academy, network=scene.network)
    sign_up(school)
    return school


def full(scene) -> Action:
    kind = PartnerType.objects.get(code="mission-locale", academy=None)
    action = make_published(
        scene,
        title="Tutorat entre pairs",
        summary="Un élève en aide un autre.",
        outcome="Un carnet.",
        starts_on=date(2023, 4, 3),
        place="Foyer",
        pupils_planned=40,
        budget=Decimal("640"),
        ready_to_reuse=True,
        registration="Auprès de madame Untel",
        partners=[ActionPartner(name="Mission locale de Rouen", type=kind)],
        indicators=[ActionIndicator(label="Présents en juin", target="24", actual="22")],
        themes=list(Theme.objects.filter(academy=None)[:2]),
        associated=[AssociatedEstablishment(establishment=EstablishmentFactory())],
    )
    Action.objects.filter(pk=action.pk).update(pupils_actual=38, satisfaction=4, advice="Osez.")
    return Action.objects.get(pk=action.pk)


def copied(source: Action, school, edition, **options) -> Action:
    made = copying.copy_once(
        source.pk, school, edition, **{"by": school.account, "key": uuid4(), "now": NOW} | options
    )
    return drafts.latest_version(made)


def test_a_copy_of_another_schools_fiche_holds_what_can_serve_again(scene, other) -> None:
    copy = copied(full(scene), other, scene.edition)

    assert copy.title == "Tutorat entre pairs (à adapter)"
    assert copy.objectives == "Redonner confiance."
    assert copy.course == "Un petit déjeuner par semaine."
    assert copy.themes.count() == 2
    assert [(row.name, row.type.code) for row in copy.partners.all()] == [
        ("Mission locale", "mission-locale")
    ]
    assert [(row.label, row.target, row.actual) for row in copy.indicators.all()] == [
        ("Présents en juin", "", "")
    ]


def test_a_copy_never_holds_what_belongs_to_the_other_school_or_its_year(scene, other) -> None:
    copy = copied(full(scene), other, scene.edition)

    assert (copy.coordinator_name, copy.coordinator_email, copy.coordinator_function) == ("",) * 3
    assert (copy.starts_on, copy.place, copy.registration) == (None, "", "")
    assert (copy.budget, copy.pupils_planned, copy.outcome) == (None, None, "")
    assert (copy.pupils_actual, copy.satisfaction, copy.advice) == (None, None, "")
    assert not copy.sessions.exists()
    assert not copy.media.exists()
    assert not copy.associated.exists()
    assert (copy.status, copy.live, copy.submitted_at) == ("draft", False, None)


def test_a_copy_of_ones_own_fiche_keeps_its_coordinator_and_partners_not_its_year(scene) -> None:
    source = full(scene)
    later = make_edition(
        scene.academy,
        title="Semaine 2024",
        call_opens_at=NOW + timedelta(days=300),
        call_closes_at=NOW + timedelta(days=350),
    )

    copy = copied(source, scene.establishment, later, now=NOW + timedelta(days=310))

    assert (copy.title, copy.coordinator_name) == ("Tutorat entre pairs", "Camille Exemple")
    assert (copy.novelty, copy.outcome, copy.place) == ("renewed", "Un carnet.", "Foyer")
    assert [row.name for row in copy.partners.all()] == ["Mission locale de Rouen"]
    assert (copy.starts_on, copy.budget, copy.pupils_actual) == (None, None, None)
    assert copy.inspired_by_id is None
    assert copy.campaign_id == later.pk


def test_terms_of_another_academy_are_left_out(scene) -> None:
    amiens = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    ours = Audience.objects.create(label="À nous", code="a-nous", academy=scene.academy)
    source = make_published(scene, audiences=[ours, Audience.objects.get(code="pupils")])

    copy = copied(source, amiens.establishment, amiens.edition)

    assert [term.code for term in copy.audiences.all()] == ["pupils"]


def test_a_title_that_is_too_long_keeps_its_mark(scene, other) -> None:
    source = make_published(scene, title="x" * 160)

    title = copied(source, other, scene.edition).title

    assert len(title) <= 160
    assert title.endswith("(à adapter)")


def test_a_form_sent_twice_copies_once(scene, other) -> None:
    source, key = make_published(scene), uuid4()

    for _ in range(2):
        copied(source, other, scene.edition, key=key)

    assert Action.objects.filter(establishment=other).count() == 1


@pytest.mark.parametrize("make", [make_draft])
def test_what_is_not_public_is_copied_by_its_own_school_only(scene, other, make) -> None:
    action = make(scene)

    with pytest.raises(NotAllowed):
        copied(action, other, scene.edition)
    assert copied(action, scene.establishment, scene.edition).objectives == "Redonner confiance."


def test_a_withdrawn_fiche_is_copied_by_nobody_else(scene, other) -> None:
    action = review.withdraw(make_published(scene), by=scene.editor, comment="Motif.")

    with pytest.raises(NotAllowed):
        copied(action, other, scene.edition)


def test_a_copy_is_made_only_while_the_call_is_open(scene, other) -> None:
    source = make_published(scene)

    with pytest.raises(CallClosed):
        copied(source, other, scene.edition, now=LATE)
    assert not Action.objects.filter(establishment=other).exists()


# The pages


def test_opening_the_page_makes_nothing_and_the_button_makes_one_draft(scene, other) -> None:
    source = make_published(scene)
    browser = Client()
    browser.force_login(other.account)
    with time_machine.travel(NOW, tick=False):
        page = browser.get(address(source))
        assert page.status_code == 200
        assert not Action.objects.filter(establishment=other).exists()
        key = page.context["key"]
        for _ in range(2):
            sent = browser.post(address(source), {"key": str(key)})
            assert sent.status_code == 302

    copy = Action.objects.get(establishment=other)
    assert f"/espace/fiches/{copy.pk}/" in sent["Location"]


def test_the_drafts_already_begun_are_offered_first_those_of_this_fiche_before_the_others(
    at, scene
) -> None:
    source = make_published(scene, title="La source")
    own_copy = copied(source, scene.establishment, scene.edition)
    make_draft(scene, title="Un autre brouillon")

    page = at(NOW).get(address(source)).content.decode()
    assert page.index("Un autre brouillon") < page.index("<form method")
    assert f"/espace/fiches/{own_copy.pk}/" in page

    elsewhere = make_published(make_scene(scene.academy), title="Venue d’ailleurs")
    copied(elsewhere, scene.establishment, scene.edition)
    make_draft(scene, title="Le dernier écrit")
    page = at(NOW).get(address(elsewhere)).content.decode()
    assert page.index("réée à partir de cette fiche") < page.index("Le dernier écrit")


def test_somebody_signed_out_is_led_to_sign_in_and_back(client, scene) -> None:
    source = make_published(scene)

    response = client.get(address(source))

    assert response.status_code == 302
    assert address(source).replace("/", "%2F") in response["Location"] or (
        address(source) in response["Location"]
    )


@pytest.mark.parametrize("key", ["", "x", "²"])
def test_an_odd_key_still_makes_a_draft(at, scene, key) -> None:
    source = make_published(scene)

    assert at(NOW).post(address(source), {"key": key}).status_code == 302


def test_drafts_of_others_are_not_found(scene, other) -> None:
    draft = make_draft(scene)
    browser = Client()
    browser.force_login(other.account)
    with time_machine.travel(NOW, tick=False):
        assert browser.get(address(draft)).status_code == 404
        assert browser.post(address(draft), {"key": str(uuid4())}).status_code == 404


def test_after_the_deadline_the_page_says_so(at, scene) -> None:
    source = make_published(scene)

    assert scene.academy.contact_email in at(LATE).get(address(source)).content.decode()
    assert at(LATE).post(address(source)).status_code == 409


def test_ones_own_fiches_are_listed_to_start_from(at, scene) -> None:
    action = make_published(scene)

    assert address(action) in at(NOW).get("/espace/fiches/reprendre/").content.decode()
    assert "/espace/fiches/reprendre/" in at(NOW).get("/espace/").content.decode()


# The credit, on the public page


def public_page(client, action: Action) -> str:
    return client.get(action.get_absolute_url(), follow=True).content.decode()


def published_copy(scene, other, source: Action) -> Action:
    made = copying.copy_once(
        source.pk, other, scene.edition, by=other.account, key=uuid4(), now=NOW
    )
    version = drafts.latest_version(made)
    version.coordinator_name, version.coordinator_function = "Alix Exemple", "cpe"
    drafts.save_draft(version, by=other.account, now=NOW)
    submission.submit(made, by=other.account, now=NOW)
    review.give_visa(made, by=scene.lead)
    return review.publish(made, by=scene.editor)


def test_a_published_copy_names_its_source_while_that_is_public(client, scene, other) -> None:
    source = make_published(scene, title="La source")
    copy = published_copy(scene, other, source)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        page = public_page(client, copy)
        assert "Inspirée de" in page
        assert source.get_absolute_url().split("/", 3)[3] in page

        review.withdraw(source, by=scene.editor, comment="Motif.")
        page = public_page(client, copy)
        assert "Inspirée de l’action d’un autre établissement, qui n’est plus en ligne" in page
        assert source.title not in page.replace(copy.title, "")


def test_the_credit_follows_a_source_merged_into_another_fiche(client, scene, other) -> None:
    source = make_published(scene, title="La source")
    kept = make_published(scene, title="La fiche gardée")
    copy = published_copy(scene, other, source)

    merging.merge(source, into=kept, by=scene.editor, now=NOW)

    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        page = public_page(client, copy)
    assert "«\u202fLa fiche gardée\u202f»" in page
    assert source.title not in page.replace(copy.title, "")


def test_a_source_merged_into_its_own_copy_is_not_credited_to_itself(client, scene, other) -> None:
    source = make_published(scene, title="La source")
    copy = published_copy(scene, other, source)

    merging.merge(source, into=copy, by=scene.editor, now=NOW)

    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        page = public_page(client, copy)
    assert "Inspirée de" not in page


def test_the_public_page_leads_to_the_copy_only_while_a_call_is_open(client, scene) -> None:
    action = make_published(scene)

    with time_machine.travel(NOW, tick=False):
        assert address(action) in public_page(client, action)
    with time_machine.travel(datetime(2023, 5, 1, tzinfo=UTC), tick=False):
        assert address(action) not in public_page(client, action)
