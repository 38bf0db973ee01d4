"""What the open data say of a fiche, column by column: the only list of what leaves the site.

A column is there because it was put here; `campaigns.outputs.kept_back` says why each other part is
not. A test walks all that a fiche holds and fails on a part that neither list knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.spreadsheets import Kind

from .fetching import Record

Value = Any
"""A text, a number, a date, an instant, true or false, None, or a list of texts or of mappings."""


@dataclass(frozen=True)
class PublicColumn:
    """One column.

    Args:
        key: its name in CSV and JSON; never changes once published.
        label: its head in a workbook.
        description: what its values are.
        holds: the parts of the fiche that it tells, as `field` or `relation.field`.
        lookup: the way from the fiche to what it is read from (`campaigns.outputs.fetching`).
        read: its value.
        is_list: whether the value is a list.
    """

    key: str
    label: str | Promise
    description: str | Promise
    holds: tuple[str, ...]
    lookup: str
    read: Callable[[Record], Value]
    kind: Kind = Kind.TEXT
    width: float = 18
    is_list: bool = False


ADDRESS: Final = "url"
"""What no lookup gives: where the fiche is read, for whoever makes the rows to add."""


def _field(key: str, label: Any, name: str, description: Any, **more: Any) -> PublicColumn:
    """A column that is one part of the fiche or of its establishment, as it stands."""
    lookup = name.replace(".", "__")
    return PublicColumn(key, label, description, (name,), lookup, itemgetter(lookup), **more)


def _terms(key: str, label: Any, name: str, description: Any) -> PublicColumn:
    """A column that lists the entries of a vocabulary."""
    return _field(key, label, name, description, width=30, is_list=True)


def _named(key: str, label: Any, name: str, description: Any) -> PublicColumn:
    """A column that names what the establishment belongs to."""
    lookup = f"{name.replace('.', '__')}__name"

    def read(fiche: Record) -> str:
        return fiche[lookup] or ""

    return PublicColumn(key, label, description, (name,), lookup, read, width=24)


def _instant(key: str, label: Any, name: str, description: Any) -> PublicColumn:
    """A column that is an instant, in the site’s time zone."""

    def read(fiche: Record) -> Value:
        instant = fiche[name]
        return timezone.localtime(instant) if instant else None

    return PublicColumn(key, label, description, (name,), name, read, kind=Kind.DATE_TIME)


def _sessions(fiche: Record) -> list[dict[str, Value]]:
    return [
        {
            "jour": session["date"],
            "debut": session["starts_at"],
            "fin": session["ends_at"],
            "lieu": session["place"],
            "ouverture": session["openness"],
        }
        for session in fiche["sessions"]
    ]


def _partners(fiche: Record) -> list[str]:
    return [
        f"{partner['name']} ({partner['type__label']})"
        if partner["type__label"]
        else partner["name"]
        for partner in fiche["partners"]
    ]


def _indicators(fiche: Record) -> list[dict[str, Value]]:
    return [
        {"indicateur": row["label"], "cible": row["target"], "resultat": row["actual"]}
        for row in fiche["indicators"]
    ]


def _associated(fiche: Record) -> list[str]:
    return [
        ", ".join(filter(None, (row["establishment__name"], row["establishment__commune"])))
        for row in fiche["associated"]
    ]


_INTEGER: Final[dict[str, Any]] = {"kind": Kind.INTEGER, "width": 12}
_PROSE: Final[dict[str, Any]] = {"width": 50}

COLUMNS: Final[Sequence[PublicColumn]] = (
    _field("identifiant", _("Number"), "pk", _("Number of the fiche; never changes."), **_INTEGER),
    _field("adresse", _("Address"), "url", _("Where the fiche is read."), width=40),
    _field("intitule", _("Title"), "title", _("Title of the action."), width=40),
    _field("accroche", _("Summary"), "summary", _("The action in one sentence."), **_PROSE),
    _field("uai", _("UAI"), "establishment.uai", _("Code of the establishment that carries it.")),
    _field(
        "etablissement",
        _("Establishment"),
        "establishment.name",
        _("Name of the establishment."),
        width=40,
    ),
    _field(
        "type_etablissement",
        _("Kind of establishment"),
        "establishment.kind",
        _("École, collège, lycée…"),
        width=22,
    ),
    _field("secteur", _("Sector"), "establishment.sector", _("Public or private.")),
    _field("code_postal", _("Postcode"), "establishment.postcode", _("Of the establishment.")),
    _field("commune", _("Commune"), "establishment.commune", _("Of the establishment."), width=22),
    _field(
        "code_departement",
        _("Department’s code"),
        "establishment.department.code",
        _("Two or three characters: 2A, 76, 974."),
    ),
    _named("departement", _("Department"), "establishment.department", _("Its name.")),
    _named("bassin", _("Basin"), "establishment.basin", _("Basin of education and training.")),
    _named("reseau", _("Network"), "establishment.network", _("FOQUALE network.")),
    _field(
        "latitude",
        _("Latitude"),
        "establishment.latitude",
        _("Of the establishment, in degrees (WGS 84)."),
        kind=Kind.COORDINATE,
    ),
    _field(
        "longitude",
        _("Longitude"),
        "establishment.longitude",
        _("Of the establishment, in degrees (WGS 84)."),
        kind=Kind.COORDINATE,
    ),
    PublicColumn(
        "etablissements_associes",
        _("Associated establishments"),
        _("Name and commune of those that take part."),
        ("associated.establishment",),
        "associated",
        _associated,
        width=40,
        is_list=True,
    ),
    _field(
        "fonction_coordonnateur",
        _("Coordinator’s function"),
        "coordinator_function",
        _("What the person in charge does in the establishment; never their name."),
        width=24,
    ),
    _terms("publics", _("Audiences"), "audiences", _("Whom the action is for.")),
    _terms("niveaux", _("Levels"), "levels", _("Levels concerned.")),
    _terms("thematiques", _("Themes"), "themes", _("What the action works on.")),
    _terms("types_action", _("Types of action"), "action_types", _("Form of the action.")),
    _field(
        "eleves_prevus",
        _("Pupils expected"),
        "pupils_planned",
        _("How many the establishment expects."),
        **_INTEGER,
    ),
    _field(
        "adultes_prevus",
        _("Adults expected"),
        "adults_planned",
        _("How many the establishment expects."),
        **_INTEGER,
    ),
    _field("moment", _("When"), "moment", _("During the Week, or all year round.")),
    _field("nouveaute", _("New or renewed"), "novelty", _("Whether the action is new.")),
    _field(
        "premier_jour",
        _("First day"),
        "starts_on",
        _("First day of the action."),
        kind=Kind.DATE,
        width=12,
    ),
    _field(
        "dernier_jour",
        _("Last day"),
        "ends_on",
        _("Last day of the action."),
        kind=Kind.DATE,
        width=12,
    ),
    _field("lieu", _("Place"), "place", _("Where the action takes place."), width=24),
    _field("ouverture", _("Open to"), "openness", _("Who may attend.")),
    PublicColumn(
        "seances",
        _("Sessions"),
        _("Day, hours, place and openness of each."),
        tuple(f"sessions.{name}" for name in ("date", "starts_at", "ends_at", "place", "openness")),
        "sessions",
        _sessions,
        width=40,
        is_list=True,
    ),
    _field("objectifs", _("Objectives"), "objectives", _("Why the action is led."), **_PROSE),
    _field("deroule", _("Course"), "course", _("How the action goes."), **_PROSE),
    PublicColumn(
        "partenaires",
        _("Partners"),
        _("Organisations that take part, with their kind."),
        ("partners.name", "partners.type"),
        "partners",
        _partners,
        width=40,
        is_list=True,
    ),
    _terms(
        "types_production",
        _("Types of production"),
        "production_types",
        _("What the action produces."),
    ),
    _field("realisation", _("Outcome"), "outcome", _("Outcome or production."), **_PROSE),
    PublicColumn(
        "indicateurs",
        _("Indicators"),
        _("How the effect is measured: indicator, target, result."),
        ("indicators.label", "indicators.target", "indicators.actual"),
        "indicators",
        _indicators,
        width=40,
        is_list=True,
    ),
    _field(
        "reutilisable",
        _("Ready to be reused"),
        "ready_to_reuse",
        _("Whether it can be taken up elsewhere as it is."),
    ),
    _field(
        "conseils_reutilisation",
        _("Advice to reuse it"),
        "reuse_tips",
        _("What to know before taking it up."),
        **_PROSE,
    ),
    _field(
        "eleves_presents", _("Pupils present"), "pupils_actual", _("After the Week."), **_INTEGER
    ),
    _field(
        "adultes_presents", _("Adults present"), "adults_actual", _("After the Week."), **_INTEGER
    ),
    _field(
        "satisfaction",
        _("Satisfaction"),
        "satisfaction",
        _("From 1 to 4, as the establishment judges it."),
        **_INTEGER,
    ),
    _field("reconduite", _("Continued"), "continued", _("Whether the action will go on.")),
    _field("points_forts", _("Strengths"), "strengths", _("What went well."), **_PROSE),
    _field("a_ameliorer", _("To improve"), "improvements", _("What to improve."), **_PROSE),
    _field("conseils", _("Advice"), "advice", _("Advice to others."), **_PROSE),
    _instant(
        "publiee_le", _("Published on"), "first_published_at", _("When the fiche first appeared.")
    ),
    _instant(
        "mise_a_jour_le",
        _("Updated on"),
        "last_published_at",
        _("When its present version appeared."),
    ),
)

LOOKUPS: Final = tuple(column.lookup for column in COLUMNS if column.lookup != ADDRESS)
"""All that is read of a fiche to tell the columns: nothing else leaves the database."""
