"""The open data as JSON: what they are first, then fiche after fiche."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder

from .about import LICENCE, LICENCE_ADDRESS, About
from .columns import PublicColumn

CONTENT_TYPE: Final = "application/json"


def parts(
    about: About, columns: Sequence[PublicColumn], rows: Iterable[Sequence[Any]]
) -> Iterator[str]:
    """The text of the file, piece by piece; nothing is kept of a fiche once it is given.

    `licence`, `mise_a_jour` and `source` come first, as the licence asks; `champs` says what each
    field of a fiche is.
    """
    head = _written(
        {
            "titre": about.title,
            "source": about.source,
            "licence": {"nom": LICENCE, "adresse": LICENCE_ADDRESS},
            "mise_a_jour": about.updated_at,
            "edition": {
                "titre": about.edition,
                "theme": about.theme,
                "annee_scolaire": about.school_year,
            },
            "academie": about.academy,
            "adresse": about.address,
            "selection": about.criteria,
            "nombre": about.total,
            "champs": [
                {
                    "nom": column.key,
                    "libelle": column.label,
                    "description": column.description,
                    "type": "list" if column.is_list else column.kind.value,
                }
                for column in columns
            ],
        }
    )
    yield head[:-1] + ', "fiches": ['
    before = "\n"
    keys = [column.key for column in columns]
    for row in rows:
        yield before + _written(dict(zip(keys, row, strict=True)))
        before = ",\n"
    yield "\n]}\n"


_ENCODER: Final = DjangoJSONEncoder(ensure_ascii=False, allow_nan=False)


def _written(value: Any) -> str:
    # Line and paragraph separators end a line for some readers of JSON: `ensure_ascii` would
    # escape every accent with them.
    text = _ENCODER.encode(value)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
