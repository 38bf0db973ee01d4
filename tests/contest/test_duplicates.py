"""Posters that look like another: which are found, and among which."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from contest.duplicates import _Known, keys_alike, likenesses_of
from contest.images.fingerprint import NEAR, distance
from contest.models import Poster, PosterFile
from tests.contest.scene import (
    Scene,
    make_contest,
    make_draft,
    make_refused,
    make_scene,
    make_submitted,
    make_withdrawn,
)
from tests.factories import make_edition, make_site

ORIGINAL = 0x0F0F_3333_5555_00FF
FINGERPRINTS = st.integers(0, 2**64 - 1).map(lambda bits: f"{bits:016x}")


def give(poster: Poster, **fields: Any) -> Poster:
    """Change what is known of the poster's picture."""
    assert poster.file is not None
    PosterFile.objects.filter(pk=poster.file.pk).update(**fields)
    return Poster.objects.select_related("file", "establishment", "contest").get(pk=poster.pk)


def differing(bits: int) -> str:
    """A fingerprint that differs from `ORIGINAL` in so many bits."""
    return f"{ORIGINAL ^ (2**bits - 1):016x}"


@pytest.fixture
def original(scene: Scene) -> Poster:
    """A poster that waits, whose picture others may resemble."""
    scene.contest.max_posters = 50
    scene.contest.save()
    return give(make_submitted(scene, title="Modèle"), fingerprint=differing(0))


def found(poster: Poster) -> list[str]:
    return [one.poster.title for one in likenesses_of(poster)]


@pytest.mark.django_db
def test_a_picture_is_alike_up_to_the_limit_and_the_nearest_comes_first(
    scene: Scene, original: Poster
) -> None:
    for bits in (NEAR, NEAR + 1, 3):
        give(make_submitted(scene, title=f"{bits} bits"), fingerprint=differing(bits))

    assert found(original) == ["3 bits", f"{NEAR} bits"]
    assert not any(one.is_same_file for one in likenesses_of(original))


@pytest.mark.django_db
def test_the_same_file_comes_before_all_and_is_named_so(scene: Scene, original: Poster) -> None:
    assert original.file is not None
    give(make_submitted(scene, title="Retouchée"), fingerprint=differing(0))
    give(
        make_submitted(scene, title="Copie"), sha256=original.file.sha256, fingerprint=differing(30)
    )

    alike = likenesses_of(original)

    assert [(one.poster.title, one.is_same_file) for one in alike] == [
        ("Copie", True),
        ("Retouchée", False),
    ]


@pytest.mark.django_db
def test_a_file_without_a_fingerprint_is_like_nothing(scene: Scene, original: Poster) -> None:
    bare = give(make_submitted(scene), fingerprint="", sha256="")
    give(make_submitted(scene), fingerprint="", sha256="")

    assert found(bare) == found(original) == []


@pytest.mark.django_db
def test_drafts_and_withdrawn_posters_are_no_candidates(scene: Scene, original: Poster) -> None:
    assert original.file is not None
    draft = make_draft(scene)
    give(draft, sha256=original.file.sha256)
    make_withdrawn(scene)

    assert found(original) == []
    assert found(Poster.objects.get(pk=make_withdrawn(scene).pk)) == []


@pytest.mark.django_db
def test_a_refused_poster_handed_in_again_is_found(scene: Scene, original: Poster) -> None:
    refused = make_refused(scene, title="Refusée")
    give(refused, fingerprint=differing(1))

    assert found(original) == ["Refusée"]


@pytest.mark.django_db
def test_earlier_contests_count_and_later_ones_do_not(scene: Scene, original: Poster) -> None:
    opened = scene.contest.deposit_opens_at
    for title, moved in (("Avant", timedelta(days=-5)), ("Après", timedelta(days=5))):
        edition = make_edition(scene.academy, title=title, slug=title.lower())
        contest = make_contest(edition, deposit_opens_at=opened + moved)
        category = contest.categories.get(name="Collèges")
        poster = make_submitted(scene, title=title, contest=contest, category=category)
        give(poster, fingerprint=differing(0))

    assert found(original) == ["Avant"]


@pytest.mark.django_db
def test_posters_of_another_academy_are_not_told(original: Poster) -> None:
    elsewhere = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    give(make_submitted(elsewhere), fingerprint=differing(0))

    assert found(original) == []


@pytest.mark.django_db
def test_a_page_of_posters_is_compared_in_one_query(scene: Scene, original: Poster) -> None:
    twin = give(make_submitted(scene), fingerprint=differing(2))
    alone = make_submitted(scene)
    posters = Poster.objects.select_related("file", "establishment")
    page = list(posters.filter(pk__in=[original.pk, twin.pk, alone.pk]))

    with CaptureQueriesContext(connection) as queries:
        alike = keys_alike(scene.contest, page)

    assert alike == {original.pk: [twin.pk], twin.pk: [original.pk]}
    assert len(queries) == 1
    assert keys_alike(scene.contest, []) == {}


@given(FINGERPRINTS, FINGERPRINTS, st.integers(0, 16))
def test_the_comparison_is_that_of_the_fingerprints(one: str, other: str, near: int) -> None:
    close = f"{int(one, 16) ^ (2**near - 1):016x}"
    for second in (other, close):
        known = _Known()
        known.add(1, "a", one)
        known.add(2, "b", second)
        apart = distance(one, second)
        assert known.alike(1, "a", one) == ([(apart, 2)] if apart <= NEAR else [])
