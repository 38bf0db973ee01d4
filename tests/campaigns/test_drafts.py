"""Writing a fiche: who, when, and what of it others know."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry, Revision

from campaigns import drafts, review, submission
from campaigns.errors import CallClosed, EditConflict, NotAllowed, OutOfTurn
from campaigns.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    ActionSession,
    AssociatedEstablishment,
    Theme,
)
from tests.campaigns.scene import (
    LATE,
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import EstablishmentFactory, UserFactory, make_edition, make_site, sign_up

pytestmark = pytest.mark.django_db


def test_an_establishment_starts_a_draft_of_which_nothing_is_required() -> None:
    scene = make_scene()

    action = drafts.start_draft(scene.establishment, scene.edition, by=scene.account, now=NOW)

    assert action.status == "draft"
    assert not action.live
    assert drafts.latest_version(action).title == ""
    entry = ModelLogEntry.objects.for_instance(action).get()
    assert (entry.action, entry.user) == ("wagtail.create", scene.account)


def test_nobody_starts_a_draft_for_another_establishment() -> None:
    scene = make_scene()
    other = sign_up(EstablishmentFactory(academy=scene.academy))

    for somebody in (other, scene.lead, scene.editor):
        with pytest.raises(NotAllowed):
            drafts.start_draft(scene.establishment, scene.edition, by=somebody, now=NOW)


def test_a_closed_establishment_writes_nothing() -> None:
    scene = make_scene()
    action = make_draft(scene)
    scene.establishment.is_open = False
    scene.establishment.save()

    with pytest.raises(NotAllowed):
        drafts.save_draft(drafts.latest_version(action), by=scene.account, now=NOW)


def test_no_draft_is_started_in_another_academys_edition_or_in_one_that_is_not_public() -> None:
    scene = make_scene()
    foreign = make_edition(make_site("amiens", "amiens.localhost", is_default=False))
    hidden = make_edition(scene.academy, live=False)

    for edition in (foreign, hidden):
        with pytest.raises(NotAllowed):
            drafts.start_draft(scene.establishment, edition, by=scene.account, now=NOW)


def test_no_draft_is_started_once_the_call_has_closed() -> None:
    scene = make_scene()

    with pytest.raises(CallClosed):
        drafts.start_draft(scene.establishment, scene.edition, by=scene.account, now=LATE)


def test_a_draft_keeps_fields_terms_and_rows() -> None:
    scene = make_scene()
    action = make_draft(scene)
    theme = Theme.objects.filter(academy=None).first()

    write(
        scene,
        action,
        themes=[theme],
        sessions=[ActionSession(date="2023-04-03", place="Foyer")],
        indicators=[ActionIndicator(label="Présents", target="30")],
    )

    version = drafts.latest_version(action)
    assert list(version.themes.all()) == [theme]
    assert [session.place for session in version.sessions.all()] == ["Foyer"]
    assert [indicator.target for indicator in version.indicators.all()] == ["30"]
    assert [partner.name for partner in version.partners.all()] == ["Mission locale"]


def test_a_value_that_does_not_fit_its_field_is_refused() -> None:
    scene = make_scene()
    version = drafts.latest_version(make_draft(scene))
    version.title = "x" * 161

    with pytest.raises(ValidationError) as caught:
        drafts.save_draft(version, by=scene.account, now=NOW)

    assert list(caught.value.message_dict) == ["title"]


def test_another_tab_is_not_overwritten_unawares() -> None:
    scene = make_scene()
    action = make_draft(scene)
    first_tab, second_tab = drafts.latest_version(action), drafts.latest_version(action)
    seen = action.latest_revision_id
    first_tab.title = "Le premier onglet"
    drafts.save_draft(first_tab, by=scene.account, expected_revision=seen, now=NOW)

    second_tab.title = "Le second onglet"
    with pytest.raises(EditConflict):
        drafts.save_draft(second_tab, by=scene.account, expected_revision=seen, now=NOW)

    assert drafts.latest_version(action).title == "Le premier onglet"


def test_a_draft_is_read_only_once_the_call_has_closed() -> None:
    scene = make_scene()
    action = make_draft(scene)

    with pytest.raises(CallClosed):
        drafts.save_draft(drafts.latest_version(action), by=scene.account, now=LATE)


def test_a_fiche_sent_back_may_be_corrected_after_the_call_has_closed() -> None:
    scene = make_scene()
    version = drafts.latest_version(make_returned(scene))
    version.title = "Corrigée"

    drafts.save_draft(version, by=scene.account, now=LATE)

    assert drafts.latest_version(version).title == "Corrigée"


def test_nobody_but_editors_writes_while_reviewers_hold_the_fiche() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    with pytest.raises(OutOfTurn):
        drafts.save_draft(drafts.latest_version(action), by=scene.account, now=NOW)


def test_a_published_fiche_may_be_changed_until_the_call_closes() -> None:
    scene = make_scene()
    action = make_published(scene)

    write(scene, action, title="Changée")

    with pytest.raises(CallClosed):
        drafts.save_draft(drafts.latest_version(action), by=scene.account, now=LATE)


@pytest.mark.parametrize("decide", [review.refuse, review.withdraw])
def test_a_fiche_whose_path_has_ended_is_read_only(decide) -> None:
    scene = make_scene()
    action = make_endorsed(scene) if decide is review.refuse else make_published(scene)
    action = decide(action, by=scene.editor, comment="Motif.")

    with pytest.raises(OutOfTurn):
        drafts.save_draft(drafts.latest_version(action), by=scene.account, now=NOW)


def test_a_change_to_a_published_fiche_leaves_the_public_one_alone() -> None:
    scene = make_scene()
    action = make_published(scene)

    write(scene, action, title="Changée", partners=[ActionPartner(name="CIO")])

    row = Action.objects.get(pk=action.pk)
    assert row.title == "Petits déjeuners de la persévérance"
    assert [partner.name for partner in row.partners.all()] == ["Mission locale"]
    assert row.status == "published"
    assert row.has_unpublished_changes


def test_what_is_corrected_after_a_return_stays_unknown_until_it_is_handed_in_again() -> None:
    scene = make_scene()
    action = write(scene, make_returned(scene), title="En cours de correction")

    assert action.title == "Petits déjeuners de la persévérance"
    assert drafts.reviewed_version(action).title == "Petits déjeuners de la persévérance"
    assert drafts.version_for(scene.editor, action).title == "Petits déjeuners de la persévérance"
    assert drafts.version_for(scene.account, action).title == "En cours de correction"


def test_each_reader_of_a_change_reads_the_version_that_is_theirs() -> None:
    scene = make_scene()
    action = write(scene, make_published(scene), title="Changement remis")
    action = submission.submit(action, by=scene.account, now=NOW)
    action = review.request_changes(action, by=scene.lead, comment="Encore un mot.")
    action = write(scene, action, title="Changement en cours")

    assert drafts.version_for(scene.lead, action).title == "Changement remis"
    assert drafts.version_for(scene.account, action).title == "Changement en cours"
    public = drafts.version_for(UserFactory(), action)
    assert public.title == "Petits déjeuners de la persévérance"


def test_an_associated_establishment_writes_only_where_it_was_let_in() -> None:
    scene = make_scene()
    guest = EstablishmentFactory(academy=scene.academy)
    account = sign_up(guest)
    action = make_draft(scene, associated=[AssociatedEstablishment(establishment=guest)])
    with pytest.raises(NotAllowed):
        drafts.save_draft(drafts.latest_version(action), by=account, now=NOW)

    write(scene, action, associated=[AssociatedEstablishment(establishment=guest, may_edit=True)])

    assert drafts.save_draft(drafts.latest_version(action), by=account, now=NOW).user == account


def test_no_version_brings_back_an_older_status_establishment_or_edition() -> None:
    scene = make_scene()
    action = make_published(scene)
    first = Revision.objects.for_instance(action).order_by("pk").first()
    assert first.content["status"] == "draft"

    version = first.as_object()

    assert version.status == "published"
    assert version.submitted_at == action.submitted_at
    assert version.establishment == scene.establishment
    assert version.live_revision_id == action.live_revision_id


def test_a_draft_survives_the_establishment_that_it_names_as_associated() -> None:
    scene = make_scene()
    guest = EstablishmentFactory(academy=scene.academy)
    action = write(
        scene,
        make_published(scene),
        associated=[AssociatedEstablishment(establishment=guest)],
    )

    guest.delete()

    assert list(drafts.latest_version(action).associated.all()) == []
