"""Fiches as plain values, some hundred at a time: what the rows of files are made from.

No model is built and each question is asked once for a whole chunk, so that a row costs a fraction
of a millisecond; nothing is kept of a chunk once the next is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import Field, Model, QuerySet

from campaigns.models import Action

CHUNK: Final = 200
"""Fiches read at once: fewer cost more queries, more cost memory."""

Record = dict[str, Any]
"""One fiche: its values by their lookups, as in `establishment__uai`, choices in words.

A vocabulary (`themes`) is the list of its labels; rows of the fiche (`sessions`) are a list of
mappings; both in their order.
"""

ROWS: Final[Mapping[str, Sequence[str]]] = {
    "sessions": ("date", "starts_at", "ends_at", "place", "openness"),
    "partners": ("name", "type__label"),
    "indicators": ("label", "target", "actual"),
    "associated": ("establishment__name", "establishment__commune"),
}
"""What is read of each kind of row."""


def records(
    fiches: QuerySet[Action], numbers: Sequence[int], lookups: Iterable[str]
) -> Iterator[Record]:
    """The fiches of these numbers, in that order, with what `lookups` name.

    Args:
        fiches: those that may be read; asked again for each chunk, so that one taken away
            meanwhile is left out.
        lookups: the way to each value from a fiche; a vocabulary or a key of `ROWS` by its name.
    """
    asked = dict.fromkeys(lookups)
    many = {one.name for one in Action._meta.many_to_many if one.name in asked}
    rows = [name for name in ROWS if name in asked]
    plain = [name for name in asked if name not in many and name not in ROWS]
    words = _words_of(Action, plain)
    plain_fiches = fiches.order_by().select_related(None).prefetch_related(None)
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        found: dict[int, Record] = {}
        for record in plain_fiches.filter(pk__in=chunk).values("pk", *plain):
            found[record["pk"]] = _in_words(record, words)
        for name in many:
            _add_terms(found, name)
        for name in rows:
            _add_rows(found, name)
        for number in chunk:
            if number in found:
                yield found[number]


def _add_terms(found: dict[int, Record], name: str) -> None:
    for record in found.values():
        record[name] = []
    field: Any = Action._meta.get_field(name)
    term = field.m2m_reverse_field_name()
    chosen = field.remote_field.through._default_manager.filter(action__in=list(found))
    ordered = chosen.order_by(f"{term}__order", f"{term}__label")
    for number, label in ordered.values_list("action", f"{term}__label"):
        found[number][name].append(label)


def _add_rows(found: dict[int, Record], name: str) -> None:
    for record in found.values():
        record[name] = []
    model: Any = Action._meta.get_field(name).related_model
    rows = model._default_manager.filter(action__in=list(found)).order_by("sort_order", "pk")
    words = _words_of(model, ROWS[name])
    for row in rows.values("action", *ROWS[name]):
        found[row.pop("action")][name].append(_in_words(row, words))


Words = list[tuple[str, dict[Any, str]]]


def _words_of(model: type[Model], lookups: Iterable[str]) -> Words:
    """What the choices of closed lists are called, in the language of the moment."""
    told = []
    for lookup in lookups:
        field = _field_of(model, lookup)
        if field.choices:
            told.append((lookup, {value: str(label) for value, label in field.flatchoices}))
    return told


def _field_of(model: type[Model], lookup: str) -> Field[Any, Any]:
    name, _between, rest = lookup.partition("__")
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return _field_of(field.related_model, rest) if rest else field


def _in_words(record: Record, words: Words) -> Record:
    for lookup, told in words:
        record[lookup] = told.get(record[lookup], record[lookup])
    return record
