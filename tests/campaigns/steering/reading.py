"""Reading the dashboard's page in a test."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse

from tests.campaigns.admin_browser import signed_in
from tests.campaigns.steering.cases import Steered


def dashboard(user: Any, site: Steered, query: str = "") -> BeautifulSoup:
    response = signed_in(user).get(reverse("steering", args=[site.edition.pk]) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def key_numbers(page: BeautifulSoup) -> list[str]:
    return [" ".join(one.get_text().split()) for one in page.select(".figure-keys__value")]


def table(page: BeautifulSoup, key: str) -> dict[str, list[str]]:
    rows = page.select(f"#{key} tbody tr")
    assert rows, f"no table for {key}"
    return {
        " ".join(row.th.get_text().split()): [
            cell.get_text().strip() for cell in row.find_all("td")
        ]
        for row in rows
    }
