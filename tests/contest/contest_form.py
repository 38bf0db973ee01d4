"""The editors' form of a contest as a browser has it, and what it says when it is refused."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from campaigns.models import CampaignPage
from contest.models import ContestPage


def address_of_new(edition: CampaignPage) -> str:
    return reverse("wagtailadmin_pages:add", args=["contest", "contestpage", edition.pk])


def address_of(contest: ContestPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[contest.pk])


def form_data(client: Client, address: str) -> dict[str, Any]:
    """What the browser would send back of the form at `address`, untouched."""
    response = client.get(address)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    for template in soup.find_all("template"):
        template.decompose()
    form = soup.find(attrs={"name": "deposit_opens_at"}).find_parent("form")
    for box in form.find_all("input", type="checkbox", value=False):
        box["value"] = "on"  # what a browser sends
    sent = querydict_from_html(str(form))
    # The blocks of these are drawn by scripts; the contests of the tests hold none.
    blocks = {f"{name}-count": "0" for name in ("body", "rules", "debate")}
    return {name: sent.getlist(name) for name in sent} | blocks


def publish(client: Client, address: str, data: dict[str, Any], **changed: Any) -> Any:
    """Send the form at `address` to be published; the answer, with its form where it is refused."""
    return client.post(address, data | changed | {"action-publish": "1"})


def create(client: Client, edition: CampaignPage, **changed: Any) -> ContestPage:
    """The contest that publishing the new form makes, with some fields changed."""
    address = address_of_new(edition)
    answer = publish(client, address, form_data(client, address), **changed)
    assert answer.status_code == 302, errors_of(answer)
    return ContestPage.objects.child_of(edition).get()


def errors_of(answer: Any) -> dict[str, list[str]]:
    """The messages of a refused form, its rows' included, by the name of their field."""
    form = answer.context["form"]
    found = {name: list(errors) for name, errors in form.errors.items()}
    for name, formset in form.formsets.items():
        for row in formset.forms:
            found |= {f"{row.prefix}-{field}": list(told) for field, told in row.errors.items()}
        if formset.non_form_errors():
            found[name] = list(formset.non_form_errors())
    return found
