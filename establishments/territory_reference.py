"""The académies, departments and basins that an import needs, made from the reference table."""

from __future__ import annotations

from django.db.models import Q

from .academies import ACADEMY_OF_DEPARTMENT, DEPARTMENT_NAMES
from .annuaire_rows import DirectoryRow
from .models import Academy, Basin, Department


class Territory:
    """Keys of departments and basins, each looked up once and made where it is missing.

    Keys alone are kept, so that an import of the whole country holds some hundreds of numbers.
    """

    def __init__(self) -> None:
        self._departments: dict[str, tuple[int, int]] = {}
        self._basins: dict[tuple[int, str], int] = {}

    def department(self, code: str) -> tuple[int, int]:
        """The keys of the académie and of the department with `code`, made where missing.

        A department that exists keeps its académie: this installation may know better.
        """
        if code not in self._departments:
            department = ensure_department(code)
            self._departments[code] = (department.academy_id, department.pk)
        return self._departments[code]

    def basin(self, row: DirectoryRow) -> int | None:
        """The key of the row's basin, made where missing; None where the row names none."""
        if not row.basin:
            return None
        academy_id, department_id = self.department(row.department)
        key = (academy_id, row.basin)
        if key not in self._basins:
            basin, _created = Basin.objects.get_or_create(
                academy_id=academy_id,
                name=row.basin,
                defaults={"code": row.basin_code, "department_id": department_id},
            )
            self._basins[key] = basin.pk
        return self._basins[key]


def ensure_department(code: str) -> Department:
    """The department with `code`, made with its académie where missing.

    Raises:
        KeyError: `code` is no department of an académie.
    """
    department = Department.objects.filter(code=code).first()
    if department is None:
        department, _created = Department.objects.get_or_create(
            code=code,
            defaults={"name": DEPARTMENT_NAMES[code], "academy": _ensure_academy(code)},
        )
    return department


def _ensure_academy(department: str) -> Academy:
    reference = ACADEMY_OF_DEPARTMENT[department]
    known = Academy.objects.filter(Q(code=reference.code) | Q(slug=reference.slug)).first()
    if known is not None:
        return known
    academy, _created = Academy.objects.get_or_create(
        code=reference.code,
        defaults={
            "name": reference.name,
            "slug": reference.slug,
            "mail_domain": reference.mail_domain,
        },
    )
    return academy
