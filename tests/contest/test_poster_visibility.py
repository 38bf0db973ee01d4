"""Who sees which poster, where and when: every address, as every role, before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse

from contest.models import ContestPage, Poster, PosterFile
from contest.storage import private_storage
from contest.withdrawal import withdraw
from tests.campaigns.matrix import Role
from tests.contest.matrix import (
    FOLLOWERS,
    NAMES,
    Moment,
    State,
    World,
    answers,
    at,
    desk_faults,
    file_faults,
    gallery_faults,
    make_world,
    sent,
)
from tests.contest.scene import AFTER_RESULTS
from tests.roots import restore_roots

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Built once, since no test of this module leaves a trace in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        restore_roots()
        yield make_world()
        transaction.set_rollback(True)


@pytest.mark.parametrize("moment", Moment, ids=lambda moment: moment.name.lower())
def test_each_file_is_given_to_exactly_those_who_may_have_it(world: World, moment: Moment) -> None:
    with at(moment, world):
        assert file_faults(world, moment) == []


@pytest.mark.parametrize("moment", Moment, ids=lambda moment: moment.name.lower())
def test_the_gallery_the_search_and_the_sitemap_show_exactly_what_is_public(
    world: World, moment: Moment
) -> None:
    with at(moment, world):
        assert gallery_faults(world, moment) == []


def test_the_pages_of_the_space_and_the_admin_are_for_those_they_concern(world: World) -> None:
    with at(Moment.RESULTS, world):
        assert desk_faults(world) == []


ADDRESS = re.compile(r'/fichiers/affiches/[^"\s<]*')


def collect(world: World) -> set[str]:
    """Every address of a file that some page says to somebody, and all that there can be."""
    found: set[str] = set()
    contest, posters = world.scene.contest, world.posters.values()
    pages = [
        "/",
        world.base,
        f"{world.base}galerie/",
        f"{world.base}diaporama/",
        "/sitemap.xml",
        "/espace/",
        f"/recherche/?q={State.ADMITTED}",
        reverse("contest_space:contest", args=[contest.pk]),
        reverse("poster_wall", args=[contest.pk]) + "?status=all",
        *(f"{world.base}galerie/{poster.number}/" for poster in posters if poster.number),
        *(reverse("contest_space:poster", args=[poster.pk]) for poster in posters),
        *(reverse("poster_review", args=[poster.pk]) for poster in posters),
    ]
    for role in (Role.ANONYMOUS, Role.OWN_ESTABLISHMENT, Role.OWN_EDITOR):
        for page in pages:
            response = world.clients[role].get(page)
            if response.status_code == 200:
                found.update(ADDRESS.findall(response.content.decode()))
    tokens = [*PosterFile.objects.values_list("token", flat=True)]
    return found | {
        reverse("poster_file", args=[token, name]) for token in tokens for name in NAMES
    }


def test_after_a_withdrawal_no_address_of_the_poster_ever_answers_again(world: World) -> None:
    with at(Moment.RESULTS, world):
        files = collect(world)
        gallery = {f"{world.base}galerie/{poster.number}/" for poster in world.posters.values()}
        waiting = {address for address in files if world.waiting.token in address}
        folders = [*Poster.objects.exclude(file=None).values_list("file__token", flat=True)]
        assert len(files - waiting) >= len(folders) * len(NAMES) == 54
        assert answers(world.clients[Role.ANONYMOUS], f"{world.base}galerie/1/")

        with TestCase.captureOnCommitCallbacks(execute=True):
            for state, poster in world.posters.items():
                if state is not State.WITHDRAWN:
                    withdraw(poster, by=world.scene.account, now=AFTER_RESULTS)

        for role in (Role.ANONYMOUS, *FOLLOWERS):  # nobody else had any of it but by the gallery
            for address in (files - waiting) | gallery:
                assert world.clients[role].get(address).status_code == 404, (role, address)
        assert not any(private_storage().exists(f"posters/{token}") for token in folders)


def test_before_the_results_nothing_public_says_whose_a_poster_is(world: World) -> None:
    establishment, anonymous = world.scene.establishment, Client()
    secrets = re.compile(
        "|".join([establishment.uai, "Zéphyrin", "Aubépine", "Ivrepont", "4e B", "Exemple"]),
        re.IGNORECASE,
    )
    code = establishment.department.code
    number = world.posters[State.ADMITTED].number
    token = world.tokens[State.ADMITTED]
    with at(Moment.SHOWN, world):
        pages = [
            "/",
            world.base,
            f"{world.base}galerie/",
            f"{world.base}galerie/?departement={code}&type=college",
            f"{world.base}galerie/{number}/?departement={code}",
            f"{world.base}diaporama/",
            f"/recherche/?q={State.ADMITTED}",
            "/plan-du-site/",
            "/sitemap.xml",
            *(reverse("poster_file", args=[token, name]) for name in NAMES),
        ]
        for page in pages:
            response = anonymous.get(page)
            said = str(response.headers) + sent(response).decode(errors="replace")
            assert not secrets.search(said), page
        shown = anonymous.get(f"{world.base}galerie/?departement=999&type=lycee_gt")
        assert State.ADMITTED in shown.content.decode()  # an establishment is no filter yet


@pytest.mark.parametrize("word", ["Zéphyrin", "zephyrin", "Ivrepont", "uai"])
def test_before_the_results_a_search_does_not_betray_whose_a_poster_is(world, word) -> None:
    typed = world.scene.establishment.uai if word == "uai" else word
    anonymous = Client()
    with at(Moment.SHOWN, world):
        gallery = anonymous.get(f"{world.base}galerie/", {"q": typed}).content.decode()
        search = anonymous.get("/recherche/", {"q": typed})
        assert State.ADMITTED not in gallery
        assert State.ADMITTED not in str(search.context["sections"])
    with at(Moment.RESULTS, world):
        gallery = anonymous.get(f"{world.base}galerie/", {"q": typed}).content.decode()
        assert State.ADMITTED in gallery


def test_the_world_is_as_it_was(world: World) -> None:
    assert ContestPage.objects.get(pk=world.scene.contest.pk).live
    assert Poster.objects.get(pk=world.posters[State.ADMITTED].pk).live
