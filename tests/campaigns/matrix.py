"""Role × status × surface: who reads which version of a fiche, and where.

A surface is anything that shows fiches. To join, write how to read it and what each role should
find there, and add it to `SURFACES`:

    Surface("public page", read=lambda client, fiche, word: read_page(client, "/…/"),
            expected=as_the_public)

The fiches of all cases stand in the database together. The title of each version of each has its
own two words, so that the text of a surface tells which versions leaked into it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import User
from campaigns.models import Action
from establishments.models import Academy
from tests.campaigns.cases import CASES, Case, Version
from tests.campaigns.scene import (
    AFTER,
    NOW,
    Scene,
    make_scene,
)
from tests.factories import DepartmentFactory, EstablishmentFactory, UserFactory, make_site, sign_up


class Role(StrEnum):
    ANONYMOUS = "anonymous"
    OWN_ESTABLISHMENT = "own establishment"
    OTHER_ESTABLISHMENT = "other establishment"
    LEAD = "lead of the network"
    OTHER_LEAD = "lead of another network"
    OBSERVER = "observer of the department"
    OWN_EDITOR = "editor of the académie"
    OTHER_EDITOR = "editor of another académie"
    ADMINISTRATOR = "administrator"


REVIEWERS = (Role.LEAD, Role.OWN_EDITOR, Role.ADMINISTRATOR)


@dataclass
class World:
    """Everybody of the matrix."""

    scene: Scene
    people: dict[Role, User | None]

    def client(self, role: Role) -> Client:
        """A browser signed in as `role`."""
        client = Client()
        person = self.people[role]
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_world(academy: Academy | None = None) -> World:
    """Two académies; the fiches are those of the first one's scene."""
    scene = make_scene(academy)
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    department = DepartmentFactory(academy=scene.academy)
    scene.establishment.department = department
    scene.establishment.save()
    observer = UserFactory()
    department.observers.add(observer)
    return World(
        scene,
        {
            Role.ANONYMOUS: None,
            Role.OWN_ESTABLISHMENT: scene.account,
            Role.OTHER_ESTABLISHMENT: sign_up(EstablishmentFactory(academy=scene.academy)),
            Role.LEAD: scene.lead,
            Role.OTHER_LEAD: other.lead,
            Role.OBSERVER: observer,
            Role.OWN_EDITOR: scene.editor,
            Role.OTHER_EDITOR: other.editor,
            Role.ADMINISTRATOR: UserFactory(is_superuser=True),
        },
    )


Expectation = Callable[[Role, Case], Version | None]


def as_the_public(role: Role, case: Case) -> Version | None:
    """A public page: the public version, whoever reads."""
    return case.public


def in_the_space(role: Role, case: Case) -> Version | None:
    """The establishments' space: its own establishment's latest version, and no other reader."""
    return case.author if role is Role.OWN_ESTABLISHMENT else None


def on_the_review_screen(role: Role, case: Case) -> Version | None:
    """The version handed in for reviewers, the public one for observers."""
    if role in REVIEWERS:
        return case.reviewer
    return case.public if role is Role.OBSERVER else None


WRITABLE = ("draft", "changes requested", "published", "changing", "change returned")
"""The cases in which the establishment has the pen, while the call is open."""


def in_the_form(role: Role, case: Case) -> Version | None:
    """The latest version, for the establishment that may write it."""
    return in_the_space(role, case) if case.name in WRITABLE else None


FOLLOWED_UP = ("published", "changing")
"""The cases of which a follow-up is written, once the Week ends."""


def in_the_follow_up(role: Role, case: Case) -> Version | None:
    """The latest version, for the establishment that may tell what came of it."""
    return in_the_space(role, case) if case.name in FOLLOWED_UP else None


def in_the_admins_list(role: Role, case: Case) -> Version | None:
    """As the review screen, but a list shows the row: of a public fiche, the public version."""
    seen = on_the_review_screen(role, case)
    return case.public if seen and case.public else seen


def in_the_files(role: Role, case: Case) -> Version | None:
    """The files of the version that a reader finds on the page made for them."""
    if role is Role.OWN_ESTABLISHMENT:
        return case.author
    return case.reviewer if role in REVIEWERS else case.public


@dataclass(frozen=True)
class Surface:
    """Something that shows fiches: how to read it, and what each role should find there.

    `read` takes who reads, a fiche and the word of its case. What `holds_all`, a list, shows the
    fiches of every case to one reader at once, and is read once for each role.
    """

    name: str
    read: Callable[[Client, Action, str], str]
    expected: Expectation
    holds_all: bool = False


def read_page(client: Client, url: str) -> str:
    """The text of a page; nothing where it is refused, missing or elsewhere."""
    response = client.get(url)
    assert response.status_code in (200, 301, 302, 403, 404), response.status_code
    return response.content.decode() if response.status_code == 200 else ""


def _list_of_the_admin(client: Client, fiche: Action, word: str) -> str:
    return read_page(client, reverse("wagtailsnippets_campaigns_action:list"))


def _search_of_the_admin(client: Client, fiche: Action, word: str) -> str:
    url = reverse("wagtailsnippets_campaigns_action:list_results")
    return read_page(client, f"{url}?q={word}")


def _review_screen(client: Client, fiche: Action, word: str) -> str:
    return read_page(client, reverse("action_review", args=[fiche.pk]))


def _catalogue(client: Client, fiche: Action, word: str) -> str:
    return read_page(client, f"{fiche.campaign.url}actions/")


def _public_page(client: Client, fiche: Action, word: str) -> str:
    address = f"{fiche.campaign.url}actions/{fiche.pk}"
    return "".join(
        read_page(client, f"{address}-{slugify(f'{version} {word}')}/") for version in Version
    )


def _home_page(client: Client, fiche: Action, word: str) -> str:
    """With the fiche alone in the spotlight, even where no editor could put it there."""
    spotlight = Action.objects.filter(pk=fiche.pk)
    spotlight.update(featured_at=NOW)
    text = read_page(client, "/")
    spotlight.update(featured_at=None)
    return text


def _search(client: Client, fiche: Action, word: str) -> str:
    return str(client.get("/recherche/", {"q": word}).context["sections"])


def _sitemap(client: Client, fiche: Action, word: str) -> str:
    return read_page(client, "/sitemap.xml").replace("-", " ").title()


def _space(client: Client, fiche: Action, word: str) -> str:
    return read_page(client, reverse("space:home"))


def _page_of_the_space(client: Client, fiche: Action, word: str) -> str:
    return read_page(client, reverse("space:fiche", args=[fiche.pk]))


def _form_of_the_space(client: Client, fiche: Action, word: str) -> str:
    with time_machine.travel(NOW):
        return read_page(client, reverse("space:edit_step", args=[fiche.pk, "qui"]))


def _files(client: Client, fiche: Action, word: str) -> str:
    """The content of every file that a version of the fiche ever held, as far as it is given."""
    names = set(fiche.media.values_list("file", flat=True))
    for content in fiche.revisions.values_list("content", flat=True):
        names |= {row["file"] for row in content["media"]}
    told = b""
    for name in sorted(names):
        response = client.get(reverse("action_file", args=[fiche.pk, name.rpartition("/")[2]]))
        assert response.status_code in (200, 404), response.status_code
        if response.status_code == 200:
            told += b"".join(response.streaming_content)
    return told.decode()


def _follow_up(client: Client, fiche: Action, word: str) -> str:
    with time_machine.travel(AFTER):
        return read_page(client, reverse("space:follow_up", args=[fiche.pk]))


SURFACES: list[Surface] = [
    Surface("public catalogue", _catalogue, as_the_public, holds_all=True),
    Surface("public page", _public_page, as_the_public),
    Surface("home page", _home_page, as_the_public),
    Surface("search of the site", _search, as_the_public),
    Surface("sitemap", _sitemap, as_the_public, holds_all=True),
    Surface("space", _space, in_the_space, holds_all=True),
    Surface("page of the space", _page_of_the_space, in_the_space),
    Surface("form of the space", _form_of_the_space, in_the_form),
    Surface("follow-up in the space", _follow_up, in_the_follow_up),
    Surface("list of the admin", _list_of_the_admin, in_the_admins_list, holds_all=True),
    Surface("search of the admin", _search_of_the_admin, in_the_admins_list),
    Surface("review screen", _review_screen, on_the_review_screen),
    Surface("files", _files, in_the_files),
]


@dataclass(frozen=True)
class Matrix:
    """Everybody, each at a browser, and the fiche of every case."""

    people: dict[Role, User | None]
    clients: dict[Role, Client]
    fiches: dict[Case, Action]


def make_matrix() -> Matrix:
    """The matrix in an empty database; only to be read, so that all surfaces share it."""
    world = make_world()
    return Matrix(
        world.people,
        {role: world.client(role) for role in Role},
        {case: case.make(world.scene) for case in CASES},
    )


def versions_in(text: str, word: str = "") -> set[Version]:
    """The versions that stand in `text`: of any fiche, or of that whose titles end with `word`."""
    return {version for version in Version if f"{version} {word}".strip() in text}


def faults_of(surface: Surface, matrix: Matrix) -> list[str]:
    """What is wrong with a surface, one line for each role and case.

    A reader must find the version expected and, of the others, only older ones (a review screen
    also shows what a change replaces).
    """
    faults = []
    for role, client in matrix.clients.items():
        text = None
        for case, fiche in matrix.fiches.items():
            if text is None or not surface.holds_all:
                text = surface.read(client, fiche, case.word)
            found = versions_in(text, case.word if surface.holds_all else "")
            expected = surface.expected(role, case)
            newer = {version for version in found if _is_newer(version, expected)}
            if newer or (expected is not None and expected not in found):
                faults.append(
                    f"{surface.name}, {role}, {case.name}: "
                    f"expected {expected}, found {sorted(found)}"
                )
    return faults


def _is_newer(version: Version, expected: Version | None) -> bool:
    order = [None, Version.PUBLIC, Version.REVIEWED, Version.DRAFT]
    return order.index(version) > order.index(expected)
