"""What the machine says of a poster: each finding, and whether the wall flags it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contest.images.examination import Note
from contest.images.wording import note_sentence
from contest.models import ContestPage, Poster, PosterFile
from contest.poster_checks import checks_of, flags_of

# Wagtail asks the database for the type of a page, even of one that is never stored.
pytestmark = pytest.mark.django_db

TODAY = date(2023, 3, 1)


def make_poster(file: dict[str, Any] | None = None, **fields: Any) -> Poster:
    """A poster in memory in which nothing needs a look."""
    contest = ContestPage(
        deposit_opens_at=datetime(2023, 1, 17, tzinfo=UTC),
        deposit_closes_at=datetime(2023, 3, 20, tzinfo=UTC),
        results_at=datetime(2023, 4, 6, 10, tzinfo=UTC),
        exhibition_last_day=date(2023, 6, 30),
    )
    values: dict[str, Any] = {
        "format": "jpeg",
        "width": 1754,
        "height": 2480,
        "bytes": 2_400_000,
        "prepared_at": datetime(2023, 2, 1, tzinfo=UTC),
        "examination": {"format": "jpeg"},
    }
    poster: dict[str, Any] = {
        "alternative": "Trois élèves se hissent sur un mur d’escalade.",
        "ai_use": "none",
        "attested_by": "Camille Exemple",
        "attested_at": datetime(2023, 2, 1, tzinfo=UTC),
        "attestation_expires_on": date(2023, 8, 31),
    }
    return Poster(contest=contest, file=PosterFile(**(values | (file or {}))), **(poster | fields))


def flags(poster: Poster, *, today: date = TODAY, alike: int = 0) -> list[str]:
    return flags_of(poster, today=today, alike=alike)


def said(poster: Poster, subject: str, *, today: date = TODAY, alike: int = 0) -> str:
    checks = checks_of(poster, today=today, alike=alike)
    return " ".join(next(check.findings for check in checks if check.subject == subject)).replace(
        "\u00a0", " "
    )


def test_a_poster_in_order_has_no_flag() -> None:
    assert flags(make_poster()) == []


def test_size_format_and_weight_are_told() -> None:
    poster = make_poster()

    assert said(poster, "Taille et forme").replace("\u202f", " ") == (
        "1 754 × 2 480 pixels : 150 points par pouce en A3. Conforme au règlement du concours."
    )
    assert said(poster, "Fichier").startswith("JPEG, 2,3")


@pytest.mark.parametrize(
    ("file", "flag"),
    [
        ({"prepared_at": None}, "Images en préparation"),
        ({"prepared_at": None, "preparation_error": "damaged"}, "Images non préparées"),
        ({"width": 1000, "height": 1414}, "Trop petite"),
        ({"width": 2000, "height": 2480}, "Hors règlement"),
        ({"width": 2480, "height": 1754}, "Hors règlement"),
        ({"bytes": 50_000_000}, "Hors règlement"),
    ],
)
def test_a_file_that_needs_a_look_is_flagged(file: dict[str, Any], flag: str) -> None:
    assert flags(make_poster(file)) == [flag]


def test_a_format_that_the_rules_no_longer_take_is_flagged() -> None:
    poster = make_poster()
    poster.contest.formats = ["png"]

    assert flags(poster) == ["Hors règlement"]
    assert "n’admet plus un tel fichier" in said(poster, "Fichier")


def test_a_pdf_has_no_pixels_to_judge() -> None:
    poster = make_poster({"format": "pdf", "width": 10, "height": 10})

    assert flags(poster) == []
    assert "PDF" in said(poster, "Taille et forme")


@pytest.mark.parametrize("note", list(Note))
def test_what_was_converted_is_told(note: Note) -> None:
    poster = make_poster({"examination": {"format": "jpeg", "notes": [note.value]}})

    assert note_sentence(note).replace("\u00a0", " ") in said(poster, "Fichier")


def test_posters_alike_are_counted_and_flagged() -> None:
    assert flags(make_poster(), alike=2) == ["Ressemble à une autre"]
    assert said(make_poster(), "Affiches ressemblantes", alike=2).startswith("2 affiches")
    assert said(make_poster(), "Affiches ressemblantes") == "Aucune dans l’académie."


@pytest.mark.parametrize(
    ("ends_on", "flag", "told"),
    [
        (date(2023, 6, 30), [], "jusqu’au 30 juin 2023"),
        (date(2023, 6, 29), ["Autorisations trop courtes"], "la fin de l’exposition, le 30 juin"),
        (date(2023, 4, 5), ["Autorisations trop courtes"], "avant les résultats, le 6 avril 2023"),
        (date(2023, 3, 1), ["Autorisations trop courtes"], "avant les résultats"),
        (date(2023, 2, 28), ["Autorisations échues"], "n’est plus montrée au public"),
    ],
)
def test_authorisations_must_last_as_long_as_the_poster_is_shown(
    ends_on: date, flag: list[str], told: str
) -> None:
    poster = make_poster(attestation_expires_on=ends_on)

    assert flags(poster) == flag
    assert told in said(poster, "Autorisations")


def test_a_missing_attestation_is_flagged() -> None:
    assert flags(make_poster(attested_at=None)) == ["Non attestées"]


def test_a_short_alternative_text_is_flagged() -> None:
    assert flags(make_poster(alternative="Une affiche.")) == ["Texte alternatif court"]
    assert said(make_poster(), "Texte alternatif") == "46 caractères."


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ({"ai_use": "part", "ai_details": "Le fond"}, "En partie faite avec une IA"),
        ({"ai_use": "whole", "ai_details": "Le fond"}, "Faite avec une IA"),
        ({"ai_use": ""}, "IA : non précisé"),
    ],
)
def test_the_use_of_an_ai_is_flagged(fields: dict[str, str], flag: str) -> None:
    assert [one.replace("\u00a0", " ") for one in flags(make_poster(**fields))] == [flag]
    assert fields.get("ai_details", "") in said(make_poster(**fields), "IA générative")


def test_pictures_of_others_are_flagged() -> None:
    poster = make_poster(third_party=True, third_party_details="Photo CC BY")

    assert flags(poster) == ["Images d’autrui"]
    assert "Photo CC BY" in said(poster, "Images ou textes d’autrui")


def test_a_poster_without_its_files_is_still_checked_for_the_rest() -> None:
    poster = make_poster()
    poster.file = None

    assert "Taille et forme" not in [
        check.subject for check in checks_of(poster, today=TODAY, alike=0)
    ]
    assert flags(poster) == []
