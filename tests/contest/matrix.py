"""Role × poster × moment × address: who is given what of a poster, and when.

Each poster stands for a state that it can be in, and has a title of its own, so that the text of a
page tells which posters leaked into it. A moment is a state of the contest and of its pages. To
join, a new surface adds its address to `pages_of` with whoever may read it, or its text to
`lists_of` with the posters that it may show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from accounts.models import User
from contest.models import ContestPage, Poster, PosterFile
from contest.withdrawal import withdraw
from tests.campaigns.matrix import Role
from tests.contest.scene import (
    AFTER_RESULTS,
    NOW,
    Scene,
    make_admitted,
    make_draft,
    make_file,
    make_refused,
    make_returned,
    make_scene,
    make_submitted,
)
from tests.factories import DepartmentFactory, EstablishmentFactory, UserFactory, make_site, sign_up


class State(StrEnum):
    """What has become of a poster; its value is the title of the one that stands for it."""

    DRAFT = "Brouillonne"
    SUBMITTED = "Remise"
    RETURNED = "Renvoyée"
    ADMITTED = "Admise"
    REFUSED = "Refusée"
    WITHDRAWN = "Retirée"
    EXPIRED = "Périmée"


class Moment(StrEnum):
    """Where the contest and its pages stand."""

    HIDDEN = "before the results, the gallery closed"
    SHOWN = "before the results, the gallery open"
    RESULTS = "after the results"
    CONTEST_OFF = "after the results, the contest unpublished"
    EDITION_OFF = "after the results, the edition unpublished"
    RESTRICTED = "after the results, the edition for the signed in"


WHOLE_MOMENTS = (Moment.HIDDEN, Moment.RESULTS)
"""When every poster is asked for; at the others, those that the moment could make public."""

NO_NUMBER = 999
PUBLIC_MOMENTS = (Moment.SHOWN, Moment.RESULTS)
EDITORS = (Role.OWN_EDITOR, Role.ADMINISTRATOR)
FOLLOWERS = (Role.OWN_ESTABLISHMENT, Role.LEAD, *EDITORS)
HIDDEN_NAMES = ("original", "preview.jpg")
RENDITIONS = tuple(f"{width}.{end}" for width in (320, 640, 1280) for end in ("avif", "jpg"))
NAMES = (*HIDDEN_NAMES, "master.jpg", *RENDITIONS)


@dataclass
class World:
    """Everybody, every poster, and a file that no poster has taken."""

    scene: Scene
    posters: dict[State, Poster]
    tokens: dict[State, str]
    waiting: PosterFile
    people: dict[Role, User | None]
    clients: dict[Role, Client] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The address of the contest."""
        return f"/{self.scene.edition.slug}/{self.scene.contest.slug}/"


def make_world() -> World:
    """Two académies; the posters are those of the first one's scene."""
    scene = make_scene(max_posters=20)
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    department = DepartmentFactory(academy=scene.academy)
    establishment = scene.establishment
    establishment.department = department
    establishment.name, establishment.commune = "Collège Zéphyrin-Aubépine", "Ivrepont"
    establishment.save()
    observer = UserFactory()
    department.observers.add(observer)
    makers: dict[State, Callable[..., Poster]] = {
        State.DRAFT: make_draft,
        State.SUBMITTED: make_submitted,
        State.RETURNED: make_returned,
        State.ADMITTED: make_admitted,
        State.REFUSED: make_refused,
        State.WITHDRAWN: make_admitted,
        State.EXPIRED: make_admitted,
    }
    posters = {state: make(scene, title=str(state)) for state, make in makers.items()}
    tokens = {state: poster.file.token for state, poster in posters.items() if poster.file}
    Poster.objects.filter(pk=posters[State.EXPIRED].pk).update(
        attestation_expires_on=date(2023, 1, 31)
    )
    withdraw(posters[State.WITHDRAWN], by=scene.account, now=NOW)
    world = World(
        scene,
        posters,
        tokens,
        make_file(establishment, scene.contest),
        {
            Role.ANONYMOUS: None,
            Role.OWN_ESTABLISHMENT: scene.account,
            Role.OTHER_ESTABLISHMENT: sign_up(
                EstablishmentFactory(academy=scene.academy, network=scene.network)
            ),
            Role.LEAD: scene.lead,
            Role.OTHER_LEAD: other.lead,
            Role.OBSERVER: observer,
            Role.OWN_EDITOR: scene.editor,
            Role.OTHER_EDITOR: other.editor,
            Role.ADMINISTRATOR: UserFactory(is_superuser=True),
        },
    )
    for role, person in world.people.items():
        world.clients[role] = client = Client()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return world


@contextmanager
def at(moment: Moment, world: World) -> Iterator[datetime]:
    """Be at `moment`; everything is as it was afterwards."""
    when = NOW if moment in (Moment.HIDDEN, Moment.SHOWN) else AFTER_RESULTS
    with transaction.atomic(), time_machine.travel(when):
        contest, edition = world.scene.contest, world.scene.edition
        if moment is Moment.SHOWN:
            ContestPage.objects.filter(pk=contest.pk).update(gallery_before_results=True)
        elif moment is Moment.CONTEST_OFF:
            ContestPage.objects.get(pk=contest.pk).unpublish()
        elif moment is Moment.EDITION_OFF:
            type(edition).objects.get(pk=edition.pk).unpublish()
        elif moment is Moment.RESTRICTED:
            PageViewRestriction.objects.create(page=edition, restriction_type="login")
        cache.clear()
        yield when
        transaction.set_rollback(True)
    cache.clear()


def is_shown(state: State, role: Role, moment: Moment) -> bool:
    """Whether the gallery shows the poster to `role`."""
    if state is not State.ADMITTED:
        return False
    return moment in PUBLIC_MOMENTS or (moment is Moment.RESTRICTED and role is not Role.ANONYMOUS)


def is_given(state: State, name: str, role: Role, moment: Moment) -> bool:
    """Whether `role` is given the file `name` of the poster; `design.md` §6."""
    if state is State.WITHDRAWN:
        return False
    if role in FOLLOWERS:
        is_draft = state is State.DRAFT
        if name == "original":
            return role is Role.OWN_ESTABLISHMENT or (role in EDITORS and not is_draft)
        if not is_draft or role in (Role.OWN_ESTABLISHMENT, Role.ADMINISTRATOR):
            return True
    return name not in HIDDEN_NAMES and is_shown(state, role, moment)


def sent(response: Any) -> bytes:
    """All that an answer holds; reading a file to its end closes it, and nothing else."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def answers(client: Client, address: str) -> bool:
    """Whether the address answers with what it is there for; never a failure."""
    response = client.get(address)
    sent(response)
    assert response.status_code in (200, 302, 403, 404), (address, response.status_code)
    return response.status_code == 200


def read(client: Client, address: str) -> str:
    """The text of a page; nothing where it is refused, missing or elsewhere."""
    response = client.get(address)
    assert response.status_code in (200, 301, 302, 403, 404), (address, response.status_code)
    return response.content.decode() if response.status_code == 200 else ""


def states_in(text: str) -> set[State]:
    """The posters whose title stands in `text`."""
    return {state for state in State if re.search(rf"\b{state}\b", text)}


def file_faults(world: World, moment: Moment) -> list[str]:
    """Each file of each poster that is given to the wrong person, or kept from the right one."""
    faults = []
    states = list(State) if moment in WHOLE_MOMENTS else [State.SUBMITTED, State.ADMITTED]
    for role, client in world.clients.items():
        for state in states:
            # The pictures of one poster are treated alike: all are asked for where it is admitted.
            for name in NAMES if state is State.ADMITTED else NAMES[:4]:
                address = reverse("poster_file", args=[world.tokens[state], name])
                given = answers(client, address)
                if given is not is_given(state, name, role, moment):
                    faults.append(f"{role}: {state}, {name}: {'given' if given else 'refused'}")
        for name in NAMES[:4] if moment in WHOLE_MOMENTS else ():
            given = answers(client, reverse("poster_file", args=[world.waiting.token, name]))
            if given is not (role is Role.OWN_ESTABLISHMENT):
                faults.append(f"{role}: file that waits, {name}")
    return faults


def gallery_faults(world: World, moment: Moment) -> list[str]:
    """Each poster that a list or a page of the gallery, or a search, shows wrongly."""
    faults = []
    numbers = {poster.number or NO_NUMBER for poster in world.posters.values()}
    public = {state for state in State if is_shown(state, Role.ANONYMOUS, moment)}
    for role, client in world.clients.items():
        shown = {state for state in State if is_shown(state, role, moment)}
        admitted = {world.posters[state].number for state in shown}
        for name in ("galerie/", "diaporama/"):
            states = states_in(read(client, f"{world.base}{name}"))
            if states != shown:
                faults.append(f"{role}: {name} shows {sorted(states)}")
        for number in numbers:
            if answers(client, f"{world.base}galerie/{number}/") is not (number in admitted):
                faults.append(f"{role}: the page of number {number}")
        # "Accroche" is in the texts of all of them.
        found = states_in(str(client.get("/recherche/", {"q": "accroche"}).context["sections"]))
        if found != public:
            faults.append(f"{role}: the search finds {sorted(found)}")
        sitemap = read(client, "/sitemap.xml")
        if bool(re.search(r"galerie/\d", sitemap)) is not bool(public):
            faults.append(f"{role}: the sitemap")
    return faults


def desk_faults(world: World) -> list[str]:
    """Each page of the space or the admin about a poster that the wrong person reads."""
    faults = []
    for role, client in world.clients.items():
        wall = read(client, reverse("poster_wall", args=[world.scene.contest.pk]) + "?status=all")
        if (states_in(wall) - {State.DRAFT} and role not in EDITORS) or State.DRAFT in states_in(
            wall
        ):
            faults.append(f"{role}: wall of the admin shows {sorted(states_in(wall))}")
        if role is not Role.OWN_ESTABLISHMENT:
            overview = read(client, reverse("contest_space:contest", args=[world.scene.contest.pk]))
            if states_in(overview):
                faults.append(f"{role}: overview of the space")
        for state, poster in world.posters.items():
            review = answers(client, reverse("poster_review", args=[poster.pk]))
            if review is not (role in EDITORS and state is not State.DRAFT):
                faults.append(f"{role}: review of {state}")
            for name in ("poster", "preview_poster", "edit_poster", "withdraw_poster"):
                address = reverse(f"contest_space:{name}", args=[poster.pk])
                if role is not Role.OWN_ESTABLISHMENT and answers(client, address):
                    faults.append(f"{role}: {name} of {state}")
        if role is Role.OWN_ESTABLISHMENT:
            for poster in world.posters.values():
                if not answers(client, reverse("contest_space:poster", args=[poster.pk])):
                    faults.append(f"{role}: its own poster {poster.title}")
    return faults
