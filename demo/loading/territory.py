"""Académies, departments, basins, networks, establishments, and the people who act for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import User
from demo.reading import Content
from demo.records import AcademyRecord, PersonRecord, PersonRole
from establishments.enums import Source
from establishments.models import Academy, Basin, Department, Establishment, Network
from establishments.sign_in import account_of


@dataclass
class Territory:
    """What has been loaded, by the names that the content uses."""

    academies: dict[str, Academy] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    basins: dict[str, Basin] = field(default_factory=dict)
    networks: dict[str, Network] = field(default_factory=dict)
    establishments: dict[str, Establishment] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    editors: dict[str, User] = field(default_factory=dict)
    """The editor of each académie, by its slug."""

    def lead_of(self, establishment: Establishment) -> User | None:
        """Who gives the visa to the fiches of `establishment`; nobody in some networks."""
        network = establishment.network
        return network.leads.first() if network else None


def load_territory(content: Content) -> Territory:
    """Create the territory, without people; académies come without a site."""
    territory = Territory()
    for record in content.academies:
        _load_academy(territory, record)
    for row in content.establishments:
        establishment = Establishment(
            uai=row.uai,
            name=row.name,
            kind=row.kind,
            sector=row.sector,
            academy=territory.academies[row.academy],
            department=territory.departments[row.department],
            basin=territory.basins.get(row.basin),
            network=territory.networks.get(row.network),
            address=row.address,
            postcode=row.postcode,
            commune=row.commune,
            latitude=row.latitude,
            longitude=row.longitude,
            email=row.email,
            is_open=row.is_open,
            source=Source.MANUAL if row.manual else Source.DIRECTORY,
        )
        establishment.full_clean()
        establishment.save()
        territory.establishments[row.uai] = establishment
    return territory


def load_people(content: Content, territory: Territory) -> None:
    """Create the people with their roles; the académies' sites are open by now.

    Nobody has a password: the demo is entered from its own page.
    """
    for record in content.people:
        person = User(
            username=record.email,
            email=record.email,
            first_name=record.first_name,
            last_name=record.last_name,
            is_superuser=record.role is PersonRole.SUPERUSER,
        )
        person.set_unusable_password()
        person.save()
        territory.people[record.slug] = person
        _give_role(territory, person, record)
    for academy in content.academies:
        for network in academy.networks:
            if network.lead:
                territory.networks[network.slug].leads.add(territory.people[network.lead])
    for establishment in territory.establishments.values():
        account_of(establishment)


def _give_role(territory: Territory, person: User, record: PersonRecord) -> None:
    if record.role is PersonRole.EDITOR:
        group = territory.academies[record.academy].editor_group
        if group is not None:
            person.groups.add(group)
        territory.editors[record.academy] = person
    elif record.role is PersonRole.OBSERVER:
        for code in record.departments:
            territory.departments[code].observers.add(person)


def _load_academy(territory: Territory, record: AcademyRecord) -> None:
    academy = Academy.objects.create(
        code=record.code,
        slug=record.slug,
        name=record.name,
        service_name=record.service_name,
        address=record.address,
        contact_email=record.contact_email,
        mail_domain=record.mail_domain,
    )
    territory.academies[record.slug] = academy
    for row in record.departments:
        territory.departments[row.code] = Department.objects.create(
            code=row.code, name=row.name, academy=academy
        )
    for basin in record.basins:
        territory.basins[basin.code] = Basin.objects.create(
            code=basin.code,
            name=basin.name,
            academy=academy,
            department=territory.departments[basin.department],
        )
    for network in record.networks:
        made = Network.objects.create(
            name=network.name, academy=academy, contact_email=network.contact_email
        )
        made.basins.set([territory.basins[code] for code in network.basins])
        territory.networks[network.slug] = made
