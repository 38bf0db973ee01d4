"""While a palmarès waits, the public site is read through: nothing tells whose works these are."""

from __future__ import annotations

import re
from collections import deque
from datetime import timedelta
from html import unescape
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client

from contest.models import ContestPage, Juror, Jury
from establishments.models import Establishment
from tests.contest.jury.published_scene import INSTANT, give, make_counted, publish, streamed
from tests.contest.jury.scene import JuryScene

pytestmark = pytest.mark.django_db

NAME, COMMUNE, REASON = "Zébrulon", "Trifouillis", "Son audace graphique"
WAITING = INSTANT + timedelta(days=1)
"""After the date announced on the contest's page, before the instant that was decided."""

COMES = INSTANT + timedelta(days=3)


@pytest.fixture
def scene() -> JuryScene:
    """A palmarès decided for later than announced, in a contest whose gallery is open."""
    made = make_counted()
    ContestPage.objects.update(gallery_before_results=True)
    for at, poster in enumerate(made.posters):
        Establishment.objects.filter(pk=poster.establishment_id).update(
            name=f"Collège {NAME} {at}", commune=COMMUNE
        )
    give(made, 3, REASON)
    publish(made, at=COMES)
    return made


def crawl(client: Client, starts: list[str]) -> dict[str, str]:
    """Every page of the public site that links lead to, by its address."""
    waiting, heard = deque(starts), {}
    while waiting:
        path = waiting.popleft()
        if path in heard or len(heard) > 150:
            continue
        answer = client.get(path)
        if answer.streaming:
            streamed(answer)
            continue
        heard[path] = answer.content.decode(errors="replace")
        if "html" not in answer.get("Content-Type", ""):
            continue
        for one in re.findall(r'href="([^"#]+)', heard[path]):
            parts = urlsplit(urljoin(path, unescape(one)))
            if not parts.netloc and not parts.path.startswith(("/static/", "/admin/")):
                waiting.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return heard


def test_the_public_site_names_nobody_while_the_palmares_waits(scene: JuryScene) -> None:
    base = scene.contest_scene.contest.url
    starts = [
        "/", base, "/sitemap.xml", f"{base}galerie/", f"{base}galerie/3/", f"{base}galerie/?prix=1",
        f"{base}galerie/?prix=coup-de-coeur", f"{base}resultats/", f"{base}resultats/1/",
        f"{base}resultats.zip", f"{base}resultats-1.zip", "/recherche/?q=affiche",
    ]  # fmt: skip
    with time_machine.travel(WAITING, tick=False):
        heard = crawl(Client(), starts)
        assert len(heard) > len(starts)
        told = [
            (path, word)
            for path, text in heard.items()
            for word in (NAME, COMMUNE, REASON)
            if word in text
        ]
        assert told == []
        for path in (f"/recherche/?q={NAME}", f"{base}galerie/?q={NAME}"):
            assert COMMUNE not in Client().get(path).content.decode()
            assert "/galerie/3/" not in Client().get(path).content.decode()
        assert Client().get(f"{base}resultats-1.zip").status_code == 404
    with time_machine.travel(COMES, tick=False):
        heard = crawl(Client(), [f"{base}resultats/"])
        assert all(word in heard[f"{base}resultats/"] for word in (NAME, COMMUNE, REASON))


def test_the_public_archive_names_no_juror(scene: JuryScene) -> None:
    with time_machine.travel(COMES, tick=False):
        answer = Client().get(f"{scene.contest_scene.contest.url}resultats.zip")
        archive = ZipFile(BytesIO(streamed(answer)))
    secret = Jury.objects.get().secret
    for name in archive.namelist():
        text = archive.read(name).decode()
        for juror in Juror.objects.all():
            for word in (juror.name, juror.email, juror.title, juror.key):
                assert word not in text, name
        assert secret not in text
