"""Académies, people and establishments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PersonRole(StrEnum):
    """What a person of the demo is to the site."""

    SUPERUSER = "superuser"
    EDITOR = "editor"
    LEAD = "lead"
    OBSERVER = "observer"


@dataclass(frozen=True)
class DepartmentRecord:
    """A département."""

    code: str
    name: str


@dataclass(frozen=True)
class BasinRecord:
    """A bassin d’éducation et de formation."""

    code: str
    name: str
    department: str


@dataclass(frozen=True)
class NetworkRecord:
    """A réseau FOQUALE; `lead` is a person’s slug, empty where nobody gives the visa."""

    slug: str
    name: str
    basins: tuple[str, ...]
    contact_email: str
    lead: str = ""


@dataclass(frozen=True)
class AcademyRecord:
    """An académie with its territory and what its compulsory pages say."""

    code: str
    slug: str
    name: str
    brand: tuple[str, ...]
    service_name: str
    tagline: str
    address: str
    contact_email: str
    mail_domain: str
    accent: str
    publication_director: str
    host: str
    dpo_email: str
    departments: tuple[DepartmentRecord, ...]
    basins: tuple[BasinRecord, ...]
    networks: tuple[NetworkRecord, ...]


@dataclass(frozen=True)
class PersonRecord:
    """Somebody who signs in with a name."""

    slug: str
    first_name: str
    last_name: str
    email: str
    role: PersonRole
    academy: str
    title: str
    departments: tuple[str, ...] = ()


@dataclass(frozen=True)
class EstablishmentRecord:
    """A school, or whatever else has a UAI."""

    uai: str
    name: str
    kind: str
    sector: str
    academy: str
    department: str
    address: str
    postcode: str
    commune: str
    latitude: float
    longitude: float
    is_open: bool
    basin: str = ""
    network: str = ""
    email: str = ""
    manual: bool = False
