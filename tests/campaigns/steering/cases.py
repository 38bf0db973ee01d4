"""An académie with two departments and two networks, to be counted."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import load_workbook

from accounts.models import User
from campaigns import catalogue_stamp
from campaigns.enums import Status
from campaigns.models import Action, CampaignPage
from establishments.models import Academy, Department, Establishment, Network
from tests.campaigns.scene import NOW
from tests.factories import (
    ActionFactory,
    DepartmentFactory,
    EstablishmentFactory,
    NetworkFactory,
    UserFactory,
    make_edition,
    make_editor,
    make_site,
    sign_up,
)

SECRET = "Titre que nul ne lit avant l’heure"


@dataclass
class Steered:
    """Two halves of an académie: a department, a network and an establishment each."""

    academy: Academy
    edition: CampaignPage
    departments: tuple[Department, Department]
    networks: tuple[Network, Network]
    schools: tuple[Establishment, Establishment]
    editor: User
    lead: User
    observer: User


def make_steered(slug: str = "normandie", hostname: str = "localhost") -> Steered:
    """The académie, its people, an edition without a fiche."""
    is_default = hostname == "localhost"
    academy = make_site(slug, hostname, is_default=is_default)
    lead, observer = UserFactory(), UserFactory()
    departments = (
        DepartmentFactory(academy=academy, name=f"Est de {slug}"),
        DepartmentFactory(academy=academy, name=f"Ouest de {slug}"),
    )
    departments[0].observers.add(observer)
    networks = (
        NetworkFactory(academy=academy, name=f"Réseau est de {slug}", leads=[lead]),
        NetworkFactory(academy=academy, name=f"Réseau ouest de {slug}"),
    )
    schools = tuple(
        EstablishmentFactory(
            academy=academy,
            department=department,
            network=network,
            name=f"Collège {side} de {slug}",
        )
        for department, network, side in zip(departments, networks, ("est", "ouest"), strict=True)
    )
    sign_up(schools[0])
    return Steered(
        academy,
        make_edition(academy),
        departments,
        networks,
        (schools[0], schools[1]),
        make_editor(academy),
        lead,
        observer,
    )


def hand_in(
    edition: CampaignPage,
    school: Establishment,
    status: str = Status.ACADEMY_REVIEW,
    *,
    at: datetime = NOW,
    **fields: Any,
) -> Action:
    """A fiche handed in at an instant, as its row would be."""
    is_public = status == Status.PUBLISHED
    if is_public:
        fields = {"live": True, "first_published_at": at, "last_published_at": at} | fields
    action: Action = ActionFactory(
        campaign=edition,
        establishment=school,
        status=status,
        submitted_at=None if status == Status.DRAFT else at,
        status_changed_at=at,
        **fields,
    )
    if is_public:
        catalogue_stamp.rebuild([edition.pk])
    return action


def some_fiches(site: Steered) -> None:
    """Two public fiches in the east, one under review; in the west one refused, and a draft."""
    east, west = site.schools
    hand_in(site.edition, east, Status.PUBLISHED)
    hand_in(site.edition, east, Status.PUBLISHED)
    hand_in(site.edition, east, Status.NETWORK_REVIEW, title=SECRET)
    hand_in(site.edition, west, Status.REFUSED, title=SECRET)
    hand_in(site.edition, west, Status.DRAFT, title=SECRET)


def cells_of(response: Any) -> list[list[Any]]:
    """Every row of a workbook that was answered."""
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(response.content))
    return [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]
