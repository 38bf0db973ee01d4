"""A juror's whole traffic, searched for whose posters these are."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contest.jury.enums import Method
from contest.models import Poster
from establishments.models import Establishment
from tests.contest.jury.desk_scene import browser_of
from tests.contest.jury.scene import CLOSED, OPEN, JuryScene, make_jury
from tests.contest.matrix import sent

pytestmark = pytest.mark.django_db

SECRETS = {
    "name": "Zébrulon",
    "commune": "Trifouillis",
    "email": "zebrulon-boite",
    "class": "4e Quetzal",
    "contact": "Wilhelmine Kraken",
    "title": "Xylophage",
    "statement": "Ornithorynque",
    "technique": "Sérigrafouille",
    "scope": "Portéexyz",
    "original": "original.jpg",
    "preview": "preview.jpg",
}
"""What only an establishment's own posters say; each is on every poster of the scene."""


def mark(scene: JuryScene) -> list[str]:
    """Give every poster's row, and its establishment's, words that are nowhere else."""
    tokens = []
    for at, poster in enumerate(scene.posters):
        Establishment.objects.filter(pk=poster.establishment_id).update(
            name=f"Collège {SECRETS['name']} {at}",
            commune=SECRETS["commune"],
            address=f"rue {SECRETS['name']}",
            email=f"{SECRETS['email']}{at}@ac.example",
        )
        Poster.objects.filter(pk=poster.pk).update(
            title=f"{SECRETS['title']} {at}",
            statement=SECRETS["statement"],
            class_label=SECRETS["class"],
            attested_by=SECRETS["contact"],
            technique=SECRETS["technique"],
            attestation_scope=SECRETS["scope"],
            alternative="Un escalier monte vers le soleil.",
        )
        tokens.append(Establishment.objects.get(pk=poster.establishment_id).uai)
    return tokens


class Traffic:
    """Everything that a browser was sent, body and headers, with where it came from."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.heard: dict[str, str] = {}

    def hear(self, name: str, answer: Any) -> str:
        """Keep an answer; its text."""
        content = sent(answer)
        head = "\n".join(f"{key}: {value}" for key, value in answer.items())
        body = content.decode("latin-1" if answer.streaming else "utf-8")
        cookies = answer.cookies.output()
        self.heard[name] = f"{answer.status_code}\n{head}\n{cookies}\n{body}"
        return body

    def crawl(self, start: str) -> None:
        """Follow every link and picture of the jury's pages."""
        waiting, seen = deque([start]), set()
        while waiting:
            path = waiting.popleft()
            if path in seen:
                continue
            seen.add(path)
            answer = self.client.get(path)
            body = self.hear(path, answer)
            if "html" not in answer.headers.get("Content-Type", ""):
                continue
            found = re.findall(r'(?:href|src|action)="([^"]+)"', body)
            for srcset in re.findall(r'srcset="([^"]+)"', body):
                found += [one.split()[0] for one in srcset.split(",")]
            for one in found:
                parts = urlsplit(urljoin(path, unescape(one)))
                is_ours = parts.path.startswith(("/jury/", "/fichiers/"))
                if not parts.netloc and is_ours and "deconnexion" not in parts.path:
                    waiting.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)


@pytest.mark.parametrize("method", [Method.MAJORITY, Method.RANKING])
def test_nothing_that_a_juror_is_sent_tells_whose_poster_it_is(method: Method) -> None:
    scene = make_jury(posters=3, jurors=2, method=method)
    codes = mark(scene)
    juror = scene.jurors[0]
    traffic = Traffic(browser_of(juror))
    seat = scene.seat(juror)
    answers: list[dict[str, Any]] = [
        {"mention": "3", "comment": "Net."},
        {"mention": "9"},
        {"comment": "x" * 2001},
        {"do": "flag"},
    ]
    with time_machine.travel(OPEN, tick=False):
        traffic.crawl(reverse("jury:desk"))
        for poster in scene.posters:
            path = reverse("jury:poster", args=[scene.round.pk, poster.number])
            for at, sent in enumerate(answers):
                for accept in ("text/html", "application/json"):
                    whole = {"seat": seat.pk, "act": uuid4(), "based_on": 0, **sent}
                    answer = traffic.client.post(path, whole, headers={"accept": accept})
                    traffic.hear(f"POST {path} {at} {accept}", answer)
        if method == Method.RANKING:
            path = reverse("jury:ranking", args=[scene.round.pk])
            order = ";".join(str(poster.number) for poster in scene.posters)
            sent = {"seat": seat.pk, "act": uuid4(), "based_on": 0, "order": order}
            answer = traffic.client.post(path, sent, headers={"accept": "application/json"})
            traffic.hear(f"POST {path}", answer)
        number = scene.posters[0].number
        path = reverse("jury:recusal", args=[scene.round.pk, number])
        for reason in ("", "Je connais la classe."):
            traffic.hear(f"POST {path} {reason}", traffic.client.post(path, {"reason": reason}))
        path = reverse("jury:signature", args=[scene.round.pk])
        traffic.hear(f"POST {path}", traffic.client.post(path, {"do": "sign"}))
        traffic.crawl(reverse("jury:desk"))
    with time_machine.travel(CLOSED, tick=False):
        path = reverse("jury:poster", args=[scene.round.pk, scene.posters[1].number])
        sent = {"seat": seat.pk, "act": uuid4(), "mention": "1", "comment": "Tard."}
        traffic.hear("late", traffic.client.post(path, sent))
        before = len(traffic.heard)
        traffic.crawl(reverse("jury:desk"))
    assert len(traffic.heard) >= before
    pictures = [name for name in traffic.heard if name.startswith("/fichiers/")]
    assert len(pictures) >= 3 * 3
    told = [
        (name, secret)
        for name, text in traffic.heard.items()
        for secret in [*SECRETS.values(), *codes]
        if secret.lower() in text.lower()
    ]
    assert told == []
    assert not any("original" in name or "preview" in name for name in traffic.heard)


def test_a_picture_is_offered_under_its_public_number_alone() -> None:
    scene = make_jury(posters=1, jurors=1)
    poster = scene.posters[0]
    assert poster.file is not None
    client = browser_of(scene.jurors[0])
    with time_machine.travel(OPEN, tick=False):
        answer = client.get(f"/fichiers/affiches/{poster.file.token}/640.jpg")
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'inline; filename="affiche-{poster.number}.jpg"'
        sent(answer)
        assert answer["ETag"] == f'"{poster.file.token}-640.jpg"'
        for name in ("original", "preview.jpg"):
            refused = client.get(f"/fichiers/affiches/{poster.file.token}/{name}")
            assert refused.status_code == 404
