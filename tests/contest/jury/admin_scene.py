"""The organisers' pages on a jury, for the tests of this folder."""

from __future__ import annotations

from django.test import Client

from tests.contest.scene import Scene

from .scene import JuryScene

BACKEND = "django.contrib.auth.backends.ModelBackend"


def page(scene: Scene, tail: str = "") -> str:
    """The address of the contest's jury, or of a page below it."""
    return f"/admin/concours/{scene.contest.pk}/jury/{tail}"


def editor_of(jury: JuryScene) -> Client:
    """The browser of whoever runs the contest."""
    client = Client()
    client.force_login(jury.editor, backend=BACKEND)
    return client
