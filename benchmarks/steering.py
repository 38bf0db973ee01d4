"""The dashboard and the public figures of an edition with 20,000 fiches: time and queries."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.answering import analyse, own_database, visit
from campaigns import catalogue_stamp
from campaigns.models import CampaignPage

FICHES = 20_000
ROUNDS = 15
TRIVIAL = "/robots.txt"


def measure() -> list[tuple[str, str]]:
    """For each page: median milliseconds, ratio to a trivial view, SQL queries."""
    with own_database():
        call_command("load_demo", actions=FICHES, verbosity=0)
        catalogue_stamp.rebuild()
        analyse()
        edition = CampaignPage.objects.annotate(held=Count("actions")).order_by("-held")[0]
        return _times(edition)


def _times(edition: CampaignPage) -> list[tuple[str, str]]:
    academy_of_edition = edition.actions.all()[0].establishment.academy
    people = {
        "editor": User.objects.filter(groups__academy=academy_of_edition),
        "observer": User.objects.filter(observed_departments__academy=academy_of_edition),
    }
    public = Client(headers={"host": "localhost"})
    trivial, _queries = visit(public, TRIVIAL, ROUNDS)
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
        median, queries = visit(client, address, ROUNDS)
        rows.append(
            (f"{label} {address}", f"{median:.1f} ms  ×{median / trivial:.1f}  {queries} SQL")
        )
    return rows
