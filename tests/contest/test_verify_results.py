"""`verify_results`: the site's own answer about a published archive."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contest.tally.archive import pack
from contest.tally.publication import Publication, publish
from contest.tally.receipts import receipt_of
from contest.tally.verification import sums_of
from tests.contest.tally.juries import SECRET, make_contest


@pytest.fixture(scope="module")
def publication() -> Publication:
    definition, ballots = make_contest()
    return publish(definition, ballots, SECRET)


def verify_results(archive: Path, *options: str) -> str:
    output = io.StringIO()
    call_command("verify_results", str(archive), *options, stdout=output)
    return output.getvalue()


def refused(archive: Path) -> tuple[int, str, str]:
    """Exit status, message and output of a verification that fails."""
    output = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("verify_results", str(archive), stdout=output)
    return error.value.returncode, str(error.value), output.getvalue()


def write(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "resultats.zip"
    path.write_bytes(pack(members))
    return path


def test_a_published_archive_is_confirmed_with_its_fingerprint(
    publication: Publication, tmp_path: Path
) -> None:
    told = verify_results(write(tmp_path, dict(publication.public)))
    assert "CONFIRMÉ." in told
    assert publication.fingerprint in told
    assert "verify.py est le programme de vérification de ce site." in told


def test_what_is_kept_by_the_organisers_is_confirmed_with_its_reserved_ballots(
    publication: Publication, tmp_path: Path
) -> None:
    told = verify_results(write(tmp_path, dict(publication.organisers)))
    assert "École, Finale\u00a0: les bulletins réservés ont l’empreinte publiée." in told


def test_one_poster_one_juror_or_all_places_are_shown_on_demand(
    publication: Publication, tmp_path: Path
) -> None:
    archive = write(tmp_path, dict(publication.public))
    assert "Force du message" in verify_results(archive, "--poster", "33")
    receipt = receipt_of(SECRET, "college", "user-0")
    assert "vous êtes J0" in verify_results(archive, "--receipt", receipt)
    assert "\n  30e " in verify_results(archive, "--all")


def test_a_changed_archive_is_refused_with_status_1(
    publication: Publication, tmp_path: Path
) -> None:
    result = publication.public["result.json"].replace(b'"rank": 1,', b'"rank": 2,', 1)
    members = {**publication.public, "result.json": result}
    status, message, told = refused(write(tmp_path, {**members, "SHA256SUMS": sums_of(members)}))
    assert status == 1
    assert message.startswith("NON CONFIRMÉ.")
    assert "place publiée 2, place recalculée 1" in told


def test_the_program_of_an_archive_is_never_run_and_a_foreign_one_is_remarked(
    publication: Publication, tmp_path: Path
) -> None:
    trap = tmp_path / "trap"
    program = f"open({str(trap)!r}, 'w')".encode()
    members = {**publication.public, "verify.py": program}
    told = verify_results(write(tmp_path, {**members, "SHA256SUMS": sums_of(members)}))
    assert "verify.py n’est pas celui de cette version du site" in told
    assert not trap.exists()


def test_nothing_is_unpacked(publication: Publication, tmp_path: Path) -> None:
    archive = write(tmp_path, dict(publication.public))
    verify_results(archive)
    assert list(tmp_path.iterdir()) == [archive]


@pytest.mark.parametrize("content", [None, b"not a zip"])
def test_what_cannot_be_read_is_refused_with_status_2(
    content: bytes | None, tmp_path: Path
) -> None:
    archive = tmp_path / "resultats.zip"
    if content is not None:
        archive.write_bytes(content)
    status, message, _told = refused(archive)
    assert status == 2
    assert "ne permettent pas de recalculer" in message


def test_a_name_that_would_leave_the_folder_is_refused(tmp_path: Path) -> None:
    status, _message, told = refused(write(tmp_path, {"../../result.json": b"{}"}))
    assert status == 2
    assert "un fichier qui n’a rien à y faire\u00a0: ../../result.json" in told


def test_words_of_an_archive_cannot_command_a_terminal(tmp_path: Path) -> None:
    _status, _message, told = refused(write(tmp_path, {"\x1b[2Jresult.json": b"{}"}))
    assert "\x1b" not in told
