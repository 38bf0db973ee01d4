"""What each figure counts, in a sentence: no number is shown without it."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: Final[dict[str, Promise]] = {
    "statuts": _("Where the fiches stand today"),
    "rythme": _("Day after day"),
    "edition-precedente": _("Compared with the previous edition"),
    "departements": _("By department"),
    "bassins": _("By basin"),
    "reseaux": _("By network"),
    "types": _("By kind of establishment"),
    "reponses": _("Establishments that answered"),
    "niveaux": _("Levels"),
    "thematiques": _("Themes"),
}
"""The figures of a dashboard by their key, which is also the name of their spreadsheet."""

DEFINITIONS: Final[dict[str, Promise]] = {
    "statuts": _(
        "Fiches handed in, each counted once, by the status of its latest version at the date of "
        "the figures. Drafts are not counted: nobody but their establishment knows of them."
    ),
    "rythme": _(
        "Total at the end of each day, since the call opened. A fiche counts as handed in on the "
        "day of its latest hand-in, as given the visa on the day of its first visa, as published "
        "on the day of its first publication."
    ),
    "edition-precedente": _(
        "Fiches handed in, in total at the end of each day, the two editions set on the day of "
        "their deadlines. A fiche counts on the day of its latest hand-in."
    ),
    "departements": _(
        "Fiches handed in, by the department of the establishment that carries them. An "
        "establishment has answered once it has handed in a fiche or takes part in one handed in."
    ),
    "bassins": _(
        "Fiches handed in, by the basin (bassin d’éducation et de formation) to which the "
        "establishment that carries them belongs today."
    ),
    "reseaux": _(
        "Fiches handed in, by the network (réseau FOQUALE) to which the establishment that carries "
        "them belongs today."
    ),
    "types": _("Fiches handed in, by the kind of the establishment that carries them."),
    "reponses": _(
        "Open establishments of the directory, administrative services left out. One has answered "
        "once it has handed in a fiche or takes part in one handed in, whatever became of it."
    ),
    "niveaux": _(
        "Fiches handed in that name the level, those not selected or withdrawn left out. A fiche "
        "that names several levels counts for each: do not add them up."
    ),
    "thematiques": _(
        "Fiches handed in that name the theme, those not selected or withdrawn left out. A fiche "
        "that names several themes counts for each: do not add them up."
    ),
}

OBSERVED_DEFINITIONS: Final[dict[str, Promise]] = {
    "statuts": _("Fiches handed in, each counted once: public on the site or not."),
    "rythme": _(
        "Total at the end of each day, since the call opened. A fiche counts as handed in on the "
        "day of its latest hand-in, as published on the day of its first publication."
    ),
}
"""What differs for observers, whom the course of a review does not concern."""

HANDED_IN: Final = _(
    "Fiches handed in by the establishments, whatever became of them; drafts do not count."
)
PUBLIC: Final = _("Fiches that everybody can read on the site at the date of the figures.")
IN_HAND: Final = _(
    "Fiches with a network, with the académie or sent back for correction, of which no version is "
    "public yet."
)
NOT_PUBLIC: Final = _("Fiches handed in of which no version is public at the date of the figures.")
ANSWERED: Final = _(
    "Open establishments that have handed in a fiche or take part in one handed in; "
    "administrative services left out."
)


def definition_of(key: str, *, is_observed: bool) -> str:
    """What the figure `key` counts, for observers or for everybody else."""
    if is_observed and key in OBSERVED_DEFINITIONS:
        return str(OBSERVED_DEFINITIONS[key])
    return str(DEFINITIONS[key])
