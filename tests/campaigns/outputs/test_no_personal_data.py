"""Every public file of an edition, searched for people: in its text, its cells and its innards."""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from campaigns import booklet_running, commenting, labelling, messaging, review
from campaigns.models import Action, ActionMessage, ActionSession, Booklet, FieldComment
from establishments.models import Establishment, Network
from tests.campaigns.agenda.dated import session
from tests.campaigns.outputs.reading import KINDS, body, fetch, get
from tests.campaigns.scene import Scene, make_endorsed
from tests.contest.printing.reading import texts

pytestmark = pytest.mark.django_db

MARK = "zorglub"
"""In every part that names or reaches a person, and in nothing else."""


@pytest.fixture
def fiche(scene: Scene) -> Action:
    """A public fiche around which everybody has left a name, a mailbox, a telephone or a word."""
    school = scene.establishment
    Establishment.objects.filter(pk=school.pk).update(
        phone="06 ZORGLUB", email=f"{MARK}@ecole.example", mailbox_override=f"{MARK}2@ecole.example"
    )
    Network.objects.filter(pk=scene.network.pk).update(contact_email=f"{MARK}@reseau.example")
    User.objects.filter(pk__in=[scene.lead.pk, scene.editor.pk, scene.account.pk]).update(
        first_name=MARK, last_name=MARK.upper()
    )
    for person in User.objects.filter(first_name=MARK):
        User.objects.filter(pk=person.pk).update(email=f"{MARK}{person.pk}@personne.example")
    action = make_endorsed(
        scene,
        coordinator_name=f"Camille {MARK.title()}",
        coordinator_email=f"camille.{MARK}@example.org",
        sessions=[session(4, "13:00", "14:30", openness="public")],
    )
    for by, is_note in ((scene.account, False), (scene.editor, False), (scene.editor, True)):
        messaging.send(
            action,
            by=by,
            text=f"Appelez {MARK}",
            key=uuid.uuid4(),
            now=timezone.now(),
            is_note=is_note,
        )
    labelling.label(action, by=scene.editor, keys=[], new_name=MARK)
    commenting.record(action, {"title": f"Demandez à {MARK}"}, by=scene.editor)
    review.publish(action, by=scene.editor, comment=f"Vu avec {MARK}")
    assert ActionMessage.objects.count() == 3
    assert FieldComment.objects.exists()
    return Action.objects.get(pk=action.pk)


def in_files_of(content: bytes) -> str:
    """All that the files inside a workbook hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


def in_pages_of(content: bytes) -> str:
    """All that a PDF says, what it says of itself included."""
    with pdfium.PdfDocument(content) as document:
        return "\n".join([*texts(content), *document.get_metadata_dict().values()])


def downloaded(address: str, status: int = 200) -> bytes:
    """What a visitor gets at `address`."""
    answer: Any = get(Client(), address)
    assert answer.status_code == status
    return body(answer)


def test_no_table_or_feed_holds_a_person(client, scene, fiche) -> None:
    for kind in KINDS:
        content = body(fetch(client, scene.edition, kind))
        text = in_files_of(content) if kind == "xlsx" else content.decode()

        assert fiche.title in text, kind
        assert MARK not in text.lower(), kind


def test_no_calendar_holds_a_person(scene, fiche) -> None:
    below = f"/{scene.edition.slug}/actions/{fiche.pk}"
    of_session = ActionSession.objects.get(action=fiche)

    for address in (
        f"/{scene.edition.slug}/agenda.ics",
        f"{below}-{fiche.slug}.ics",
        f"{below}/seances/{of_session.pk}.ics",
    ):
        text = downloaded(address).decode().replace("\r\n ", "")

        assert fiche.title in text, address
        assert MARK not in text.lower(), address


def test_no_page_to_print_holds_a_person(scene, fiche) -> None:
    recueil = f"/{scene.edition.slug}/actions.pdf"
    downloaded(recueil, 202)
    booklet_running.run(Booklet.objects.get().pk)

    for address in (recueil, f"/{scene.edition.slug}/actions/{fiche.pk}-{fiche.slug}.pdf"):
        text = in_pages_of(downloaded(address))

        assert fiche.title in " ".join(text.split()), address
        assert MARK not in text.lower(), address
