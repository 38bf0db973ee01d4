"""The door of /jury/: jurors get in, others are told where to go or why not."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from contest.views.jury.entrance import juror_required
from establishments.sign_in import account_of
from tests.contest.scene import make_scene

from .scene import NOW, make_juror

pytestmark = pytest.mark.django_db


@juror_required
def desk(request: HttpRequest) -> HttpResponse:
    """A page of the desk."""
    return HttpResponse("|".join(juror.name for juror in request.juries))  # type: ignore[attr-defined]


def ask(
    user: User | AnonymousUser, path: str = "/jury/tour/3/", method: str = "get"
) -> HttpResponse:
    """What `user` gets."""
    request = getattr(RequestFactory(), method)(path)
    request.user = user
    return desk(request)


def test_a_juror_gets_in_with_their_juries_and_nothing_is_cached() -> None:
    juror = make_juror(make_scene())
    assert juror.user
    response = ask(juror.user)
    assert response.status_code == 200
    assert response.content.decode() == juror.name
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("method", "next_"), [("get", "/jury/tour/3/%3Fp%3D2"), ("post", "/jury/")]
)
def test_a_stranger_is_asked_to_sign_in_and_to_come_back(method: str, next_: str) -> None:
    response = ask(AnonymousUser(), "/jury/tour/3/?p=2", method)
    assert response.status_code == 302
    assert response["Location"] == f"/jury/connexion/?next={next_}"


def test_whoever_judges_nothing_is_told_why() -> None:
    scene = make_scene()
    left = make_juror(scene, left_at=NOW)
    organiser = make_juror(scene, user=scene.editor, email=scene.editor.email)
    administrator = User.objects.create_superuser("chef@exemple.fr", "chef@exemple.fr", "x")
    sits = make_juror(scene, user=administrator, email="chef@exemple.fr")
    for user in (left.user, organiser.user, sits.user, account_of(scene.establishment)):
        assert user
        response = ask(user)
        assert response.status_code == 403
        assert "ne siège dans aucun jury" in response.content.decode()
