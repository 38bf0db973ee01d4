"""What most tests of steering start from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.campaigns.scene import NOW
from tests.campaigns.steering.cases import Steered, make_steered


@pytest.fixture
def at_that_time() -> Iterator[None]:
    """While the call of the edition is open; time stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def site(db: None) -> Steered:
    """An académie in two halves, without a fiche."""
    return make_steered()
