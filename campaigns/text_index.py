"""The words of public fiches in the database, and which fiches hold those of a query.

On PostgreSQL a function of the database asks, with scans of whole tables put off: the planner does
not know that making the vector of a text anew takes longer than reading it, and for a common word
it would do so for each of 20,000 fiches (1.5 s instead of 15 ms).

PostgreSQL has a GIN index on each column of `ActionText`; SQLite a table of FTS5 beside it. Both
hold stems made by `campaigns.stemming`, so that both find the same: Wagtail's own search takes 255
ms for 20,000 texts on PostgreSQL, and up to 138 s on SQLite, where it is quadratic in the hits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connections, router, transaction

from .models.action import Action
from .models.catalogue_rows import ActionText
from .stemming import indexed_stems

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "campaigns_actiontext"
FTS = "campaigns_actiontext_fts"
COLUMNS = ("title", "body")
BATCH = 500


FUNCTION = "campaigns_fiches_holding"

Group = tuple[str, ...]
"""One word of a query: a fiche holds one of these stems."""


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the indexes of the texts; called by a migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for column in COLUMNS:
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {TABLE}_{column} ON {TABLE} "
                    f"USING gin (to_tsvector('simple', {column}))"
                )
            create_function(connection)
        else:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} "
                f"USING fts5({', '.join(COLUMNS)}, scope, tokenize = 'ascii')"
            )


def create_function(connection: BaseDatabaseWrapper) -> None:
    """Make, or make anew, the function that asks; PostgreSQL only; called by a migration.

    The edition is compared by an expression, so that only the index of the words can be used.
    """
    if connection.vendor != "postgresql":
        return
    parts = [
        f"SELECT {rank}, action_id FROM {TABLE} WHERE campaign_id + 0 = ANY(editions) "  # noqa: S608
        f"AND to_tsvector('simple', {column}) @@ to_tsquery('simple', words)"
        for rank, column in ((0, "body"), (1, "title"))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}(editions bigint[], words text) "
            "RETURNS TABLE (in_title integer, fiche bigint) LANGUAGE sql STABLE "
            f"SET enable_seqscan = off AS $$ {' UNION ALL '.join(parts)} $$"
        )


def empty(connection: BaseDatabaseWrapper) -> None:
    """Forget all words, so that they are made anew after the migrations."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608
        if connection.vendor == "sqlite":
            cursor.execute(f"DELETE FROM {FTS}")  # noqa: S608


def drop(connection: BaseDatabaseWrapper) -> None:
    """Undo `create`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}(bigint[], text)")
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
        # The names are found like the text, and the code of the establishment too.
        body=f"{title} {body} {' '.join(indexed_stems(f'{names} {establishment.uai}'))}",
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
                [text.action_id, text.title, text.body, _scope(text.campaign_id)] for text in batch
            ]
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"DELETE FROM {FTS} WHERE rowid = %s",  # noqa: S608
                    [[row[0]] for row in rows],
                )
                cursor.executemany(
                    f"INSERT INTO {FTS} (rowid, title, body, scope) VALUES (%s, %s, %s, %s)",  # noqa: S608
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
    found: tuple[list[int], list[int]] = ([], [])
    statement, values = _statement(campaign_ids, groups)
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)
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
        statement, own = _statement([campaign_id], [tuple(stems)])
        parts.append(f"EXISTS ({statement})")
        values += own
    with _connection().cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return [bool(one) for one in cursor.fetchone()]


def _statement(campaign_ids: Sequence[int], groups: Sequence[Group]) -> tuple[str, list[Any]]:
    """What asks for rows of 0 or 1 (the title alone holds every word) and the id of a fiche."""
    if _connection().vendor == "postgresql":
        words = " & ".join(
            "(" + " | ".join(f"'{stem}'" for stem in group) + ")" for group in groups
        )
        return f"SELECT * FROM {FUNCTION}(%s::bigint[], %s)", [list(campaign_ids), words]  # noqa: S608
    scopes = " OR ".join(_quoted(_scope(campaign_id) for campaign_id in campaign_ids))
    statements, values = [], []
    for rank, column in ((0, "body"), (1, "title")):
        parts = [f"{column} : ({' OR '.join(_quoted(group))})" for group in groups]
        statements.append(f"SELECT {rank}, rowid FROM {FTS} WHERE {FTS} MATCH %s")  # noqa: S608
        values.append(" AND ".join([f"scope : ({scopes})", *parts]))
    return " UNION ALL ".join(statements), values


def _quoted(words: Iterable[str]) -> list[str]:
    return [f'"{word}"' for word in words]
