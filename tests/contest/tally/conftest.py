"""The publication that most tests of it start from."""

from __future__ import annotations

import pytest

from contest.tally.publication import Publication, publish
from tests.contest.tally.juries import SECRET, make_contest


@pytest.fixture(scope="session")
def publication() -> Publication:
    """The contest of `make_contest`, published."""
    definition, ballots = make_contest()
    return publish(definition, ballots, SECRET)
