"""Bringing the annuaire into the database."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest
from django.db import connection

from establishments.annuaire import UnreadableDirectory
from establishments.directory_import import ImportResult, import_directory
from establishments.enums import Kind, Source
from establishments.models import Academy, Basin, Department, Establishment
from tests.establishments.annuaire_files import SAMPLE, a_line, as_file, sample_lines
from tests.factories import (
    AcademyFactory,
    BasinFactory,
    DepartmentFactory,
    EstablishmentFactory,
    NetworkFactory,
    sign_up,
)

pytestmark = pytest.mark.django_db

UAI = "0350122T"


def import_sample() -> ImportResult:
    with SAMPLE.open("rb") as stream:
        return import_directory(stream)


def import_line(**cells: str) -> ImportResult:
    return import_directory(as_file([a_line(**cells)]))


def snapshot() -> list[dict[str, Any]]:
    return list(Establishment.objects.order_by("uai").values())


def test_the_real_extract_gives_993_establishments() -> None:
    result = import_sample()

    assert (result.rows, result.created, result.merged, result.rejected) == (996, 993, 3, 0)
    assert Establishment.objects.count() == 993
    assert result.last_change is not None
    assert result.last_change.isoformat() == "2023-06-08"


def test_the_same_file_twice_changes_nothing() -> None:
    import_sample()
    before = snapshot()

    result = import_sample()

    assert (result.created, result.updated, result.unchanged) == (0, 0, 993)
    assert snapshot() == before  # `updated_at` included


def test_the_order_of_lines_does_not_matter() -> None:
    import_sample()
    before = snapshot()

    result = import_directory(as_file(reversed(sample_lines())))

    assert result.unchanged == 993
    assert snapshot() == before


def test_the_academy_and_department_are_made_from_the_reference_table() -> None:
    import_line()

    department = Department.objects.get()
    assert (department.code, department.name) == ("35", "Ille-et-Vilaine")
    academy = department.academy
    assert (academy.code, academy.name, academy.slug) == ("14", "Rennes", "rennes")
    assert academy.mail_domain == "ac-rennes.fr"


@pytest.mark.parametrize("known", [{"code": "14"}, {"slug": "rennes"}])
def test_an_academy_that_exists_is_taken(known: dict[str, str]) -> None:
    academy = AcademyFactory(**known)

    import_line()

    assert Academy.objects.get() == academy
    assert Establishment.objects.get().academy == academy


def test_a_department_that_exists_keeps_its_academy() -> None:
    department = DepartmentFactory(code="35")

    import_line()

    assert Establishment.objects.get().academy == department.academy


def test_a_basin_is_made_once_and_kept_where_a_file_names_none() -> None:
    import_line(libelle_bassin_formation="Rennes", code_bassin_formation="14351")
    import_line()

    basin = Basin.objects.get()
    assert (basin.name, basin.code, basin.department.code) == ("Rennes", "14351", "35")
    assert Establishment.objects.get().basin == basin


def test_what_people_decided_survives() -> None:
    import_line()
    establishment = Establishment.objects.get()
    network = NetworkFactory(academy=establishment.academy)
    basin = BasinFactory(academy=establishment.academy)
    establishment.network, establishment.basin = network, basin
    establishment.mailbox_override = "direction@example.org"
    establishment.save()
    account = sign_up(establishment)

    result = import_line(Nom_etablissement="École des Lucioles")

    establishment.refresh_from_db()
    assert result.updated == 1
    assert establishment.name == "École des Lucioles"
    assert (establishment.network, establishment.basin) == (network, basin)
    assert establishment.mailbox == "direction@example.org"
    assert establishment.account == account


def test_only_what_differs_is_written() -> None:
    lines = sample_lines(5)
    import_directory(as_file(lines))
    before = {row["uai"]: row["updated_at"] for row in snapshot()}
    lines[2]["Nom_etablissement"] = "École des Lucioles"

    result = import_directory(as_file(lines))

    assert (result.updated, result.unchanged) == (1, 4)
    after = {row["uai"]: row["updated_at"] for row in snapshot()}
    changed = [uai for uai, moment in after.items() if moment != before[uai]]
    assert changed == [lines[2]["Identifiant_de_l_etablissement"]]


def test_a_renamed_establishment_is_found_by_its_new_name() -> None:
    import_line()
    import_line(Nom_etablissement="Les Tilleuls")

    assert "tilleuls" in Establishment.objects.get().search_text


def test_a_record_entered_by_hand_is_never_touched() -> None:
    EstablishmentFactory(uai=UAI, name="Dispositif relais", kind=Kind.RELAY, source=Source.MANUAL)
    (before,) = snapshot()

    result = import_sample()

    assert result.untouched == [UAI]
    assert (result.created, result.establishments) == (992, 992)
    assert Establishment.objects.filter(uai=UAI).values().get() == before


def test_an_establishment_that_closes_is_closed_and_can_open_again() -> None:
    import_line(etat="FERMÉ")
    assert not Establishment.objects.get().is_open

    import_line(etat="OUVERT")
    assert Establishment.objects.get().is_open


def test_an_establishment_that_a_file_leaves_out_stays() -> None:
    import_sample()

    import_line()

    assert Establishment.objects.filter(is_open=True).count() == 993


def test_an_establishment_that_changes_academy_leaves_its_network() -> None:
    import_line()
    establishment = Establishment.objects.get()
    establishment.network = NetworkFactory(academy=establishment.academy)
    establishment.save()

    import_line(Code_departement="076")

    establishment.refresh_from_db()
    assert establishment.academy.name == "Normandie"
    assert establishment.network is None


def test_bad_lines_are_told_by_number_and_the_good_ones_kept() -> None:
    lines = sample_lines(4)
    lines[1]["Identifiant_de_l_etablissement"] = "0350122A"
    lines[3]["Nom_etablissement"] = ""

    result = import_directory(as_file(lines))

    assert (result.rows, result.created, result.rejected) == (4, 2, 2)
    assert [bad.line for bad in result.errors] == [3, 5]


def test_what_is_no_export_writes_nothing() -> None:
    with pytest.raises(UnreadableDirectory):
        import_directory(io.BytesIO(b"nom;commune\nA;B\n"))

    assert not Establishment.objects.exists()
    assert not Academy.objects.exists()


def test_progress_is_told_and_ends_at_the_end_of_the_file() -> None:
    told: list[int] = []

    with SAMPLE.open("rb") as stream:
        import_directory(stream, progress=told.append)

    assert told == sorted(told)
    assert told[-1] == SAMPLE.stat().st_size


def test_a_second_import_asks_the_same_number_of_queries_for_any_number_of_rows(
    django_assert_max_num_queries: Any,
) -> None:
    import_sample()

    # Savepoint, lock, what is known, for one batch; départements once.
    with django_assert_max_num_queries(8):
        import_sample()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_leave_each_establishment_once() -> None:
    results: list[ImportResult] = []
    failures: list[BaseException] = []
    start = threading.Barrier(2)

    def run() -> None:
        try:
            start.wait(timeout=20)
            results.append(import_sample())
        except BaseException as failure:  # noqa: BLE001 - a thread's failure is the test's
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert failures == []
    assert Establishment.objects.count() == 993
    assert Department.objects.count() == Academy.objects.count() == 1
    assert sorted(result.created for result in results) == [0, 993]
