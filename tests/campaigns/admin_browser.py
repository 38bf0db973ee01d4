"""A browser signed in to the admin, and what its forms would send back."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

NAMESPACE = "wagtailsnippets_campaigns_action"


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_data(client: Client, address: str) -> dict[str, Any]:
    """What the browser would send back of the form at `address`, untouched."""
    response = client.get(address)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    for template in soup.find_all("template"):
        template.decompose()
    form = soup.find("form", id="w-editor-form")
    sent = querydict_from_html(str(form))
    return {name: sent.getlist(name) for name in sent if sent.getlist(name) != [""]}
