"""The addresses of sign-in, and how their pages are read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from establishments.models import Establishment

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
CHOOSE = "/espace/connexion/"
SENT = "/espace/connexion/envoye/"
LINK = "/espace/connexion/lien/"


def page_of(school: Establishment | str) -> str:
    """The address at which `school`, or the one with that UAI, asks for a link."""
    return f"{CHOOSE}{school if isinstance(school, str) else school.uai}/"


def text(response: Any) -> str:
    """The HTML of an answer, its spaces squeezed."""
    return re.sub(r"\s+", " ", response.content.decode())
