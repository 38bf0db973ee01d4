"""From the annuaire's nature and type to our kinds. No ORM, no request.

`code_nature` (RAMSESE) is the surest; labels, type and ways of study serve the vintages without
it, and codes that this table does not know.
"""

from __future__ import annotations

from .enums import Kind
from .folding import fold

_KINDS_OF_NATURE = {
    Kind.NURSERY: "101 102 103 111",
    Kind.ELEMENTARY: "151 152 153 160 162 169 170",
    Kind.COLLEGE: "340 349 350 352 390",
    Kind.LYCEE_GT: "300 301 302 310 335",
    Kind.LYCEE_POLYVALENT: "306",
    Kind.LYCEE_PRO: "320 332 334",
    Kind.EREA: "370 371",
    Kind.MFR: "380",
    Kind.CIO: "841",
}
KIND_OF_NATURE = {code: kind for kind, codes in _KINDS_OF_NATURE.items() for code in codes.split()}
"""24x and 25x are medico-social; the other codes from 800 on are administrative."""

# The first that matches wins: "lycee professionnel" has to be asked before "lycee".
_KIND_OF_LABEL = (
    ("circonscription", Kind.ADMINISTRATION),
    ("maison familiale", Kind.MFR),
    ("medico", Kind.MEDICAL),
    ("information et d orientation", Kind.CIO),
    ("apprentis", Kind.CFA),
    ("maternelle", Kind.NURSERY),
    ("elementaire", Kind.ELEMENTARY),
    ("lycee polyvalent", Kind.LYCEE_POLYVALENT),
    ("lycee professionnel", Kind.LYCEE_PRO),
    ("enseignement professionnel", Kind.LYCEE_PRO),
    ("enseignement adapte", Kind.EREA),
    ("lycee d enseignement general", Kind.LYCEE_GT),
    ("lycee enseignt general", Kind.LYCEE_GT),
    ("college", Kind.COLLEGE),
)

_KIND_OF_TYPE = {
    "college": Kind.COLLEGE,
    "erea": Kind.EREA,
    "information et orientation": Kind.CIO,
    "service administratif": Kind.ADMINISTRATION,
    "medico social": Kind.MEDICAL,
}


def kind_of(
    *,
    nature: str,
    label: str,
    type_name: str,
    nursery: bool,
    elementary: bool,
    general: bool,
    technological: bool,
    vocational: bool,
) -> Kind:
    """The kind that a line of the annuaire describes; `Kind.OTHER` where it does not say.

    The flags are the columns `ecole_maternelle`, `ecole_elementaire` and `voie_*`.
    """
    kind = _of_nature(nature.strip()) or _of_label(fold(label))
    type_name = fold(type_name)
    if kind is None:
        if type_name == "lycee":
            kind = _of_ways(academic=general or technological, vocational=vocational)
        elif type_name == "ecole":
            kind = Kind.PRIMARY
        else:
            kind = _KIND_OF_TYPE.get(type_name, Kind.OTHER)
    if kind in {Kind.NURSERY, Kind.ELEMENTARY, Kind.PRIMARY}:
        return _of_classes(kind, nursery=nursery, elementary=elementary)
    return kind


def _of_nature(nature: str) -> Kind | None:
    if nature in KIND_OF_NATURE:
        return KIND_OF_NATURE[nature]
    if len(nature) == 3 and nature.startswith(("24", "25")):
        return Kind.MEDICAL
    if len(nature) == 3 and nature.startswith("8"):
        return Kind.ADMINISTRATION
    return None


def _of_label(label: str) -> Kind | None:
    return next((kind for part, kind in _KIND_OF_LABEL if part in label), None)


def _of_ways(*, academic: bool, vocational: bool) -> Kind:
    if academic and vocational:
        return Kind.LYCEE_POLYVALENT
    return Kind.LYCEE_PRO if vocational else Kind.LYCEE_GT


def _of_classes(kind: Kind, *, nursery: bool, elementary: bool) -> Kind:
    """The classes a school has say more than its nature, which calls a primary "elementary"."""
    if nursery and elementary:
        return Kind.PRIMARY
    if nursery or elementary:
        return Kind.NURSERY if nursery else Kind.ELEMENTARY
    return kind
