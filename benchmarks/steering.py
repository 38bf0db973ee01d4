"""The dashboard and the public figures of an edition with 20,000 fiches: time and queries."""

from __future__ import annotations

import statistics
import time
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from accounts.models import User
from campaigns import catalogue_stamp
from campaigns.models import CampaignPage

FICHES = 20_000
ROUNDS = 15
TRIVIAL = "/robots.txt"


def measure() -> list[tuple[str, str]]:
    """For each page: median milliseconds, ratio to a trivial view, SQL queries."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_demo", actions=FICHES, verbosity=0)
        catalogue_stamp.rebuild()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        edition = CampaignPage.objects.annotate(held=Count("actions")).order_by("-held")[0]
        return _times(edition)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _times(edition: CampaignPage) -> list[tuple[str, str]]:
    academy_of_edition = edition.actions.all()[0].establishment.academy
    people = {
        "editor": User.objects.filter(groups__academy=academy_of_edition),
        "observer": User.objects.filter(observed_departments__academy=academy_of_edition),
    }
    public = Client(headers={"host": "localhost"})
    trivial, _queries = _visit(public, TRIVIAL)
    rows = [(f"Trivial view ({connection.display_name})", f"{trivial:.1f} ms")]
    asked: list[tuple[str, Client, str]] = []
    for role, found in people.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(found[0], backend="django.contrib.auth.backends.ModelBackend")
        if not asked:
            empty = reverse("wagtailadmin_account")
            asked.append(("A page of Wagtail’s own", client, empty))
        for name in ("steering", "steering_answers"):
            asked.append((f"{name}, {role}", client, reverse(name, args=[edition.pk])))
    asked.append(("Edition in figures", public, f"{edition.url}chiffres/"))
    for label, client, address in asked:
        median, queries = _visit(client, address)
        rows.append(
            (f"{label} {address}", f"{median:.1f} ms  ×{median / trivial:.1f}  {queries} SQL")
        )
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
