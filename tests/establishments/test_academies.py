"""The reference table of académies."""

from __future__ import annotations

from collections import Counter

from establishments.academies import ACADEMIES, ACADEMY_OF_DEPARTMENT, DEPARTMENT_NAMES


def test_there_are_thirty_and_each_department_belongs_to_one() -> None:
    assert len({academy.code for academy in ACADEMIES}) == 30
    owners = Counter(code for academy in ACADEMIES for code in academy.departments)
    assert set(owners) == set(DEPARTMENT_NAMES)
    assert set(owners.values()) == {1}


def test_normandie_took_over_caen_and_rouen() -> None:
    assert {ACADEMY_OF_DEPARTMENT[code].name for code in ("14", "27", "50", "61", "76")} == {
        "Normandie"
    }


def test_irregular_mail_domains_are_known() -> None:
    domains = {academy.name: academy.mail_domain for academy in ACADEMIES}

    assert domains["Clermont-Ferrand"] == "ac-clermont.fr"
    assert domains["La Réunion"] == "ac-reunion.fr"
    assert domains["Aix-Marseille"] == "ac-aix-marseille.fr"
