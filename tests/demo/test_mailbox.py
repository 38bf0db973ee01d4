"""The mails sent can be read, and nothing else can."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client

from demo import mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mails")
    return tmp_path / "mails"


def send(*subjects: str, body: str = "Bonjour", to: str = "ce.0769901z@normandie.example") -> None:
    """Send through one connection, which writes one file."""
    get_connection().send_messages([EmailMessage(subject, body, to=[to]) for subject in subjects])


def addresses() -> list[str]:
    return [f"/demo/mails/{one.name}/{one.position}/" for one in mailbox.envelopes()]


def test_the_newest_mail_comes_first_also_within_one_file(client: Client) -> None:
    send("Premier", "Deuxième")
    send("Troisième")

    page = client.get("/demo/mails/").content.decode()

    assert page.index("Troisième") < page.index("Deuxième") < page.index("Premier")


def test_a_mail_is_shown_with_its_recipient_and_a_link_to_follow(client: Client) -> None:
    send(
        "Lien de connexion",
        body="Entrez ici :\nhttp://localhost:8000/espace/connexion/lien/?j=a&b=c\n",
    )

    page = client.get(addresses()[0]).content.decode()

    assert "ce.0769901z@normandie.example" in page
    assert 'href="http://localhost:8000/espace/connexion/lien/?j=a&amp;b=c"' in page


def test_what_a_mail_says_is_text_and_never_a_script(client: Client) -> None:
    send("<script>1</script>", body="<script>alert(1)</script>")

    for address in ("/demo/mails/", addresses()[0]):
        assert "<script>alert" not in client.get(address).content.decode()
        assert "<script>1" not in client.get(address).content.decode()


def test_the_list_is_in_pages_and_survives_any_page_number(client: Client) -> None:
    send(*[f"Courriel numéro {number}" for number in range(25)])

    first = client.get("/demo/mails/").content.decode()
    last = client.get("/demo/mails/?page=2").content.decode()

    assert "Courriel numéro 24" in first
    assert "Courriel numéro 4<" not in first
    assert "Courriel numéro 4<" in last
    for nonsense in ("abc", "0", "-1", "9999999999"):
        assert client.get("/demo/mails/", {"page": nonsense}).status_code == 200


def test_without_a_mail_the_list_says_so(client: Client, folder: Path) -> None:
    assert not folder.exists()
    assert client.get("/demo/mails/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/demo/mails/../settings/0/",
        "/demo/mails/..%2Fsecret/0/",
        "/demo/mails/%2e%2e%2fsecret/0/",
        "/demo/mails/..\\secret/0/",
        "/demo/mails//etc/passwd/0/",
        "/demo/mails/secret/0/",
        "/demo/mails/*/0/",
    ],
)
def test_no_file_beside_the_mails_can_be_read(client: Client, folder: Path, address: str) -> None:
    send("Un courriel")
    (folder.parent / "secret.log").write_text("Subject: x\n\nPour personne\n", encoding="utf-8")

    response = client.get(address)

    assert response.status_code == 404
    assert "Pour personne" not in response.content.decode()


@pytest.mark.parametrize("position", [1, 99])
def test_a_position_beyond_the_file_is_not_found(client: Client, position: int) -> None:
    send("Un courriel")
    name = mailbox.envelopes()[0].name

    assert client.get(f"/demo/mails/{name}/{position}/").status_code == 404


def test_a_mail_without_a_date_or_a_text_is_shown(client: Client, folder: Path) -> None:
    folder.mkdir()
    (folder / "20260101-000000-1.log").write_bytes(
        b"Subject: Sans rien\nContent-Type: text/html\n\n<p>x</p>\n"
    )

    assert "Sans rien" in client.get("/demo/mails/").content.decode()
    assert client.get(addresses()[0]).status_code == 200


def test_a_long_subject_is_shown_on_one_line(client: Client) -> None:
    subject = "Votre fiche-action est publiée : " + "un très long intitulé " * 6
    send(subject.strip())

    assert mailbox.envelopes()[0].open().subject == subject.strip()


@pytest.mark.parametrize(
    "written", ["Thu, 01 Jan 2026 23:30:00 +0000", "Thu, 01 Jan 2026 23:30:00 -0000"]
)
def test_a_mail_is_dated_by_the_clock_of_paris(folder: Path, written: str) -> None:
    folder.mkdir()
    (folder / "20260101-233000-1.log").write_text(f"Subject: Minuit passé\nDate: {written}\n\nx\n")

    sent_at = mailbox.envelopes()[0].open().sent_at

    assert sent_at is not None
    assert f"{sent_at:%d/%m/%Y %H:%M}" == "02/01/2026 00:30"
