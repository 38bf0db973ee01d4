"""How long each public page takes in the server, beside a trivial view of the same server."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks.answering import own_database, visit

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
    with own_database():
        call_command("load_demo", verbosity=0)
        client = Client(headers={"host": "localhost"})
        trivial, _queries = visit(client, TRIVIAL, ROUNDS)
        rows = [(f"Trivial view ({connection.display_name})", f"{trivial:.1f} ms")]
        for label, address in PAGES:
            median, queries = visit(client, address, ROUNDS)
            rows.append(
                (f"{label} {address}", f"{median:.1f} ms  ×{median / trivial:.1f}  {queries} SQL")
            )
    return rows
