"""Health, maintenance, and the policies that browsers enforce."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from establishments.models import Academy
from home.health import LATE_AFTER_SECONDS, examine
from tests.factories import ContentPageFactory, make_editor
from tests.home.contents import make_document, make_picture

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}


def policy_of(header: str) -> dict[str, str]:
    """The directives of a content security policy."""
    parts = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _space, value in parts}


def close(response: HttpResponseBase) -> None:
    """Close the file that is sent, without the signal by which Django closes its connections."""
    for closer in response._resource_closers:
        closer()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/recherche/", "/plan-du-site/", "/nulle-part/"])
def test_public_pages_run_no_script_and_no_style_but_ours(
    academy: Academy, client: Client, path: str
) -> None:
    response = client.get(path)
    policy = policy_of(response["Content-Security-Policy"])

    assert STRICT.items() <= policy.items()
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
def test_the_admin_alone_may_use_inline_scripts(academy: Academy, client: Client) -> None:
    client.force_login(make_editor(academy))

    policy = policy_of(client.get("/admin/")["Content-Security-Policy"])

    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"


@pytest.mark.django_db
def test_a_preview_has_the_strict_policy_and_may_be_framed_by_the_admin(
    academy: Academy, client: Client
) -> None:
    page = ContentPageFactory(parent=academy.site.root_page, title="Guide", slug="guide")
    client.force_login(make_editor(academy))
    edit = f"/admin/pages/{page.pk}/edit/"
    form = {"title": "Guide repris", "slug": "guide", "body-count": "0", "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0}  # fmt: skip

    answer = client.post(f"{edit}preview/", form)
    preview = client.get(f"{edit}preview/?in_preview_panel=true")

    assert answer.json()["is_valid"]
    assert "Guide repris" in preview.content.decode()
    assert "unsafe" not in preview["Content-Security-Policy"]
    assert policy_of(preview["Content-Security-Policy"])["frame-ancestors"] == "'self'"
    assert "Guide repris" not in client.get("/guide/").content.decode()


@pytest.mark.django_db
def test_an_uploaded_document_is_a_file_to_save(academy: Academy, client: Client) -> None:
    document = make_document()

    response = client.get(document.url)

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    close(response)


@pytest.mark.django_db
def test_renditions_are_public_but_originals_and_documents_are_not_by_path(
    academy: Academy, client: Client
) -> None:
    picture = make_picture("Préau")
    rendition = picture.get_rendition("width-100")
    document = make_document()

    shown = client.get(rendition.url)

    assert shown.status_code == 200
    assert "sandbox" in shown["Content-Security-Policy"]
    close(shown)
    for path in (
        f"/media/{picture.file.name}",
        f"/media/{document.file.name}",
        f"/media/images/../{document.file.name}",
        f"/media/images/%2e%2e/{document.file.name}",
    ):
        assert client.get(path).status_code in (400, 404), path


@pytest.mark.django_db
def test_a_form_without_its_token_gets_a_page_in_french(academy: Academy) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "Le formulaire a expiré" in response.content.decode()


@pytest.mark.django_db
def test_an_error_of_ours_shows_a_page_that_needs_no_database(
    academy: Academy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(import_module("home.views.search"), "clean_query", break_down)

    response = Client(raise_request_exception=False).get("/recherche/?q=a")

    assert response.status_code == 500
    assert "Erreur inattendue" in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_maintenance_answers_all_but_the_probes_without_a_query(
    client: Client, settings: Settings
) -> None:
    settings.MAINTENANCE = True

    for path in ("/", "/admin/", "/espace/", "/recherche/"):
        response = client.get(path)
        assert response.status_code == 503, path
        assert int(response["Retry-After"]) > 0
        assert "no-store" in response["Cache-Control"]
        assert "maintenance" in response.content.decode()
        assert "script-src 'self'" in response["Content-Security-Policy"]
    assert client.get("/healthz/live").status_code == 200


@pytest.mark.django_db
def test_the_probe_answers_any_host_by_plain_http_even_in_maintenance(
    client: Client, settings: Settings
) -> None:
    settings.MAINTENANCE = True
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/healthz", headers={"host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "worker": "ok",
        "oldest_waiting_task_seconds": 0,
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_probe_tells_how_long_the_oldest_task_has_waited(client: Client) -> None:
    late = timezone.now() - timedelta(seconds=LATE_AFTER_SECONDS + 60)
    task = DBTaskResult.objects.create(
        task_path="home.tasks.none", args_kwargs={"args": [], "kwargs": {}}, backend_name="default"
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=late)

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json()["worker"] == "late"
    assert response.json()["oldest_waiting_task_seconds"] >= LATE_AFTER_SECONDS


@pytest.mark.django_db
def test_the_probe_says_503_when_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "ensure_connection", refuse)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["database"] == "unavailable"
    assert examine(timezone.now()).oldest_waiting_task_seconds is None
    assert client.get("/healthz/live").status_code == 200
