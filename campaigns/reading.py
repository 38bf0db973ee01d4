"""A version of a fiche, laid out to be read: by its author, or to compare two versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .dates import clock_in_words, day_in_words
from .sections import SECTIONS_TO_READ, Section

if TYPE_CHECKING:
    from .models import Action, ActionIndicator, ActionMedia, ActionPartner, ActionSession


INTERNAL_PARTS = frozenset({"coordinator_email", "budget", "funding_sources"})
"""What only those read of whom `campaigns.access.may_see_coordinator` says so."""


FILES = frozenset({"media"})
"""What pages show as pictures and links, apart from the text."""


@dataclass(frozen=True)
class Line:
    """One part of a fiche: its label, and its value as lines of text.

    `is_prose` tells text of several paragraphs from a list of short values.
    """

    name: str
    label: str
    values: tuple[str, ...]
    is_prose: bool = False

    @property
    def text(self) -> str:
        """The value as one text."""
        return "\n".join(self.values)


@dataclass(frozen=True)
class Difference:
    """A part that two versions say differently."""

    label: str
    first: Line
    second: Line


def contents_of(version: Action) -> list[tuple[Section, list[Line]]]:
    """What `version` says, by section; parts and sections left empty are left out."""
    found = []
    for section in SECTIONS_TO_READ:
        told = [name for name in section.holds if name not in FILES]
        lines = [line for name in told if (line := line_of(version, name)).values]
        if lines:
            found.append((section, lines))
    return found


def public_contents_of(version: Action) -> list[tuple[Section, list[Line]]]:
    """What `version` says to whoever may read it at all: its contents without internal parts."""
    found = []
    for section, lines in contents_of(version):
        told = [line for line in lines if line.name not in INTERNAL_PARTS]
        if told:
            found.append((section, told))
    return found


def differences(first: Action, second: Action) -> list[Difference]:
    """The parts that the two versions say differently, in the order of the form."""
    pairs = [
        (line_of(first, name), line_of(second, name))
        for section in SECTIONS_TO_READ
        for name in section.holds
    ]
    return [
        Difference(one.label, one, other)
        for one, other in pairs
        if comparable(one) != comparable(other)
    ]


def comparable(line: Line) -> str:
    """The text of a line, whatever line ends a browser sent and whatever blanks trail."""
    return line.text.replace("\r\n", "\n").strip()


def line_of(version: Action, name: str) -> Line:
    """One part of `version`."""
    if name in _ROWS:
        describe = _ROWS[name]
        rows = tuple(describe(row) for row in getattr(version, name).all())
        field: Any = version._meta.get_field(name)
        return Line(name, capfirst(str(field.related_model._meta.verbose_name_plural)), rows)
    field = version._meta.get_field(name)
    label = capfirst(str(field.verbose_name))
    if isinstance(field, models.TextField):
        text = getattr(version, name).strip()
        return Line(name, label, (text,) if text else (), is_prose=True)
    if field.many_to_many:
        return Line(name, label, tuple(str(term) for term in getattr(version, name).all()))
    text = _text_of(version, field)
    return Line(name, label, (text,) if text else ())


def _text_of(version: Action, field: models.Field) -> str:
    value = getattr(version, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(version, f"get_{field.name}_display")())
    if isinstance(value, bool):
        # A question without an answer is None; a box that is not ticked says nothing.
        return _("Yes") if value else (_("No") if field.null else "")
    if isinstance(value, date):
        return day_in_words(value, weekday=True)
    if isinstance(field, models.DecimalField):
        return f"{number_format(value, decimal_pos=2, force_grouping=True)}\u00a0€"
    return str(value)


def session_in_words(session: ActionSession) -> str:
    """A date of the action: "lundi 3 avril 2023, de 13 h à 14 h, Foyer"."""
    parts = [day_in_words(session.date, weekday=True)]
    if session.starts_at and session.ends_at:
        parts.append(
            pgettext("hours", "from %(start)s to %(end)s")
            % {
                "start": clock_in_words(session.starts_at),
                "end": clock_in_words(session.ends_at),
            }
        )
    elif session.starts_at:
        parts.append(
            pgettext("hours", "at %(start)s") % {"start": clock_in_words(session.starts_at)}
        )
    elif session.ends_at:
        parts.append(pgettext("hours", "until %(end)s") % {"end": clock_in_words(session.ends_at)})
    if session.place:
        parts.append(session.place)
    if session.openness:
        parts.append(str(session.get_openness_display()).lower())
    return ", ".join(parts)


def partner_in_words(partner: ActionPartner) -> str:
    """A partner with its kind: "Mission locale de la rive gauche (mission locale)"."""
    return f"{partner.name} ({partner.type.label})" if partner.type else partner.name


def indicator_in_words(indicator: ActionIndicator) -> str:
    """What is counted, what is aimed for and, after the Week, what it gave."""
    told = indicator.label
    if indicator.target:
        told = _("%(label)s: %(target)s") % {"label": told, "target": indicator.target}
    if indicator.actual:
        told = _("%(indicator)s (result: %(actual)s)") % {
            "indicator": told,
            "actual": indicator.actual,
        }
    return told


def medium_in_words(medium: ActionMedia) -> str:
    """A file with what is said of it."""
    said = [str(medium.get_kind_display()), medium.alternative, medium.credit]
    if medium.is_authorised:
        said.append(_("written authorisations held"))
    return ", ".join(one for one in said if one)


_ROWS: dict[str, Any] = {
    "sessions": session_in_words,
    "partners": partner_in_words,
    "indicators": indicator_in_words,
    "media": medium_in_words,
}
