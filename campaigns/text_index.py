"""The words of public fiches in the database, and which fiches hold those of a query.

PostgreSQL has a GIN index on each column of `ActionText`; SQLite a table of FTS5 beside it. Both
hold stems made by `campaigns.stemming`, so that both find the same: Wagtail's own search takes 255
ms for 20,000 texts on PostgreSQL, and up to 138 s on SQLite, where it is quadratic in the hits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections, router, transaction

from .models.action import Action
from .models.catalogue_rows import ActionText
from .stemming import indexed_stems, name_words

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "campaigns_actiontext"
FTS = "campaigns_actiontext_fts"
COLUMNS = ("title", "body", "names")
BATCH = 500


@dataclass(frozen=True)
class Group:
    """One word of a query: any of `stems` in the texts, or any of `names` in the names."""

    stems: tuple[str, ...]
    names: tuple[str, ...] = ()


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the indexes of the texts; called by a migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for column in COLUMNS:
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {TABLE}_{column} ON {TABLE} "
                    f"USING gin (to_tsvector('simple', {column}))"
                )
        else:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} "
                f"USING fts5({', '.join(COLUMNS)}, scope, tokenize = 'ascii')"
            )


def drop(connection: BaseDatabaseWrapper) -> None:
    """Undo `create`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for column in COLUMNS:
                cursor.execute(f"DROP INDEX IF EXISTS {TABLE}_{column}")
        else:
            cursor.execute(f"DROP TABLE IF EXISTS {FTS}")


def write(actions: Iterable[Action]) -> None:
    """Keep the words of `actions`, rows with their establishment, as they are to be found."""
    batch: list[ActionText] = []
    for action in actions:
        batch.append(_text_of(action))
        if len(batch) == BATCH:
            _store(batch)
            batch = []
    if batch:
        _store(batch)


def forget(action_ids: Sequence[int]) -> None:
    """Find these fiches no more."""
    ActionText.objects.filter(pk__in=action_ids).delete()
    connection = _connection()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {FTS} WHERE rowid = %s", [[pk] for pk in action_ids])  # noqa: S608


def _text_of(action: Action) -> ActionText:
    establishment = action.establishment
    names = f"{establishment.name} {establishment.commune}"
    title = " ".join(indexed_stems(action.title))
    texts = (action.summary, action.objectives, action.course, action.outcome, action.reuse_tips)
    body = " ".join(indexed_stems("\n".join(texts)))
    return ActionText(
        action=action,
        campaign_id=action.campaign_id,
        title=title,
        # Whoever types the name as it is finds it without a guess.
        body=f"{title} {body} {' '.join(indexed_stems(names))}",
        names=" ".join([establishment.uai.lower(), *name_words(names)]),
    )


def _store(batch: list[ActionText]) -> None:
    connection = _connection()
    with transaction.atomic(using=connection.alias):
        ActionText.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["action"],
            update_fields=["campaign", *COLUMNS],
        )
        if connection.vendor == "sqlite":
            rows: list[list[Any]] = [
                [text.action_id, text.title, text.body, text.names, _scope(text.campaign_id)]
                for text in batch
            ]
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"DELETE FROM {FTS} WHERE rowid = %s",  # noqa: S608
                    [[row[0]] for row in rows],
                )
                cursor.executemany(
                    f"INSERT INTO {FTS} (rowid, title, body, names, scope) "  # noqa: S608
                    "VALUES (%s, %s, %s, %s, %s)",
                    rows,
                )


def _scope(campaign_id: int) -> str:
    return f"c{campaign_id}"


def _connection() -> BaseDatabaseWrapper:
    return connections[router.db_for_write(ActionText)]


def find(campaign_ids: Sequence[int], groups: Sequence[Group]) -> tuple[list[int], list[int]]:
    """The fiches of some editions that hold a word of each of `groups`; one query.

    Every stem and name is of letters and digits only, as `campaigns.stemming` makes them.

    Returns:
        The ids of all the fiches, and of those whose title alone holds every stem.
    """
    anywhere, values = _statement(campaign_ids, groups)
    titled, more = _statement(campaign_ids, groups, title=True)
    found: tuple[list[int], list[int]] = ([], [])
    with _connection().cursor() as cursor:
        cursor.execute(
            f"SELECT 0, one.* FROM ({anywhere}) one UNION ALL SELECT 1, two.* FROM ({titled}) two",  # noqa: S608
            values + more,
        )
        for in_title, pk in cursor.fetchall():
            found[in_title].append(pk)
    return found


def held(campaign_id: int, words: Sequence[Sequence[str]]) -> list[bool]:
    """Whether any fiche of an edition holds any of the stems of each of `words`; one query."""
    parts: list[str] = []
    values: list[Any] = []
    for stems in words:
        if not stems:
            parts.append("1 = 0")
            continue
        statement, own = _statement([campaign_id], [Group(tuple(stems))])
        parts.append(f"EXISTS ({statement})")
        values += own
    with _connection().cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return [bool(one) for one in cursor.fetchone()]


def _statement(
    campaign_ids: Sequence[int], groups: Sequence[Group], *, title: bool = False
) -> tuple[str, list[Any]]:
    make = _postgresql if _connection().vendor == "postgresql" else _sqlite
    return make(campaign_ids, groups, title)


def _postgresql(
    campaign_ids: Sequence[int], groups: Sequence[Group], title: bool
) -> tuple[str, list[Any]]:
    column = "title" if title else "body"
    conditions: list[str] = []
    values: list[Any] = [list(campaign_ids)]
    for group in groups:
        either = [f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)"]
        values.append(" | ".join(f"'{stem}'" for stem in group.stems))
        if group.names and not title:
            either.append("to_tsvector('simple', names) @@ to_tsquery('simple', %s)")
            values.append(" | ".join(f"'{name}'" for name in group.names))
        conditions.append(f"({' OR '.join(either)})")
    return (
        f"SELECT action_id FROM {TABLE} WHERE campaign_id = ANY(%s) AND {' AND '.join(conditions)}",  # noqa: S608
        values,
    )


def _sqlite(
    campaign_ids: Sequence[int], groups: Sequence[Group], title: bool
) -> tuple[str, list[Any]]:
    column = "title" if title else "body"
    scopes = _quoted(_scope(campaign_id) for campaign_id in campaign_ids)
    parts = [f"scope : ({' OR '.join(scopes)})"]
    for group in groups:
        either = [f"{column} : ({' OR '.join(_quoted(group.stems))})"]
        if group.names and not title:
            either.append(f"names : ({' OR '.join(_quoted(group.names))})")
        parts.append(f"({' OR '.join(either)})")
    return f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s", [" AND ".join(parts)]  # noqa: S608


def _quoted(words: Iterable[str]) -> list[str]:
    return [f'"{word}"' for word in words]
