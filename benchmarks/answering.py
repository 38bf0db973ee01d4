"""What benchmarks of pages share: a database of their own, and how long an address takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client


@contextmanager
def own_database() -> Iterator[None]:
    """An empty database beside the configured one, gone at the end."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def analyse() -> None:
    """Let the database count its rows, as its own housekeeping would in time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visit(client: Client, address: str, rounds: int) -> tuple[float, int]:
    """Median milliseconds of `rounds` answers, after two first ones, and the queries of one.

    The time is that until the answer begins; one that is streamed is then read to its end.

    Raises:
        RuntimeError: the address does not answer 200.
    """

    def get() -> float:
        start = time.perf_counter()
        response: Any = client.get(address)
        spent = (time.perf_counter() - start) * 1000
        if response.status_code != 200:
            raise RuntimeError(f"{address} answers {response.status_code}")
        for _part in response.streaming_content if response.streaming else ():
            pass
        return spent

    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    get()
    with connection.execute_wrapper(count):
        get()
    return statistics.median(get() for _round in range(rounds)), len(queries)
