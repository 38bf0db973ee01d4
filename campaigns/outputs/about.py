"""What a file says of itself: whose it is, what it holds, since when, under which licence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

LICENCE: Final = "Licence Ouverte 2.0"
LICENCE_ADDRESS: Final = "https://github.com/etalab/licence-ouverte/blob/master/LO.md"
"""The licence asks whoever reuses the data to name the source and the date of last update."""


@dataclass(frozen=True)
class About:
    """One file.

    Args:
        title: what the file is.
        edition: the edition's title; `theme` and `school_year` are its own.
        academy: the académie; `service` is its service that publishes, `contact` its mailbox.
        address: where the same selection is read on the site.
        criteria: what is chosen, by the parameter of the address: keys, or the words typed.
        chosen: the same for people: labels and what is chosen.
        total: the number of fiches.
        updated_at: the last publication in the edition; None while there is none.
    """

    title: str
    edition: str
    theme: str
    school_year: str
    academy: str
    service: str
    contact: str
    address: str
    criteria: Mapping[str, Sequence[str]]
    chosen: Sequence[tuple[str, str]]
    total: int
    updated_at: datetime | None

    @property
    def source(self) -> str:
        """Whom to name when the data are reused."""
        return ", ".join(part for part in (self.academy, self.service, self.edition) if part)

    @property
    def chosen_in_words(self) -> str:
        """The selection in one line."""
        if not self.chosen:
            return _("All the fiches of the edition")
        return " · ".join(
            _("%(label)s: %(value)s") % {"label": label, "value": value}
            for label, value in self.chosen
        )
