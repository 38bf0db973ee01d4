"""Which version of a fiche each role finds, in the model and on every surface."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from campaigns import drafts
from campaigns.models import Action
from tests.campaigns.cases import CASES, Case, Version
from tests.campaigns.matrix import (
    REVIEWERS,
    SURFACES,
    Matrix,
    Role,
    Surface,
    as_the_public,
    faults_of,
    make_matrix,
    versions_in,
)
from tests.roots import restore_roots

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

# One process builds the matrix, for the tests of this module alone.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("surfaces")]


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Matrix]:
    """Everybody and every fiche, made once: it takes seconds, and no surface changes anything."""
    with django_db_blocker.unblock(), transaction.atomic():
        restore_roots()
        yield make_matrix()
        transaction.set_rollback(True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_model_answers_as_the_table_of_roles(case: Case, matrix: Matrix) -> None:
    fiche = matrix.fiches[case]

    for role, person in matrix.people.items():
        user = person or AnonymousUser()
        visible = Action.objects.visible_to(user).filter(pk=fiche.pk)
        if role in (Role.OWN_ESTABLISHMENT, Role.ADMINISTRATOR):
            expected = case.author
        elif role in REVIEWERS:
            expected = case.reviewer
        else:
            expected = case.public
        assert visible.exists() is (expected is not None), role
        if expected is not None and role is not Role.ADMINISTRATOR:
            assert versions_in(drafts.version_for(user, fiche).title) == {expected}, role


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_is_what_the_public_sees(case: Case, matrix: Matrix) -> None:
    published = Action.objects.published().filter(pk=matrix.fiches[case].pk)

    assert published.exists() is (case.public is not None)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
def test_each_role_finds_its_version_and_no_newer_one(surface: Surface, matrix: Matrix) -> None:
    assert faults_of(surface, matrix) == []


@pytest.mark.parametrize("holds_all", [True, False])
def test_a_surface_that_tells_everything_is_at_fault_for_each_role_and_case(
    matrix: Matrix, holds_all: bool
) -> None:
    everything = " ".join(f"{version} {case.word}" for version in Version for case in CASES)
    nothing_expected = Surface("leak", lambda *_: everything, lambda *_: None, holds_all)

    assert len(faults_of(nothing_expected, matrix)) == len(Role) * len(CASES)


@pytest.mark.parametrize("holds_all", [True, False])
def test_a_surface_that_tells_nothing_is_at_fault_wherever_a_version_is_expected(
    matrix: Matrix, holds_all: bool
) -> None:
    silent = Surface("silence", lambda *_: "", as_the_public, holds_all)
    public = [case for case in CASES if case.public]

    assert len(faults_of(silent, matrix)) == len(Role) * len(public)
