"""The editors' form of a contest: what a new one starts with, what it refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import CampaignPage
from campaigns.phases import PARIS
from contest.models import ContestPage
from establishments.models import Academy
from home.models import ContentPage
from tests.contest.contest_form import (
    address_of,
    address_of_new,
    create,
    errors_of,
    form_data,
    publish,
)
from tests.contest.scene import Scene
from tests.factories import ContentPageFactory, make_edition, make_editor, make_site

pytestmark = pytest.mark.django_db

UNUSUAL_CALL = {
    # Closes during the week, long after the deposit.
    "late": (datetime(2023, 1, 17, 8, tzinfo=UTC), datetime(2023, 4, 4, 21, 59, 59, tzinfo=UTC)),
    # Opens when the deposit of a usual contest is over.
    "short": (datetime(2023, 3, 25, 8, tzinfo=UTC), datetime(2023, 4, 2, 21, 59, 59, tzinfo=UTC)),
}


@pytest.fixture
def edition(academy: Academy) -> CampaignPage:
    """An edition without a contest; its call closes on 9 March, its week is that of 3 April."""
    return make_edition(academy)


@pytest.fixture
def editing(academy: Academy) -> Client:
    """The browser of an editor of the académie."""
    client = Client()
    client.force_login(make_editor(academy), backend="django.contrib.auth.backends.ModelBackend")
    return client


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS).astimezone(UTC)


def test_a_new_contest_comes_with_its_address_and_the_dates_of_its_edition(
    editing: Client, edition: CampaignPage
) -> None:
    contest = create(editing, edition)

    assert (contest.title, contest.slug) == ("Concours d’affiches", "concours")
    assert contest.url_path.endswith(f"/{edition.slug}/concours/")
    assert contest.deposit_opens_at == edition.call_opens_at
    assert contest.deposit_closes_at == paris(2023, 3, 20, 23, 59, 59)
    assert contest.registration_closes_at is None
    assert contest.registration_deadline == edition.call_closes_at
    assert contest.jury_on == date(2023, 3, 27)
    assert contest.results_at == paris(2023, 4, 7, 12)
    assert contest.exhibition_first_day == date(2023, 4, 3)
    assert contest.exhibition_last_day == date(2023, 4, 7)


def test_a_new_contest_comes_with_the_usual_rows_once(
    editing: Client, edition: CampaignPage
) -> None:
    contest = create(editing, edition)

    assert [(row.name, row.kinds) for row in contest.categories.all()] == [
        ("Écoles", ["nursery", "elementary", "primary"]),
        ("Collèges", ["college", "relay"]),
        (
            "Lycées, CFA et MFR",
            ["lycee_gt", "lycee_pro", "lycee_poly", "erea", "cfa", "mfr"],
        ),
    ]
    criteria = contest.criteria.all()
    assert [row.label for row in criteria] == [
        "Respect du thème",
        "Originalité",
        "Lisibilité du message",
        "Qualité graphique",
        "Démarche collective",
    ]
    assert {(row.scale, row.weight) for row in criteria} == {(5, 1)}
    assert [(row.kind, row.ties_allowed) for row in contest.prizes.all()] == [
        ("category", True),
        ("special", True),
        ("favourite", True),
    ]
    assert contest.limits.max_bytes == 10 * 1024 * 1024
    assert len(contest.formats) == 5


def test_rows_proposed_can_be_left_out(editing: Client, edition: CampaignPage) -> None:
    contest = create(editing, edition, **{"categories-0-DELETE": "on", "prizes-1-DELETE": "on"})

    assert contest.categories.count() == 2
    assert contest.prizes.count() == 2


def test_a_saved_draft_keeps_the_rows_and_can_be_published(
    editing: Client, edition: CampaignPage
) -> None:
    address = address_of_new(edition)
    answer = editing.post(address, form_data(editing, address))
    contest = ContestPage.objects.child_of(edition).get()
    assert answer.status_code == 302
    assert not contest.live
    rows = list(contest.categories.values_list("pk", flat=True))

    answer = publish(editing, address_of(contest), form_data(editing, address_of(contest)))

    assert answer.status_code == 302
    assert ContestPage.objects.get(pk=contest.pk).live
    assert list(contest.categories.values_list("pk", flat=True)) == rows


@pytest.mark.parametrize("call", UNUSUAL_CALL)
def test_dates_proposed_are_possible_even_with_an_unusual_call(
    editing: Client, academy: Academy, call: str
) -> None:
    opens, closes = UNUSUAL_CALL[call]
    edition = make_edition(academy, call_opens_at=opens, call_closes_at=closes)

    contest = create(editing, edition)

    assert contest.deposit_opens_at < contest.deposit_closes_at
    assert contest.registration_deadline <= contest.deposit_closes_at


def test_the_address_typed_makes_no_difference(editing: Client, edition: CampaignPage) -> None:
    contest = create(editing, edition, slug="affiches-2023")

    assert contest.slug == "concours"
    editing.post(
        address_of(contest),
        form_data(editing, address_of(contest)) | {"slug": "x", "action-publish": "1"},
    )
    assert ContestPage.objects.get(pk=contest.pk).slug == "concours"


def test_a_page_that_has_the_address_is_named(editing: Client, edition: CampaignPage) -> None:
    ContentPageFactory(parent=edition, slug="concours")
    address = address_of_new(edition)

    answer = publish(editing, address, form_data(editing, address))

    assert "slug" in errors_of(answer)
    assert not ContestPage.objects.exists()


def test_an_edition_has_one_contest(scene: Scene, editor: Client) -> None:
    assert editor.get(address_of_new(scene.edition)).status_code in {302, 403}


def test_only_editors_of_the_academy_reach_the_form(scene: Scene) -> None:
    other = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
    for user in (other, scene.account, scene.lead):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address_of(scene.contest)).status_code in {302, 403}


IMPOSSIBLE = {
    "deposit closes first": ({"deposit_closes_at": "2023-01-17 08:00"}, "deposit_closes_at"),
    "registration after deposit": (
        {"registration_closes_at": "2023-03-21 10:00"},
        "registration_closes_at",
    ),
    "jury before the deposit closes": ({"jury_on": "2023-03-19"}, "jury_on"),
    "results before the jury": ({"results_at": "2023-03-26 10:00"}, "results_at"),
    "results before the deposit closes": (
        {"jury_on": "", "results_at": "2023-03-20 23:59"},
        "results_at",
    ),
    "exhibition ends first": ({"exhibition_last_day": "2023-04-02"}, "exhibition_last_day"),
    "exhibition without a start": ({"exhibition_first_day": ""}, "exhibition_first_day"),
    "rights end before the exhibition": ({"rights_expire_on": "2023-04-06"}, "rights_expire_on"),
    "exhibition after the usual end of rights": (
        {"exhibition_last_day": "2023-09-30"},
        "rights_expire_on",
    ),
    "short side longer": ({"min_short_side": "3000"}, "min_long_side"),
    "no format": ({"formats": []}, "formats"),
    "an unknown format": ({"formats": ["gif"]}, "formats"),
    "no poster at all": ({"max_posters": "0"}, "max_posters"),
    "a day that is none": ({"jury_on": "31 février"}, "jury_on"),
    "an unknown kind": ({"categories-0-kinds": ["university"]}, "categories-0-kinds"),
    "weightless criterion": ({"criteria-0-weight": "0"}, "criteria-0-weight"),
    "no category": ({f"categories-{n}-DELETE": "on" for n in range(3)}, "categories"),
    "no criterion": ({f"criteria-{n}-DELETE": "on" for n in range(5)}, "criteria"),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_what_cannot_be_is_refused_beside_its_field(
    editing: Client, edition: CampaignPage, case: str
) -> None:
    changed, field = IMPOSSIBLE[case]
    address = address_of_new(edition)

    answer = publish(editing, address, form_data(editing, address), **changed)

    assert answer.status_code == 200
    assert list(errors_of(answer)) == [field]
    assert not ContestPage.objects.exists()


def test_registrations_that_would_close_with_a_later_call_want_a_date(
    editing: Client, edition: CampaignPage
) -> None:
    contest = create(editing, edition)
    edition.call_closes_at = paris(2023, 3, 31, 23, 59, 59)
    edition.save()
    data = form_data(editing, address_of(contest))

    answer = publish(editing, address_of(contest), data)
    assert list(errors_of(answer)) == ["registration_closes_at"]

    answer = publish(editing, address_of(contest), data, registration="off")
    assert answer.status_code == 302


def test_what_closes_lasts_until_the_end_of_the_minute(
    editing: Client, edition: CampaignPage
) -> None:
    contest = create(
        editing,
        edition,
        registration_closes_at="2023-03-10 18:00",
        deposit_closes_at="2023-03-20 20:30",
    )
    before = (contest.registration_closes_at, contest.deposit_closes_at)
    assert before == (paris(2023, 3, 10, 18, 0, 59), paris(2023, 3, 20, 20, 30, 59))

    publish(editing, address_of(contest), form_data(editing, address_of(contest)))

    contest.refresh_from_db()
    assert (contest.registration_closes_at, contest.deposit_closes_at) == before


def test_kinds_and_formats_are_ticked(editing: Client, edition: CampaignPage) -> None:
    contest = create(editing, edition, **{"categories-1-kinds": [], "formats": ["pdf", "jpeg"]})
    html = editing.get(address_of(contest)).content.decode()

    assert contest.categories.get(name="Collèges").kinds == []
    assert contest.formats == ["pdf", "jpeg"]
    assert html.count('name="formats"') == 5
    for label in ("Collège", "Dispositif relais", "PDF d’une page"):
        assert label in html


def test_a_contest_is_copied_to_another_edition_with_its_address(
    scene: Scene, editor: Client
) -> None:
    other = make_edition(scene.academy, slug="2024")
    address = reverse("wagtailadmin_pages:copy", args=[scene.contest.pk])
    assert 'name="alias"' not in editor.get(address).content.decode()

    answer = editor.post(
        address,
        {
            "new_title": "Concours",
            "new_slug": "autre",
            "new_parent_page": other.pk,
            "alias": "on",
        },
    )

    assert answer.status_code == 302
    copy = ContestPage.objects.child_of(other).get()
    assert (copy.slug, copy.alias_of_id, copy.categories.count()) == ("concours", None, 3)
    assert copy.url_path == f"{other.url_path}concours/"


def test_a_copy_over_another_page_of_that_address_is_refused(scene: Scene, editor: Client) -> None:
    other = make_edition(scene.academy, slug="2024")
    taken = ContentPageFactory(parent=other, slug="concours")

    answer = editor.post(
        reverse("wagtailadmin_pages:copy", args=[scene.contest.pk]),
        {"new_title": "Concours", "new_slug": "autre", "new_parent_page": other.pk},
    )

    assert answer.status_code == 200
    assert list(ContentPage.objects.child_of(other)) == [taken]
    assert ContestPage.objects.count() == 1


def test_the_form_can_be_previewed_before_it_is_saved(
    editing: Client, edition: CampaignPage
) -> None:
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["contest", "contestpage", edition.pk]
    )
    data = form_data(editing, address_of_new(edition))

    assert editing.post(address, data).json()["is_valid"]
    html = editing.get(address).content.decode()

    assert "Démarche collective" in html
    assert "Concours d’affiches" in html
