"""The jury in preparation: in the admin, at the jurors' sign-in, where they declare."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import time_machine
from django.utils import timezone

from accounts.links import make_token
from accounts.models import SignInLink, User
from accounts.network import address_hash
from accounts.throttle import ADDRESS_LIMIT
from contest.jury import assigning, inviting
from contest.jury.enums import ConflictSource
from contest.jury.sign_in import SCOPE
from contest.models import Juror, Round
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.contest.jury.scene import make_posters, make_round
from tests.contest.scene import NOW, make_scene
from tests.factories import EstablishmentFactory, UserFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = "127.0.0.1"
SIGN_IN = "/jury/connexion/"
PEOPLE = (
    ("Léa Peintre", "Illustratrice", "artist"),
    ("Amadou Dessin", "Délégué du conseil académique de la vie lycéenne", "pupil"),
    ("Claire Rectorat", "Chargée de mission persévérance scolaire", "service"),
    ("Dominique Parent", "Fédération de parents", "parent"),
)


def send_nothing(page: Page) -> None:
    """Send the form without what it needs."""
    page.locator("main form[method=post] input:not([type=hidden])").first.fill("")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.locator("[aria-invalid=true], .w-field--error, #erreurs").first.wait_for()


def ask_once_too_often(page: Page) -> None:
    """Ask when the network address has asked as often as it may."""
    SignInLink.objects.bulk_create(
        SignInLink(address_hash=address_hash(HERE)) for _ in range(ADDRESS_LIMIT)
    )
    page.locator("main input[type=email]").fill("lea@exemple.fr")
    page.locator("main form[method=post] button").click()
    page.wait_for_load_state("load")


def tick_nothing(page: Page) -> None:
    """Declare without a tick."""
    page.locator("main fieldset ~ button").click()
    page.locator("#choix-erreur").wait_for()


@scene
def the_jury_in_preparation() -> list[View]:
    """Four jurors, posters, one round to be assigned and one that is."""
    with time_machine.travel(NOW):
        site = make_scene()
        make_posters(site, 6)
    now = timezone.now()
    contest = site.contest
    jurors = [
        inviting.invite(
            Juror(
                contest=contest,
                name=name,
                email=f"jury{number}@exemple.fr",
                title=title,
                college=college,
            ),
            by=site.editor,
            now=now,
        )
        for number, (name, title, college) in enumerate(PEOPLE)
    ]
    lea, amadou, claire, _dominique = jurors
    lea.conflicts.create(establishment=site.establishment, source=ConflictSource.DECLARED)
    lea.conflicts.create(
        establishment=EstablishmentFactory(academy=site.academy),
        source=ConflictSource.ORGANISER,
        reason="Sa fille y est élève",
    )
    Juror.objects.filter(pk=lea.pk).update(joined_at=now, declared_at=now)
    Juror.objects.filter(pk=claire.pk).update(declared_at=now)
    ready = make_round(
        site,
        name="Finale",
        panel_size=2,
        minimum=3,
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=8),
    )
    other = site.contest.categories.get(name="Écoles")
    empty = Round.objects.create(category=other, name="Finale")
    assert amadou.user
    assert lea.user
    assert lea.user.is_active
    nobody: User = UserFactory()
    base = f"/admin/concours/{contest.pk}/jury/"
    token = make_token(amadou.user, SCOPE)
    declaring = f"/jury/conflits/{contest.pk}/"

    def admin_view(name: str, path: str, **more: Any) -> View:
        return View(
            name, f"{base}{path}", user=site.editor, is_ours=False, part=".jury-admin", **more
        )

    return [
        View("sign-in", SIGN_IN),
        View("sign-in, on the way to a page", f"{SIGN_IN}?next=/jury/tours/1/"),
        View("sign-in with an error", SIGN_IN, act=send_nothing),
        View("sent", f"{SIGN_IN}envoye/"),
        View("link", f"{SIGN_IN}lien/?jeton={token}"),
        View("link, refused", f"{SIGN_IN}lien/?jeton=inconnu", status=410),
        View("not in a jury", "/jury/", user=nobody, status=403),
        View("conflicts", declaring, user=lea.user),
        View("conflicts, none declared", declaring, user=amadou.user, width=NARROW),
        View("conflicts, found", f"{declaring}?q=college", user=lea.user),
        View(
            "conflicts, nothing ticked", f"{declaring}?q=college", user=lea.user, act=tick_nothing
        ),
        View("conflicts, nothing found", f"{declaring}?q=introuvable", user=lea.user),
        admin_view("jury", ""),
        admin_view("jury, narrow", "", width=NARROW),
        admin_view("invitation", "membres/invitation/"),
        admin_view("invitation with errors", "membres/invitation/", act=send_nothing),
        admin_view("juror", f"membres/{lea.pk}/"),
        admin_view("juror who has not come", f"membres/{amadou.pk}/"),
        admin_view("removal", f"membres/{lea.pk}/retrait/"),
        admin_view("new round", f"categories/{ready.category_id}/tour/"),
        admin_view("rules", f"tours/{ready.pk}/regles/"),
        admin_view("deletion", f"tours/{ready.pk}/suppression/"),
        admin_view("assignment", f"tours/{ready.pk}/attribution/"),
        admin_view("assignment with problems", f"tours/{empty.pk}/attribution/"),
        admin_view(
            "assigned",
            f"tours/{ready.pk}/attribution/",
            act=lambda page: assign(page, ready, site.editor),
        ),
        View("public rules of the jury", contest.get_url()),
        View("too many requests", SIGN_IN, act=ask_once_too_often, status=429),
    ]


def assign(page: Page, round_: Round, editor: User) -> None:
    """Assign the round, then look again."""
    assigning.assign(round_, by=editor)
    page.reload(wait_until="load")
