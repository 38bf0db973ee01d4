"""The map of a selection: its circles with the addresses to which they lead.

A circle of one commune leads to the list of that commune's fiches, any other to a closer map. The
list below says the same to those who do not see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .facet_index import positions_of
from .map_background import background_of
from .map_clusters import Cluster, Spot, Zone, clusters_of, project, unproject, zone_around
from .map_drawing import Drawing, draw, frame_of

if TYPE_CHECKING:
    from .criteria import Criteria
    from .selection import Selection

ZONE = "zone"
"""The parameter of an address that says which part of the map is shown."""

VIEW = "carte"
MOST_TOLD = 3
"""Communes named for a circle."""

PIXELS_APART = 60.0
TILE = 256
DEEPEST = 18.0


@dataclass(frozen=True)
class Link:
    """A circle: where, how many, what is said of it, and where it leads."""

    cluster: Cluster
    radius: float
    label: str
    query: str
    opens_list: bool


@dataclass(frozen=True)
class ResultsMap:
    """The map of a selection, in one zone of it or whole."""

    drawing: Drawing | None
    links: list[Link]
    unplaced: int
    placed: int
    is_zoomed: bool
    sight: Zone | None

    @property
    def height(self) -> str:
        """The height of the drawing, as SVG writes it."""
        return f"{self.drawing.height:g}" if self.drawing else "0"


def spots_of(selection: Selection) -> tuple[list[Spot], int]:
    """Where the fiches of `selection` are, one spot an establishment; and how many are nowhere."""
    index = selection.catalogue.index
    counts: dict[int, int] = {}
    places = {}
    unplaced = 0
    for position in positions_of(selection.found):
        place = index.places[position]
        if place is None:
            unplaced += 1
            continue
        school = index.establishments[position]
        counts[school] = counts.get(school, 0) + 1
        places[school] = place
    spots = [
        Spot(place.latitude, place.longitude, place.commune, counts[school])
        for school, place in places.items()
    ]
    return spots, unplaced


def map_of(selection: Selection, typed_zone: str) -> ResultsMap:
    """The map of `selection`, in the zone that an address names if it names one."""
    spots, unplaced = spots_of(selection)
    whole = zone_around(spots)
    if whole is None:
        return ResultsMap(None, [], unplaced, 0, False, None)
    background = background_of(selection.edition)
    zone = Zone.read(typed_zone)
    shown = zone or whole.around(background.zone)
    frame = frame_of(shown if zone else shown.widened(0.02))
    drawing = draw(frame, spots, background)
    links = [
        Link(circle.cluster, circle.radius, **link_of(circle.cluster, selection.criteria))
        for circle in drawing.circles
    ]
    placed = sum(spot.count for spot in spots)
    return ResultsMap(drawing, links, unplaced, placed, zone is not None, frame.sight)


def link_of(cluster: Cluster, criteria: Criteria) -> dict[str, Any]:
    """What is said of a circle and where it leads: `label`, `query`, `opens_list`."""
    communes = cluster.communes
    around = zone_around(cluster.spots)
    is_point = around is None or (around.north, around.east) == (around.south, around.west)
    if communes and (cluster.is_one_commune or is_point):
        words = f"{criteria.words} {communes[0]}".strip()
        return {
            "label": _("%(fiches)s, %(commune)s: see the list")
            % {"fiches": in_number(cluster.count), "commune": ", ".join(communes[:MOST_TOLD])},
            "query": criteria.with_words(words).query,
            "opens_list": True,
        }
    named = ", ".join(communes[:MOST_TOLD]) or _("commune not known")
    if len(communes) > MOST_TOLD:
        named = _("%(communes)s and around") % {"communes": named}
    return {
        "label": _("%(fiches)s, %(communes)s: look closer")
        % {"fiches": in_number(cluster.count), "communes": named},
        "query": map_query(criteria, around.widened(0.3) if around else None),
        "opens_list": False,
    }


def map_query(criteria: Criteria, zone: Zone | None = None) -> str:
    """The end of the address of the map of `criteria`, in `zone` or whole."""
    more = {"vue": VIEW} | ({ZONE: zone.key} if zone else {})
    start = f"{criteria.query}&" if criteria.query else "?"
    return f"{start}{urlencode(more, safe=',')}"


def in_number(count: int) -> str:
    """A number of fiches in words."""
    return ngettext("%(number)s fiche", "%(number)s fiches", count) % {"number": count}


def clusters_on_tiles(selection: Selection, zone: Zone, zoom: float) -> list[dict[str, Any]]:
    """The circles of `zone` at a zoom of web maps, where a world is 256 × 2^zoom pixels wide."""
    pixels = TILE * 2 ** min(max(zoom, 0.0), DEEPEST)
    spots, _unplaced = spots_of(selection)
    placed = []
    for spot in spots:
        if zone.holds(spot):
            x, y = project(spot.latitude, spot.longitude)
            placed.append((x * pixels, y * pixels, spot))
    found = []
    for cluster in clusters_of(placed, PIXELS_APART):
        latitude, longitude = unproject(cluster.x / pixels, cluster.y / pixels)
        link = link_of(cluster, selection.criteria)
        found.append(
            {
                "latitude": round(latitude, 5),
                "longitude": round(longitude, 5),
                "count": cluster.count,
                "label": link["label"],
                "query": link["query"],
                "list": link["opens_list"],
                "zone": [
                    [min(one.latitude for one in cluster.spots),
                     min(one.longitude for one in cluster.spots)],
                    [max(one.latitude for one in cluster.spots),
                     max(one.longitude for one in cluster.spots)],
                ],
            }
        )  # fmt: skip
    return found
