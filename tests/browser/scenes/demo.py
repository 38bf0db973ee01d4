"""The demonstration's own pages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import override_settings

from demo import mailbox
from tests.browser.pages import View, scene
from tests.factories import make_edition, make_site

MAILS = "/demo/mails/"
BODY = """Bonjour,

Voici le lien de connexion, valable trente minutes :
http://localhost/espace/connexion/lien/?jeton=exemple

L’équipe de la Semaine"""


@scene
def the_demonstration() -> list[View]:
    """The roles to enter as, no mail, then some."""
    academy = make_site()
    make_edition(academy)
    folder = Path(tempfile.mkdtemp(prefix="perseverance-mails-"))
    empty = {"EMAIL_FILE_PATH": folder / "none"}
    full = {"EMAIL_FILE_PATH": folder}
    EmailBackend(file_path=str(folder)).send_messages(
        [
            EmailMessage(f"Lien de connexion n° {n}", BODY, to=["ce.0769901z@normandie.example"])
            for n in range(25)
        ]
    )
    with override_settings(**full):
        mail = mailbox.envelopes()[0]
    return [
        View("demonstration", "/demo/"),
        View("mails", MAILS, settings=full),
        View("mails, second page", f"{MAILS}?page=2", settings=full),
        View("mails, none", MAILS, settings=empty),
        View("mail", f"{MAILS}{mail.name}/{mail.position}/", settings=full),
    ]
