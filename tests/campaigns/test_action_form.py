"""The form of a fiche: drafts kept, fiches handed in, errors said."""

from __future__ import annotations

from datetime import date, time

import pytest
import time_machine

from campaigns.drafts import latest_version
from campaigns.models import (
    Action,
    ActionMedia,
    AssociatedEstablishment,
    FundingSource,
    PartnerType,
    Theme,
)
from tests.campaigns.scene import (
    LATE,
    NOW,
    make_draft,
    make_published,
    make_returned,
)
from tests.campaigns.sheet import (
    NEW,
    OUTCOME,
    WHO,
    edit_address,
    only_fiche,
    typed,
    write_through,
)
from tests.factories import AcademyFactory, EstablishmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _call_open():
    with time_machine.travel(NOW, tick=False):
        yield


def test_opening_the_blank_form_starts_no_fiche(school) -> None:
    response = school.get(NEW)

    assert response.status_code == 200
    assert not Action.objects.exists()


def test_an_untouched_form_starts_no_fiche(school) -> None:
    response = school.post(NEW, typed(title="", summary="", objectives="", course=""))

    assert response.status_code == 200
    assert not Action.objects.exists()


def test_a_title_is_enough_to_save_a_draft(school, scene) -> None:
    response = school.post(NEW, {"title": "Café des parents", "do": "save"})

    action = only_fiche(scene)
    assert response.url == edit_address(action, WHO)
    assert (action.title, action.status) == ("Café des parents", "draft")


def test_everything_typed_comes_back(school, scene) -> None:
    theme = Theme.objects.get(code="commitment", academy=None)
    source = FundingSource.objects.get(code="hse", academy=None)
    kind = PartnerType.objects.get(code="cio", academy=None)
    kept = write_through(
        school,
        for_whom={"pupils_planned": "1 200"},
        how={
            "starts_on": "03/04/2023",
            "ends_on": "2023-04-07",
            "partners-0-name": "CIO de Dieppe",
            "partners-0-type": kind.pk,
            "partners-1-row": "",
            "partners-1-name": "Ville",
            "sessions-0-date": "04/04/2023",
            "sessions-0-starts_at": "14 h",
            "sessions-0-ends_at": "15h30",
            "sessions-0-place": "Préau",
        },
        outcome={
            "themes": [theme.pk],
            "funding_sources": [source.pk],
            "budget": "350,50 €",
            "ready_to_reuse": "on",
            "indicators-0-label": "Élèves présents",
            "indicators-0-target": "30",
        },
    )

    kept = latest_version(kept)
    assert (kept.title, kept.objectives) == (
        "Petits déjeuners de la persévérance",
        "Redonner confiance.",
    )
    assert list(kept.themes.all()) == [theme]
    assert list(kept.funding_sources.all()) == [source]
    assert (kept.pupils_planned, kept.budget, kept.ready_to_reuse) == (1200, 350.5, True)
    assert (kept.starts_on, kept.ends_on) == (date(2023, 4, 3), date(2023, 4, 7))
    assert [(row.name, row.type) for row in kept.partners.all()] == [
        ("CIO de Dieppe", kind),
        ("Ville", None),
    ]
    session = kept.sessions.get()
    assert (session.date, session.starts_at, session.ends_at, session.place) == (
        date(2023, 4, 4),
        time(14),
        time(15, 30),
        "Préau",
    )
    assert [(row.label, row.target) for row in kept.indicators.all()] == [("Élèves présents", "30")]
    page = school.get(edit_address(kept)).content.decode()
    assert "CIO de Dieppe" in page
    assert 'value="14:00"' in page


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(school, scene) -> None:
    draft = make_draft(scene)
    data = typed(draft, starts_on="bientôt", place="Préau", **{"partners-0-type": "99999"})

    response = school.post(edit_address(draft), data)

    page = response.content.decode()
    targets = [fault.target for fault in response.context["form"].faults()]
    assert targets == ["id_partners-0-name", "id_partners-0-type", "id_starts_on"]
    assert 'value="bientôt"' in page
    assert 'value="Préau"' in page
    assert not latest_version(draft).place


def test_a_session_that_ends_before_it_starts_is_refused(school, scene) -> None:
    draft = make_draft(scene)
    rows = {
        "sessions-0-date": "2023-04-04",
        "sessions-0-starts_at": "15 h",
        "sessions-0-ends_at": "14 h",
    }

    response = school.post(
        edit_address(draft), typed(draft, ends_on="2023-04-01", starts_on="2023-04-02", **rows)
    )

    targets = [fault.target for fault in response.context["form"].faults()]
    assert targets == ["id_ends_on", "id_sessions-0-ends_at"]


def test_handing_in_sends_the_fiche_to_its_reviewers(school, scene) -> None:
    draft = make_draft(scene)
    sent = typed(draft, step=OUTCOME, do="submit")

    response = school.post(edit_address(draft, OUTCOME), sent, follow=True)

    action = only_fiche(scene)
    assert action.status == "network_review"
    assert response.redirect_chain == [(f"/espace/fiches/{action.pk}/", 302)]


def test_what_is_missing_outside_the_form_is_said_too(school, scene) -> None:
    draft = make_draft(scene)
    version = latest_version(draft)
    version.media = [ActionMedia(kind="document", file="actions/2023/a.pdf")]
    version.save_revision()
    draft.refresh_from_db()

    response = school.post(edit_address(draft), typed(draft, do="submit"))

    assert response.status_code == 200
    assert len(response.context["form"].faults()) == 1


def test_a_returned_fiche_shows_the_comment_and_is_handed_in_again_after_the_call(
    school, scene
) -> None:
    action = make_returned(scene)

    with time_machine.travel(LATE, tick=False):
        school.force_login(scene.account)
        page = school.get(edit_address(action)).content.decode()
        response = school.post(edit_address(action), typed(action, do="submit", place="Préau"))

    assert "Précisez les dates." in page
    assert response.status_code == 302
    action.refresh_from_db()
    assert action.status == "academy_review"


def test_changes_to_a_published_fiche_leave_the_public_one_alone(school, scene) -> None:
    action = make_published(scene)

    school.post(edit_address(action, WHO), typed(action, step=WHO, title="Autre titre"))

    assert Action.objects.get(pk=action.pk).title == "Petits déjeuners de la persévérance"
    assert latest_version(action).title == "Autre titre"


def test_the_files_and_associated_establishments_survive_a_save(school, scene) -> None:
    partner = EstablishmentFactory(academy=scene.academy)
    draft = make_draft(
        scene,
        media=[ActionMedia(kind="document", file="actions/2023/a.pdf", is_authorised=True)],
        associated=[AssociatedEstablishment(establishment=partner)],
    )

    school.post(edit_address(draft, WHO), typed(draft, step=WHO, title="Autre titre"))

    kept = latest_version(draft)
    assert [medium.file.name for medium in kept.media.all()] == ["actions/2023/a.pdf"]
    assert [row.establishment for row in kept.associated.all()] == [partner]


def test_a_term_no_longer_offered_stays_where_it_was_chosen(school, scene) -> None:
    theme = Theme.objects.get(code="commitment", academy=None)
    draft = make_draft(scene, themes=[theme])
    Theme.objects.filter(pk=theme.pk).update(is_active=False)

    other = make_draft(scene)
    offered, elsewhere = (
        school.get(edit_address(action, OUTCOME)).context["form"].fields["themes"].queryset
        for action in (draft, other)
    )

    assert theme in offered
    assert theme not in elsewhere


def test_another_academys_terms_are_not_offered(school, scene) -> None:
    theirs = Theme.objects.create(academy=AcademyFactory(), code="theirs", label="Le leur")
    last = edit_address(draft := make_draft(scene), OUTCOME)

    assert theirs not in school.get(last).context["form"].fields["themes"].queryset
    sent = typed(draft, step=OUTCOME, themes=[theirs.pk])
    assert school.post(last, sent).context["form"].errors["themes"]
