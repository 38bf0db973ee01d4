"""The next edition's contest: this one's, its dates moved, and nothing of its posters."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client

from campaigns.phases import PARIS
from campaigns.rollover import moved_dates, prepare_next_edition, proposal
from contest.models import Category, ContestPage, Criterion, Poster, PosterFile, Prize, Registration
from home.models import SiteDocument
from tests.contest.scene import AFTER_RESULTS, Scene, make_admitted, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(scene: Scene) -> ContestPage:
    """A contest with every kind of row, posters and a registration."""
    contest = scene.contest
    Criterion.objects.create(contest=contest, label="Originalité", weight=2)
    Prize.objects.create(contest=contest, label="Coup de cœur", kind="favourite")
    make_admitted(scene)
    make_submitted(scene)
    Registration.objects.create(
        contest=contest,
        establishment=scene.establishment,
        contact_name="Camille Exemple",
        posters_expected=2,
    )
    contest.rules_document = SiteDocument.objects.create(
        title="Règlement 2023", file=ContentFile(b"%PDF-1.7", name="reglement.pdf")
    )
    contest.exhibition_first_day = date(2023, 4, 3)
    contest.exhibition_last_day = date(2023, 4, 7)
    contest.rights_expire_on = date(2023, 8, 31)
    contest.save()
    return ContestPage.objects.get(pk=contest.pk)


def prepare(scene: Scene) -> ContestPage:
    edition = prepare_next_edition(scene.edition, proposal(scene.edition), by=scene.editor)
    return ContestPage.objects.child_of(edition).get()


def test_the_copy_is_a_draft_at_the_same_address_below_its_edition(
    scene: Scene, source: ContestPage
) -> None:
    copy = prepare(scene)

    assert (copy.slug, copy.live, copy.title) == ("concours", False, source.title)
    assert Client().get(f"/{copy.edition.slug}/concours/").status_code == 404


def test_its_dates_move_with_the_week(scene: Scene, source: ContestPage) -> None:
    copy = prepare(scene)

    for version in (copy, copy.latest_revision.as_object()):
        closes = version.deposit_closes_at.astimezone(PARIS).replace(tzinfo=None)
        assert closes == datetime(2024, 3, 18, 23, 59, 59)
        assert version.jury_on == date(2024, 3, 26)
        assert version.exhibition_first_day == date(2024, 4, 1)
        assert version.rights_expire_on == date(2024, 8, 29)
        assert version.registration_closes_at is None
        assert (version.theme, version.rules_document) == ("", None)


def test_the_dates_are_told_before_they_move(scene: Scene, source: ContestPage) -> None:
    told = moved_dates(scene.edition, date(2024, 4, 1))

    of_contest = {one.label for one in told if one.page == source.title}
    assert len(of_contest) == 7


def test_the_rows_are_copied_with_keys_of_their_own(scene: Scene, source: ContestPage) -> None:
    copy = prepare(scene)
    copy.latest_revision.publish()
    copy = ContestPage.objects.get(pk=copy.pk)

    assert [(row.name, row.kinds) for row in copy.categories.all()] == [
        (row.name, row.kinds) for row in source.categories.all()
    ]
    assert [(row.label, row.weight) for row in copy.criteria.all()] == [("Originalité", 2)]
    assert [row.label for row in copy.prizes.all()] == ["Coup de cœur"]
    assert Category.objects.filter(contest=source).count() == 3
    assert Category.objects.count() == 6


def test_posters_files_and_registrations_stay_where_they_are(
    scene: Scene, source: ContestPage
) -> None:
    before = {model: model.objects.count() for model in (Poster, PosterFile, Registration)}

    copy = prepare(scene)

    assert {model: model.objects.count() for model in before} == before
    for model in before:
        assert not model.objects.filter(contest=copy).exists()


def test_the_copy_published_shows_nothing_of_last_year(scene: Scene, source: ContestPage) -> None:
    poster = Poster.objects.get(number=1)
    copy = prepare(scene)
    copy.edition.latest_revision.publish()
    copy.latest_revision.publish()

    with time_machine.travel(AFTER_RESULTS):
        html = Client().get(f"/{copy.edition.slug}/concours/").content.decode()

    assert poster.title not in html
    assert source.theme not in html
