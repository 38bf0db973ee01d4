"""The establishment itself."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from establishments.enums import Kind, Stage
from establishments.models import Establishment
from tests.factories import (
    AcademyFactory,
    BasinFactory,
    DepartmentFactory,
    EstablishmentFactory,
    NetworkFactory,
    make_uai,
)

pytestmark = pytest.mark.django_db


def test_its_academy_is_that_of_its_department() -> None:
    department = DepartmentFactory()
    school = Establishment(uai=make_uai(), name="Collège", department=department)

    school.clean()

    assert school.academy == department.academy


def test_its_uai_is_normalised() -> None:
    school = Establishment(uai="760372s", name="Collège", department=DepartmentFactory())

    school.clean()

    assert school.uai == "0760372S"


@pytest.mark.parametrize(
    ("field", "factory"), [("network", NetworkFactory), ("basin", BasinFactory)]
)
def test_it_joins_nothing_of_another_academy(field: str, factory: type) -> None:
    school = EstablishmentFactory()
    setattr(school, field, factory(academy=AcademyFactory()))

    with pytest.raises(ValidationError) as refusal:
        school.full_clean()

    assert set(refusal.value.message_dict) == {field}


def test_the_mailbox_used_instead_wins() -> None:
    school = EstablishmentFactory(email="ce.a@example.org")
    assert school.mailbox == "ce.a@example.org"

    school.mailbox_override = "direction@example.org"
    assert school.mailbox == "direction@example.org"


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        (Kind.NURSERY, Stage.PRIMARY),
        (Kind.RELAY, Stage.LOWER_SECONDARY),
        (Kind.MFR, Stage.UPPER_SECONDARY),
        (Kind.CIO, Stage.OTHER),
    ],
)
def test_a_kind_gives_a_stage(kind: Kind, stage: Stage) -> None:
    assert EstablishmentFactory.build(kind=kind, academy=None, department=None).stage == stage
