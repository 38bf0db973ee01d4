"""Fixtures of the territory and of who signs in."""

from __future__ import annotations

import pytest

from accounts.models import User
from establishments.models import Academy, Establishment
from tests.establishments.territory import Territory, make_territory
from tests.factories import EstablishmentFactory, UserFactory


@pytest.fixture
def here(db: None) -> Territory:
    """The académie that the tests are about."""
    return make_territory("normandie", code="76")


@pytest.fixture
def elsewhere(db: None) -> Territory:
    """Another académie."""
    return make_territory("amiens", code="80")


@pytest.fixture
def administrator(db: None) -> User:
    """Somebody who runs the installation."""
    return UserFactory(is_superuser=True)


@pytest.fixture
def school(academy: Academy) -> Establishment:
    """An establishment that may sign in."""
    return EstablishmentFactory(academy=academy, name="Collège du Cap", commune="Dieppe")
