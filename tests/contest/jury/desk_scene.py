"""A juror in front of their pages: the browser, the addresses, what a form sends."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import time_machine
from django.test import Client
from django.urls import reverse

from contest.models import Juror
from tests.contest.jury.scene import OPEN, JuryScene

BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser_of(juror: Juror) -> Client:
    """A browser in which `juror` has signed in."""
    assert juror.user is not None
    client = Client()
    with time_machine.travel(OPEN, tick=False):
        client.force_login(juror.user, backend=BACKEND)
    return client


def address(scene: JuryScene, number: int | None) -> str:
    """The page of a poster."""
    return reverse("jury:poster", args=[scene.round.pk, number])


def page_of(scene: JuryScene, name: str = "round") -> str:
    """A page of the scene's round."""
    return reverse(f"jury:{name}", args=[scene.round.pk])


def form(scene: JuryScene, juror: Juror, **fields: Any) -> dict[str, Any]:
    """What a form sends: whose page it was, a new act, and `fields`."""
    seat = scene.seat(juror)
    return {"seat": str(seat.pk), "act": str(uuid4()), "based_on": "0"} | fields


def text_of(response: Any) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def send(client: Client, path: str, **fields: Any) -> tuple[int, dict[str, Any]]:
    """An act as the script sends it: the status and what it is told."""
    answer = client.post(path, fields, headers={"accept": "application/json"})
    is_data = answer["Content-Type"] == "application/json"
    return answer.status_code, json.loads(answer.content) if is_data else {}
