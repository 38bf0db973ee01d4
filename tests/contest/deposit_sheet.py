"""What an establishment sends with the form of a poster, and pictures that are what they say."""

from __future__ import annotations

import io
import re
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from contest.forms.poster import rights_mark
from contest.models import ContestPage, Poster, PosterFile

_drawn = count(1)


def new_address(contest: ContestPage) -> str:
    return f"/espace/concours/{contest.pk}/affiches/nouvelle/"


def upload_address(contest: ContestPage) -> str:
    return f"/espace/concours/{contest.pk}/fichier/"


def contest_address(contest: ContestPage) -> str:
    return f"/espace/concours/{contest.pk}/"


def page_of(poster: Poster) -> str:
    return f"/espace/affiches/{poster.pk}/"


def edit_address(poster: Poster) -> str:
    return f"/espace/affiches/{poster.pk}/modifier/"


def picture(width: int = 1754, height: int = 2480, format_: str = "JPEG") -> bytes:
    """A picture with something drawn on it, never twice the same."""
    number = next(_drawn)
    image = Image.new("RGB", (width, height), (number * 37 % 256, 120, 200))
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((width // 4, height // 4, width // 2, height // 2), fill=(250, 220, 60))
    drawing.line((0, number * 40 % height, width, height), fill=(20, 20, 20), width=24)
    stream = io.BytesIO()
    image.save(stream, format_)
    return stream.getvalue()


def sent(content: bytes | None = None, name: str = "affiche.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, picture() if content is None else content, "image/jpeg")


def typed(contest: ContestPage, poster: Poster | None = None, **fields: Any) -> dict[str, Any]:
    """The form of a poster that could be handed in, but for its file; None leaves a field out."""
    establishment = poster.establishment if poster else None
    mark = rights_mark(poster or Poster(contest=contest, establishment=establishment))
    values: dict[str, Any] = {
        "title": "Accroche-toi",
        "statement": "Nous avons voulu montrer que l’on grimpe mieux à plusieurs.",
        "alternative": "Trois élèves se hissent sur un mur d’escalade ; en haut : Accroche-toi.",
        "class_label": "4e B",
        "pupils": "24",
        "technique": "Collage",
        "ai_use": "none",
        "attesting_name": "Camille Exemple",
        "attesting_function": "principale",
        "attests": "on",
        "rights": mark,
        "do": "submit",
    }
    if poster is None:
        values["key"] = str(uuid4())
    else:
        values["revision"] = str(poster.latest_revision_id)
    return {name: value for name, value in (values | fields).items() if value is not None}


def token_in(page: str) -> str:
    """The token of the file received that the page's form keeps; empty where it keeps none."""
    found = re.search(r'name="file"\s+value="([0-9a-f]{32})"', page)
    return found[1] if found else ""


def received(school: Client, contest: ContestPage, content: bytes | None = None) -> PosterFile:
    """A file that the school has really sent, and that waits for its poster."""
    answer = school.post(upload_address(contest), {"upload": sent(content)})
    assert answer.status_code == 200, answer.content.decode()
    return PosterFile.objects.get(token=token_in(answer.content.decode()))


def only_poster() -> Poster:
    """The one poster that there is."""
    return Poster.objects.get()
