"""How long each public page takes in the server, beside a trivial view of the same server."""

from __future__ import annotations

import statistics
import time
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

PAGES = [
    ("Home", "/"),
    ("Edition", "/2023/"),
    ("Catalogue", "/2023/actions/"),
    ("List of editions", "/editions/"),
    ("Search", "/recherche/?q=tutorat"),
    ("Plan du site", "/plan-du-site/"),
    ("Sign-in, search of an establishment", "/espace/connexion/?q=college"),
]
TRIVIAL = "/robots.txt"
ROUNDS = 25


def measure() -> list[tuple[str, str]]:
    """For each page: median milliseconds, ratio to a trivial view, SQL queries, on the demo."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_demo", verbosity=0)
        client = Client(headers={"host": "localhost"})
        trivial, _queries = _visit(client, TRIVIAL)
        rows = [(f"Trivial view ({connection.display_name})", f"{trivial:.1f} ms")]
        for label, address in PAGES:
            median, queries = _visit(client, address)
            rows.append(
                (f"{label} {address}", f"{median:.1f} ms  ×{median / trivial:.1f}  {queries} SQL")
            )
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    return rows


def _visit(client: Client, address: str) -> tuple[float, int]:
    """Median milliseconds of `ROUNDS` answers, after a first one, and the queries of one."""
    if client.get(address).status_code != 200:
        raise RuntimeError(f"{address} does not answer")
    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(address)
    spent = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent), len(queries)
