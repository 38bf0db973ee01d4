"""Who deposits where and when: other people, other contests, too late, too many, signed out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from contest import withdrawal
from contest.enums import PosterStatus
from contest.models import ContestPage, Poster, PosterFile, Registration
from contest.registering import register
from tests.contest.deposit_sheet import (
    contest_address,
    edit_address,
    new_address,
    only_poster,
    page_of,
    sent,
    token_in,
    typed,
)
from tests.contest.scene import (
    LATE,
    NOW,
    Scene,
    make_admitted,
    make_draft,
    make_returned,
    make_scene,
    make_submitted,
)
from tests.factories import EstablishmentFactory, UserFactory, make_site, sign_up

pytestmark = pytest.mark.django_db

IN_TIME = LATE - timedelta(seconds=1)
LONG_LATE = LATE + timedelta(minutes=31)


def at(instant: datetime):
    return time_machine.travel(instant, tick=False)


def signed_in(establishment) -> Client:
    client = Client()
    client.force_login(sign_up(establishment))
    return client


# Other people


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_returned, make_admitted])
def test_the_poster_of_another_establishment_does_not_exist(scene: Scene, make) -> None:
    poster = make(scene)
    other = signed_in(EstablishmentFactory(academy=scene.academy))
    with at(NOW):
        for address in (
            page_of(poster),
            edit_address(poster),
            f"{page_of(poster)}apercu/",
            f"{page_of(poster)}retirer/",
        ):
            assert other.get(address).status_code == 404
        sheet = typed(scene.contest, poster, title="Prise")
        assert other.post(edit_address(poster), sheet).status_code == 404
        assert other.post(f"{page_of(poster)}retirer/").status_code == 404
        assert poster.title not in other.get("/espace/").content.decode()

    assert Poster.objects.get(pk=poster.pk).title == poster.title


def test_whoever_is_not_signed_in_is_asked_to(client: Client, scene: Scene) -> None:
    poster = make_draft(scene)
    with at(NOW):
        for address in (
            contest_address(scene.contest),
            new_address(scene.contest),
            page_of(poster),
            edit_address(poster),
            f"{page_of(poster)}apercu/",
            f"{page_of(poster)}retirer/",
        ):
            assert client.get(address).url.startswith("/espace/connexion/")
        assert client.post(f"{page_of(poster)}retirer/").url.startswith("/espace/connexion/")
    assert Poster.objects.count() == 1


def test_people_deposit_nothing(client: Client, scene: Scene) -> None:
    poster = make_draft(scene)
    with at(NOW):
        for person in (scene.editor, scene.lead, UserFactory()):
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            for address in (new_address(scene.contest), edit_address(poster), page_of(poster)):
                assert client.get(address).status_code == 403
                if address != page_of(poster):
                    assert client.post(address, {"title": "x"}).status_code == 403
    assert only_poster().title == poster.title


def test_the_contest_of_another_academie_does_not_exist(school: Client, scene: Scene) -> None:
    elsewhere = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    with at(NOW):
        for address in (contest_address(elsewhere.contest), new_address(elsewhere.contest)):
            assert school.get(address).status_code == 404
        sheet = typed(elsewhere.contest)
        assert school.post(new_address(elsewhere.contest), sheet).status_code == 404
    assert not Poster.objects.exists()


def test_a_contest_that_does_not_take_the_kind_does_not_exist(scene: Scene) -> None:
    for category in scene.contest.categories.all():
        category.kinds = ["elementary"]
        category.save()
    school = signed_in(scene.establishment)
    with at(NOW):
        assert school.get(contest_address(scene.contest)).status_code == 404
        assert school.get(new_address(scene.contest)).status_code == 404
        assert "concours" not in school.get("/espace/").context["parts"][0].now


@pytest.mark.parametrize("pk", ["999999", "99999999999999999999999"])
def test_an_address_that_leads_nowhere_says_so(school: Client, scene: Scene, pk: str) -> None:
    for address in (
        f"/espace/concours/{pk}/",
        f"/espace/concours/{pk}/affiches/nouvelle/",
        f"/espace/affiches/{pk}/",
        f"/espace/affiches/{pk}/modifier/",
        f"/espace/affiches/{pk}/apercu/",
        f"/espace/affiches/{pk}/retirer/",
    ):
        assert school.get(address).status_code == 404
    assert school.post(f"/espace/affiches/{pk}/retirer/").status_code == 404
    assert school.post(f"/espace/affiches/{pk}/modifier/", {"title": "x"}).status_code == 404


# Too early, too late


def test_before_the_deposit_opens_the_form_says_from_when(school: Client, scene: Scene) -> None:
    with at(datetime(2023, 1, 10, tzinfo=UTC)):
        page = school.get(new_address(scene.contest)).content.decode()
        answer = school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    assert "Le dépôt des affiches ouvre le mardi 17 janvier 2023" in page
    assert answer.status_code == 409
    assert not Poster.objects.exists()


def test_the_last_second_counts(school: Client, scene: Scene) -> None:
    with at(IN_TIME):
        school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    assert only_poster().status == PosterStatus.SUBMITTED


@pytest.mark.parametrize("instant", [LATE, LATE + timedelta(minutes=29)])
def test_one_second_late_nothing_is_handed_in_but_a_draft_is_kept(
    school: Client, scene: Scene, instant: datetime
) -> None:
    scene.academy.contact_email = "draio@ac.example"
    scene.academy.save()
    with at(instant):
        answer = school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Trop tard" in page
    assert "draio@ac.example" in page
    poster = only_poster()
    assert (poster.status, poster.submitted_at) == (PosterStatus.DRAFT, None)
    assert poster.file is not None


def test_long_after_the_deadline_what_was_typed_stays_on_the_page(
    school: Client, scene: Scene
) -> None:
    scene.academy.contact_email = "draio@ac.example"
    scene.academy.save()
    with at(LONG_LATE):
        answer = school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Trop tard" in page
    assert "draio@ac.example" in page
    assert 'value="Accroche-toi"' in page
    # Corrections being taken until the jury meets, the file itself is kept for a day.
    assert PosterFile.objects.get().token == token_in(page)
    assert 'value="submit"' not in page.partition('class="fiche-form__end"')[2]
    assert not Poster.objects.exists()


def test_a_draft_is_not_handed_in_late(school: Client, scene: Scene) -> None:
    draft = make_draft(scene)
    with at(LATE):
        school.post(edit_address(draft), typed(scene.contest, draft, technique="Gouache"))

    assert (only_poster().status, only_poster().technique) == (PosterStatus.DRAFT, "Gouache")


@pytest.mark.parametrize("verb", ["save", "submit"])
def test_a_poster_handed_in_is_not_changed_late(school: Client, scene: Scene, verb: str) -> None:
    poster = make_submitted(scene)
    with at(LATE):
        answer = school.post(
            edit_address(poster), typed(scene.contest, poster, title="Tard", do=verb)
        )

    assert answer.status_code == 409
    assert 'value="Tard"' in answer.content.decode()
    assert only_poster().title == poster.title


def test_a_poster_sent_back_is_corrected_until_the_jury_meets(school: Client, scene: Scene) -> None:
    poster = make_returned(scene)
    with at(datetime(2023, 3, 27, 21, 59, tzinfo=UTC)):
        assert school.get(edit_address(poster)).status_code == 200
        school.post(edit_address(poster), typed(scene.contest, poster, upload=sent()))

    assert only_poster().status == PosterStatus.SUBMITTED


def test_a_poster_sent_back_is_not_corrected_once_the_jury_meets(
    school: Client, scene: Scene
) -> None:
    poster = make_returned(scene)
    with at(datetime(2023, 3, 27, 22, 0, tzinfo=UTC)):
        answer = school.post(edit_address(poster), typed(scene.contest, poster, title="Tard"))
        read = school.get(edit_address(poster))

    assert answer.status_code == 409
    assert "Trop tard" in answer.content.decode()
    # Typed before, it is kept, and stays with the establishment.
    assert (only_poster().status, only_poster().title) == (PosterStatus.RETURNED, "Tard")
    assert read.url == page_of(poster)


# Too many, not registered


def test_when_all_places_are_taken_the_form_says_so(school: Client, scene: Scene) -> None:
    ContestPage.objects.update(max_posters=1)
    scene.contest.refresh_from_db()
    make_draft(scene)
    with at(NOW):
        page = school.get(new_address(scene.contest)).content.decode()
        answer = school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    assert "autant d’affiches que le règlement le permet" in page
    assert "<form" not in page.partition('id="contenu"')[2].partition("</main>")[0]
    assert answer.status_code == 409
    assert 'value="Accroche-toi"' in answer.content.decode()
    assert Poster.objects.count() == 1


def test_a_withdrawn_poster_makes_room(school: Client, scene: Scene) -> None:
    ContestPage.objects.update(max_posters=1)
    scene.contest.refresh_from_db()
    withdrawal.withdraw(make_submitted(scene), by=scene.account, now=NOW)
    with at(NOW):
        school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))

    assert Poster.objects.filter(status=PosterStatus.SUBMITTED).count() == 1


def test_where_registration_is_required_it_comes_first(school: Client, scene: Scene) -> None:
    ContestPage.objects.update(registration="required")
    scene.contest.refresh_from_db()
    with at(NOW):
        page = school.get(new_address(scene.contest)).content.decode()
        answer = school.post(new_address(scene.contest), typed(scene.contest, upload=sent()))
        register(
            Registration(
                contest=scene.contest,
                establishment=scene.establishment,
                contact_name="Camille Exemple",
                posters_expected=1,
            ),
            categories=[scene.category],
            by=scene.account,
            now=NOW,
        )
        token = token_in(answer.content.decode())
        school.post(new_address(scene.contest), typed(scene.contest, file=token))

    assert f"/espace/concours/{scene.contest.pk}/inscription/" in page
    assert answer.status_code == 409
    assert only_poster().status == PosterStatus.SUBMITTED


def test_too_late_to_register_one_is_told_whom_to_ask(school: Client, scene: Scene) -> None:
    ContestPage.objects.update(
        registration="required", registration_closes_at=datetime(2023, 1, 20, tzinfo=UTC)
    )
    scene.academy.contact_email = "draio@ac.example"
    scene.academy.save()
    with at(NOW):
        page = school.get(new_address(scene.contest)).content.decode()

    assert "Les inscriptions sont closes" in page
    assert "draio@ac.example" in page
