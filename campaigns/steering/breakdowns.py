"""The figures that tell parts of the territory, kinds, levels and themes apart. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from establishments.enums import Kind

from . import definitions, fiche_links
from .counting import Place, Tally, add_up
from .figure import Cell, Figure, Row, described, in_words, share
from .shapes import WIDEST_WITH_WORDS, bars

if TYPE_CHECKING:
    from .numbers import Numbers

KIND_ORDER = list(Kind)


def place_figures(numbers: Numbers) -> list[Figure]:
    """By department, basin, network and kind; a part that has but one is not divided by it."""
    places = [
        *(one.place for one in numbers.schools),
        *(one.place for one in numbers.fiches),
    ]
    names = {one.department: one.department_name for one in places}
    keys = {one.department: one.department_key for one in places}
    basins = {str(one.basin or ""): one.basin_name for one in places}
    networks = {str(one.network or ""): one.network_name for one in places}

    def department(key: str) -> str:
        return f"{names[key]} ({key})"

    def network(key: str) -> str:
        return networks[key] or _("In no network")

    def basin(key: str) -> str:
        return basins[key] or _("In no basin")

    by_department = _tallies(numbers, lambda place: place.department)
    by_basin = _tallies(numbers, lambda place: str(place.basin or ""))
    by_network = _tallies(numbers, lambda place: str(place.network or ""))
    by_kind = _tallies(numbers, lambda place: place.kind)
    figures = []
    if len(by_department) > 1:
        groups = sorted(by_department.items())
        figures.append(
            _by_place("departements", numbers, groups, department, "department", keys=keys)
        )
    if len(by_basin) > 1:
        figures.append(
            _by_place("bassins", numbers, _busiest_first(by_basin, basins), basin, "basin")
        )
    if len(by_network) > 1:
        figures.append(
            _by_place("reseaux", numbers, _busiest_first(by_network, networks), network, "network")
        )
    groups = [(kind, by_kind[kind]) for kind in _by_kind_order(by_kind)]
    figures.append(_by_place("types", numbers, groups, kind_label, "kind"))
    return figures


def _busiest_first(tallies: dict[str, Tally], names: dict[str, str]) -> list[tuple[str, Tally]]:
    """The groups by their fiches; what is in none comes last."""
    return sorted(
        tallies.items(), key=lambda pair: (pair[0] == "", -pair[1].handed_in, names[pair[0]])
    )


def _by_kind_order(tallies: dict[str, Tally]) -> list[str]:
    return [kind for kind in KIND_ORDER if kind in tallies]


def kind_label(key: str) -> str:
    """What a kind of establishment is called."""
    return str(Kind(key).label)


def _tallies(numbers: Numbers, key: Callable[[Place], str]) -> dict[str, Tally]:
    return add_up(numbers.fiches, numbers.schools, numbers.edition, key)


def _by_place(
    figure_key: str,
    numbers: Numbers,
    groups: Sequence[tuple[str, Tally]],
    label: Callable[[str], str],
    parameter: str,
    *,
    keys: Mapping[str, int] | None = None,
) -> Figure:
    """The figure; `keys` are those of the list of fiches, where they are not the groups' own."""
    progress = numbers.scope.sees_progress
    columns = [_("Fiches handed in"), _("Public fiches")]
    columns += [_("Under review"), _("Left out")] if progress else [_("Not public")]
    columns += [_("Establishments concerned"), _("Have answered"), _("Share")]
    if numbers.previous:
        columns.append(_("Handed in, previous edition"))
    rows, drawn = [], []
    for key, tally in groups:
        rest = [tally.in_hand, tally.left_out] if progress else [tally.in_hand + tally.left_out]
        cells: list[Cell] = [
            tally.handed_in,
            tally.public,
            *rest,
            tally.concerned,
            tally.answered,
            share(tally.answered, tally.concerned),
        ]
        if numbers.previous:
            cells.append(tally.before)
        link = f"?{urlencode({parameter: key})}" if key else ""
        listed = {parameter: keys[key] if keys else key}
        links = fiche_links.of_group(numbers, listed) if key else []
        rows.append(Row(label(key), cells, link, cell_links=links if progress else links[:2]))
        if tally.handed_in:
            drawn.append((label(key), in_words(tally.handed_in), [tally.public, *rest]))
    legend = [("first", _("Public fiches"))]
    legend += (
        [("second", _("Under review")), ("third", _("Left out"))]
        if progress
        else [("second", _("Not public"))]
    )
    return Figure(
        figure_key,
        str(definitions.TITLES[figure_key]),
        str(definitions.DEFINITIONS[figure_key]),
        [_FIRST_COLUMN[figure_key](), *columns],
        rows,
        bars(drawn) if drawn else None,
        _described(drawn),
        legend if drawn else (),
    )


_FIRST_COLUMN: dict[str, Callable[[], str]] = {
    "departements": lambda: _("Department"),
    "bassins": lambda: _("Basin"),
    "reseaux": lambda: _("Network"),
    "types": lambda: _("Kind of establishment"),
}


def answers_figure(numbers: Numbers) -> Figure:
    """Who answered and who did not, by kind of establishment."""
    tallies = _tallies(numbers, lambda place: place.kind)
    order = [key for key in _by_kind_order(tallies) if tallies[key].concerned]
    columns = [
        _("Kind of establishment"),
        _("Establishments concerned"),
        _("Have answered"),
        _("Have not answered"),
        _("Share that answered"),
    ]
    if numbers.previous:
        columns.append(_("Had answered, previous edition"))
    rows, drawn = [], []
    for key in order:
        tally = tallies[key]
        silent = tally.concerned - tally.answered
        part = share(tally.answered, tally.concerned)
        cells: list[Cell] = [tally.concerned, tally.answered, silent, part]
        if numbers.previous:
            cells.append(tally.answered_before)
        rows.append(Row(kind_label(key), cells, f"?{urlencode({'kind': key})}"))
        value = _("%(answered)s of %(concerned)s, %(part)s") % {
            "answered": in_words(tally.answered),
            "concerned": in_words(tally.concerned),
            "part": part,
        }
        drawn.append((kind_label(key), value, [tally.answered, silent]))
    return Figure(
        "reponses",
        str(definitions.TITLES["reponses"]),
        str(definitions.DEFINITIONS["reponses"]),
        columns,
        rows,
        bars(drawn, widest=WIDEST_WITH_WORDS) if drawn else None,
        _described(drawn),
        [("first", _("Have answered")), ("second", _("Have not answered"))] if drawn else (),
    )


def terms_figure(numbers: Numbers, key: str, vocabulary: str) -> Figure:
    """How many fiches name each entry of a vocabulary, and the entries that none names."""
    used = numbers.terms[vocabulary]
    drawn = [(one.label, in_words(one.number), [one.number]) for one in used if one.number]
    return Figure(
        key,
        str(definitions.TITLES[key]),
        str(definitions.DEFINITIONS[key]),
        [_("Level") if key == "niveaux" else _("Theme"), _("Fiches")],
        [Row(one.label, [one.number]) for one in used],
        bars(drawn) if drawn else None,
        _described(drawn),
        missing=[one.label for one in used if not one.number] if drawn else (),
    )


def _described(drawn: list[tuple[str, str, list[int]]]) -> str:
    return described([(label, value) for label, value, _parts in drawn])
