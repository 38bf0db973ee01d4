"""An index made from the one before it is the index made anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaigns.criteria import Facet
from campaigns.facet_changes import changed
from campaigns.facet_index import Entry, Place, build

START = datetime(2023, 3, 1, tzinfo=UTC)
NAMES = ("college", "lycee", "rouen", "rougemont", "dieppe")

entries = st.builds(
    Entry,
    pk=st.integers(1, 12),
    keys=st.fixed_dictionaries(
        {
            Facet.THEME: st.lists(st.sampled_from("abc"), unique=True),
            Facet.KIND: st.lists(st.sampled_from("xy"), max_size=1),
        }
    ),
    establishment=st.integers(1, 3),
    names=st.frozensets(st.sampled_from(NAMES), max_size=3),
    place=st.sampled_from([None, Place(49.4, 1.1, "Rouen")]),
    expires_at=st.sampled_from([None, START, START + timedelta(days=1)]),
    since=st.sampled_from([None, *(START + timedelta(hours=hour) for hour in range(5))]),
)
fiches = st.lists(entries, unique_by=lambda entry: entry.pk).map(
    lambda held: sorted(held, key=lambda entry: entry.rank)
)


@given(fiches, fiches, st.sets(st.integers(1, 15)))
def test_it_is_the_index_made_anew_whatever_changes(before, after, gone) -> None:
    """Fiches come (not in `before`), change (in both) and go (`gone`)."""
    after = [entry for entry in after if entry.pk not in gone]
    told = gone | {entry.pk for entry in after}
    kept = [entry for entry in before if entry.pk not in told]

    index = changed(build(before), told, after)

    assert index == build(sorted([*kept, *after], key=lambda entry: entry.rank))


@given(fiches)
def test_nothing_that_changes_leaves_the_same_index(held) -> None:
    assert changed(build(held), [], []) == build(held)
