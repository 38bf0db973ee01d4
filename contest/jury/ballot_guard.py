"""The triggers by which the database itself keeps ballots and results as they were.

A ballot and a published result are only ever added: whoever tries to change or delete one, by
whatever way, is refused; so is whoever adds a ballot to a round that is counted. Only whoever may
change the tables themselves could undo it, and the published fingerprint would tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("contest_ballot", "contest_lateballot", "contest_result", "contest_laureate")

MESSAGE = "ballots and results are only ever added"

_RESULT_COLUMNS = (
    "id",
    "contest_id",
    "version",
    "ruleset",
    "note",
    "fingerprint",
    "public",
    "organisers",
    "decided_at",
    "published_at",
)

_SQLITE_LATE = f"""
CREATE TRIGGER IF NOT EXISTS contest_ballot_counted BEFORE INSERT ON contest_ballot
WHEN EXISTS (
    SELECT 1 FROM contest_assignment a JOIN contest_round r ON r.id = a.round_id
    WHERE a.id = NEW.assignment_id AND r.tallied_at IS NOT NULL
)
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""  # noqa: S608 - no value of anybody's

_TAKEN = {
    "contest_ballot": "assignment_id = NEW.assignment_id AND (n = NEW.n OR act = NEW.act)",
    "contest_lateballot": "assignment_id = NEW.assignment_id AND act = NEW.act",
    "contest_result": (
        "contest_id = NEW.contest_id AND version = NEW.version "
        "AND called_off_at IS NULL AND NEW.called_off_at IS NULL"
    ),
    "contest_laureate": (
        'result_id = NEW.result_id AND ("order" = NEW."order" '
        "OR poster_id = NEW.poster_id AND label = NEW.label)"
    ),
}
"""Where a row stands that a new one must not be, as its table's constraints say: the `INSERT OR
REPLACE` of SQLite would take it away without asking the trigger of deletion."""

_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION contest_only_added() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION contest_not_emptied() RETURNS trigger AS $$
DECLARE has_rows boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO has_rows;
    IF has_rows THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION contest_ballot_counted() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM contest_assignment a JOIN contest_round r ON r.id = a.round_id
        WHERE a.id = NEW.assignment_id AND r.tallied_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""  # noqa: S608


def install_after_migrating(using: str, **kwargs: Any) -> None:
    """Make sure of the triggers: on SQLite a change of a table loses them without a word."""
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; safe to call again."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: to migrate backwards, and for tests to empty their database."""
    with connection.cursor() as cursor:
        for table, name in _names():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def statements(vendor: str) -> list[str]:
    """What creates the triggers on "postgresql" or "sqlite".

    Raises:
        NotImplementedError: on another database they would not be there, unnoticed.
    """
    if vendor == "postgresql":
        return _postgresql()
    if vendor == "sqlite":
        return _sqlite()
    raise NotImplementedError(f"No guard of ballots for {vendor}")


def _names() -> list[tuple[str, str]]:
    ends = ("kept", "same", "whole", "new")
    names = [(table, f"{table}_{end}") for table in TABLES for end in ends]
    return [*names, ("contest_ballot", "contest_ballot_counted")]


def _unchanged(distinct: str) -> str:
    """True where a column of a result differs; only calling it off may change it."""
    return " OR ".join(f"NEW.{name} {distinct} OLD.{name}" for name in _RESULT_COLUMNS)


def _sqlite() -> list[str]:
    made = []
    for table in TABLES:
        changed = f" WHEN {_unchanged('IS NOT')}" if table == "contest_result" else ""
        for end, event, condition in (("kept", "DELETE", ""), ("same", "UPDATE", changed)):
            made.append(
                f"CREATE TRIGGER IF NOT EXISTS {table}_{end} BEFORE {event} ON {table}{condition} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        made.append(_sqlite_new(table))
    return [*made, _SQLITE_LATE]


def _sqlite_new(table: str) -> str:
    """The trigger that lets no row take the place of one that is there."""
    return (
        f"CREATE TRIGGER IF NOT EXISTS {table}_new BEFORE INSERT ON {table} "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR {_TAKEN[table]}) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _postgresql() -> list[str]:
    made = [_POSTGRESQL_FUNCTIONS]
    for table in TABLES:
        changed = f" WHEN ({_unchanged('IS DISTINCT FROM')})" if table == "contest_result" else ""
        made += [
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION contest_only_added()",
            f"CREATE TRIGGER {table}_same BEFORE UPDATE ON {table} "
            f"FOR EACH ROW{changed} EXECUTE FUNCTION contest_only_added()",
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION contest_not_emptied()",
        ]
    made.append(
        "CREATE TRIGGER contest_ballot_counted BEFORE INSERT ON contest_ballot "
        "FOR EACH ROW EXECUTE FUNCTION contest_ballot_counted()"
    )
    return made
