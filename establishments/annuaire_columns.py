"""The columns of an annuaire export under the names of every known vintage. No ORM, no request.

Seen: "Code postal" and "Code_postal" (labels of the open data portal, 2019 to 2023), lower-case
names (its API), "UAI" (hand-made extracts). Case, accents and separators of words do not count.
"""

from __future__ import annotations

from collections.abc import Sequence

from .folding import fold

_HEADINGS: dict[str, tuple[str, ...]] = {
    "uai": ("identifiant de l etablissement", "uai", "code uai", "numero uai", "rne"),
    "name": ("nom etablissement", "nom de l etablissement", "appellation officielle"),
    "type": ("type etablissement", "type d etablissement"),
    "sector": ("statut public prive", "secteur", "secteur public prive libe"),
    "address_1": ("adresse 1", "adresse", "adresse uai"),
    "address_2": ("adresse 2",),
    "address_3": ("adresse 3",),
    "postcode": ("code postal", "code postal uai"),
    "commune": ("nom commune", "commune", "libelle commune"),
    "department": ("code departement", "departement"),
    "nursery": ("ecole maternelle",),
    "elementary": ("ecole elementaire",),
    "general": ("voie generale",),
    "technological": ("voie technologique",),
    "vocational": ("voie professionnelle",),
    "phone": ("telephone",),
    "mailbox": ("mail", "email", "courriel"),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "position": ("position",),
    "updated_on": ("date maj ligne", "date de mise a jour"),
    "state": ("etat", "etat etablissement libe"),
    "nature": ("code nature", "nature uai"),
    "nature_label": ("libelle nature", "nature uai libe"),
    "basin_code": ("code bassin formation",),
    "basin": ("libelle bassin formation",),
}
_COLUMN_OF_HEADING = {
    heading: column for column, headings in _HEADINGS.items() for heading in headings
}
NEEDED = ("uai", "name")
# A line cut before one of these would come in as an establishment with half its data.
_NEVER_CUT = ("uai", "name", "type", "postcode", "commune", "department")


class Columns:
    """Where each column that we read stands in one file."""

    def __init__(self, header: Sequence[str]) -> None:
        self.width = len(header)
        self.positions: dict[str, int] = {}
        for position, heading in enumerate(header):
            column = _COLUMN_OF_HEADING.get(fold(heading))
            if column is not None:
                self.positions.setdefault(column, position)
        self.least_width = 1 + max(
            (self.positions[column] for column in _NEVER_CUT if column in self.positions),
            default=0,
        )

    @property
    def missing(self) -> list[str]:
        """The headings without which nothing can be imported, and which the file lacks."""
        return [_HEADINGS[column][0] for column in NEEDED if column not in self.positions]


class Cells:
    """One line's cells by our names; a column that the file lacks is empty."""

    __slots__ = ("_columns", "_values")

    def __init__(self, columns: Columns, values: Sequence[str]) -> None:
        self._columns = columns
        self._values = values

    def __getitem__(self, column: str) -> str:
        position = self._columns.positions.get(column)
        if position is None or position >= len(self._values):
            return ""
        return self._values[position]

    @property
    def filled(self) -> int:
        """How many cells of the line say something."""
        return sum(1 for value in self._values if value.strip())
