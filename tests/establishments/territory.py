"""Two académies with everything that the admin lists, and the people who may or may not see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from accounts.models import User
from establishments.enums import Source
from establishments.models import Academy, Basin, Department, Establishment, Network
from establishments.permissions import grant_territory_permissions
from tests.factories import (
    BasinFactory,
    DepartmentFactory,
    EstablishmentFactory,
    NetworkFactory,
    UserFactory,
    make_editor,
    make_site,
    sign_up,
)


@dataclass
class Territory:
    """An académie, one row of each kind in it, and its people."""

    academy: Academy
    department: Department
    basin: Basin
    network: Network
    establishment: Establishment
    editor: User
    lead: User
    observer: User
    school: User

    def row(self, model: type[Model]) -> Model:
        """The row of `model`."""
        row: Model = getattr(self, str(model._meta.model_name))
        return row


def make_territory(slug: str, *, code: str) -> Territory:
    """An académie with its site, one row of each kind and one person in each role."""
    academy = make_site(slug, hostname=f"{slug}.localhost", is_default=False)
    assert academy.editor_group is not None
    grant_territory_permissions(academy.editor_group)
    department = DepartmentFactory(academy=academy, code=code, name=f"Département {slug}")
    lead, observer = UserFactory(), UserFactory()
    network = NetworkFactory(academy=academy, name=f"Réseau {slug}", leads=[lead])
    department.observers.add(observer)
    establishment = EstablishmentFactory(
        academy=academy,
        department=department,
        network=network,
        name=f"Collège {slug}",
        source=Source.MANUAL,
    )
    return Territory(
        academy=academy,
        department=department,
        basin=BasinFactory(academy=academy, name=f"Bassin {slug}"),
        network=network,
        establishment=establishment,
        editor=make_editor(academy),
        lead=lead,
        observer=observer,
        school=sign_up(establishment),
    )
