"""Points gathered on a map: nothing lost, nothing twice, the same each time."""

from __future__ import annotations

from math import cos, dist, radians
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaigns.map_clusters import (
    Spot,
    Zone,
    clusters_of,
    project,
    unproject,
    zone_around,
)
from campaigns.map_drawing import LETTER, WIDTH, Background, draw, frame_of

LETTERS_HIGH = 13
"""As large as the letters of names are, in units of the drawing, on a telephone."""

FRANCE = {"south": 41.3, "north": 51.1, "west": -5.2, "east": 9.6}
spots = st.builds(
    Spot,
    st.floats(FRANCE["south"], FRANCE["north"]),
    st.floats(FRANCE["west"], FRANCE["east"]),
    st.sampled_from(["Rouen", "Caen", "Évreux", ""]),
    st.integers(1, 40),
)


def placed(given_spots: list[Spot]) -> list[tuple[float, float, Spot]]:
    found = []
    for spot in given_spots:
        x, y = project(spot.latitude, spot.longitude)
        found.append((x * 20_000, y * 20_000, spot))
    return found


@given(st.lists(spots, max_size=80), st.floats(5, 300))
def test_every_spot_is_in_one_cluster_and_the_counts_add_up(given_spots, distance) -> None:
    found = clusters_of(placed(given_spots), distance)

    held = [spot for cluster in found for spot in cluster.spots]
    assert sorted(held, key=repr) == sorted(given_spots, key=repr)
    assert all(one.count == sum(spot.count for spot in one.spots) for one in found)


@given(st.lists(spots, max_size=60), st.floats(5, 300))
def test_no_two_clusters_are_too_near_to_be_touched(given_spots, distance) -> None:
    found = clusters_of(placed(given_spots), distance)

    for rank, one in enumerate(found):
        for other in found[rank + 1 :]:
            assert dist((one.x, one.y), (other.x, other.y)) >= distance * 0.999


@given(st.lists(spots, max_size=60), st.randoms(use_true_random=False))
@example([Spot(42.0, 0.0, "Évreux"), Spot(42.0, 7.5e-114, "Évreux")], Random(1))
def test_the_order_of_the_spots_changes_nothing(given_spots, random) -> None:
    shuffled = list(given_spots)
    random.shuffle(shuffled)

    assert clusters_of(placed(given_spots), 54) == clusters_of(placed(shuffled), 54)


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_the_projection_can_be_undone(latitude, longitude) -> None:
    assert unproject(*project(latitude, longitude)) == pytest.approx((latitude, longitude))


def test_a_short_way_is_as_long_to_the_north_as_to_the_east() -> None:
    x, y = project(49.0, 1.0)
    to_the_north = y - project(49.01, 1.0)[1]
    to_the_east = project(49.0, 1.0 + 0.01 / cos(radians(49.0)))[0] - x

    assert to_the_north == pytest.approx(to_the_east, rel=1e-3)


@given(st.lists(spots, min_size=1, max_size=40))
def test_a_drawing_of_everything_shows_everything(given_spots) -> None:
    around = zone_around(given_spots)
    assert around is not None

    drawing = draw(frame_of(around.widened(0.02)), given_spots, Background([]))

    assert drawing.in_sight == sum(spot.count for spot in given_spots)
    for circle in drawing.circles:
        assert 0 <= circle.cluster.x <= WIDTH
        assert 0 <= circle.cluster.y <= drawing.height


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "1,2,3", "1,2,3,4,5", "nan,1,2,3", "50,1,49,2", "49,2,50,1", "0,0,0,0",
     "-91,0,91,1", "1e999,0,2,3", "49,1,50,inf"],
)  # fmt: skip
def test_what_is_no_zone_is_none(typed) -> None:
    assert Zone.read(typed) is None


def test_a_zone_reads_as_it_is_written() -> None:
    zone = Zone(48.5, -1.25, 50.1, 1.8)

    assert Zone.read(zone.key) == zone


@given(spots, st.lists(spots, min_size=1, max_size=5))
def test_a_widened_zone_holds_what_it_is_around(one, others) -> None:
    around = zone_around([one, *others])
    assert around is not None
    assert all(around.widened(0.1).holds(spot) for spot in [one, *others])
    assert Zone.read(around.widened(0.1).key) is not None


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_reading_of_a_zone(typed) -> None:
    zone = Zone.read(typed)

    assert zone is None or zone.south < zone.north


@given(st.lists(spots, min_size=1, max_size=12), st.lists(spots, min_size=1, max_size=40))
def test_no_name_lies_on_a_circle_or_on_another_name(given_spots, background) -> None:
    around = zone_around([*given_spots, *background])
    assert around is not None
    drawing = draw(frame_of(around.widened(0.02)), given_spots, Background(background))

    half = {name: len(name.text) * LETTER / 2 for name in drawing.names}
    for rank, name in enumerate(drawing.names):
        for circle in drawing.circles:
            wide = half[name] + circle.radius
            high = circle.radius + LETTERS_HIGH / 2
            assert abs(circle.cluster.x - name.x) >= wide or abs(circle.cluster.y - name.y) >= high
        for other in drawing.names[rank + 1 :]:
            wide = half[name] + half[other]
            assert abs(other.x - name.x) > wide or abs(other.y - name.y) > LETTERS_HIGH
