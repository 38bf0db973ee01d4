"""`verify.py` as a head of school runs it: nothing installed, only the unpacked archive."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from contest.tally.archive import pack
from contest.tally.publication import Publication
from contest.tally.receipts import receipt_of
from contest.tally.verification import sums_of
from contest.tally.verifier import main
from tests.contest.tally.juries import SECRET

BARE = {"PATH": os.defpath, "LC_ALL": "C"}


def unpack(members: dict[str, bytes], folder: Path) -> Path:
    for name, content in members.items():
        (folder / name).write_bytes(content)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the folder's verify.py isolated from every installed package."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-W", "error", "verify.py", *arguments],
        cwd=folder, env=BARE, capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip


def test_the_program_confirms_what_was_published(publication: Publication, tmp_path: Path) -> None:
    done = run(unpack(dict(publication.public), tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "CONFIRMÉ." in done.stdout
    assert f"Empreinte de la publication\u00a0: {publication.fingerprint}" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} == set(publication.public)


def test_the_program_says_what_the_site_says(
    publication: Publication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unpack(dict(publication.public), tmp_path)
    for arguments in ([], ["--tout"], ["--affiche", "33"]):
        status = main(arguments, tmp_path)
        done = run(tmp_path, *arguments)
        assert (done.returncode, done.stdout) == (status, capsys.readouterr().out)


def test_the_program_finds_a_changed_grade(publication: Publication, tmp_path: Path) -> None:
    csv = publication.public["ballots.csv"].decode()
    found = re.search(r"^(lycee-1,\d+,J\d+,message),(\d)$", csv, re.MULTILINE)
    assert found
    grade = (int(found[2]) + 1) % 6
    changed = csv.replace(found[0], f"{found[1]},{grade}", 1).encode()
    tampered = {**publication.public, "ballots.csv": changed}
    done = run(unpack({**tampered, "SHA256SUMS": sums_of(tampered)}, tmp_path))
    assert done.returncode == 1
    assert "NON CONFIRMÉ." in done.stdout
    assert "Le résultat recalculé n’est pas celui de result.json." in done.stdout


def test_the_program_reads_an_archive_without_unpacking_it(
    publication: Publication, tmp_path: Path
) -> None:
    (tmp_path / "verify.py").write_bytes(publication.public["verify.py"])
    (tmp_path / "resultats.zip").write_bytes(pack(publication.public))
    done = run(tmp_path, "resultats.zip")
    assert done.returncode == 0
    assert len(list(tmp_path.iterdir())) == 2


def test_an_empty_folder_is_said_to_be_unverifiable(
    publication: Publication, tmp_path: Path
) -> None:
    (tmp_path / "verify.py").write_bytes(publication.public["verify.py"])
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (2, "")
    assert "Il manque\u00a0: definition.json, ballots.csv, result.json, SHA256SUMS." in done.stdout
    assert "ne permettent pas" in done.stdout


def test_an_archive_that_is_not_there_is_said_to_be_unreadable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "absent.zip")], tmp_path) == 2
    assert "introuvable" in capsys.readouterr().out


def test_one_poster_is_shown_with_every_ballot(
    publication: Publication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unpack(dict(publication.public), tmp_path)
    main(["--affiche", "33"], tmp_path)
    shown = capsys.readouterr().out
    assert len(re.findall(r"J\d\d\u00a0: Force du message \d, Qualité du dessin \d", shown)) == 3
    assert "sans correction de la sévérité" in shown
    assert "n°\u00a034" not in shown
    main(["--affiche", "999"], tmp_path)
    assert "L’affiche n°\u00a0999 n’est dans aucun tour." in capsys.readouterr().out


def test_a_juror_is_shown_their_lines_and_their_seal(
    publication: Publication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unpack(dict(publication.public), tmp_path)
    alias = publication.aliases["college"]["user-3"]
    main(["--recu", receipt_of(SECRET, "college", "user-3")], tmp_path)
    shown = capsys.readouterr().out
    assert f"Collège, Finale\u00a0: vous êtes {alias}" in shown
    assert len(re.findall(r"Empreinte de vos notes\u00a0: [0-9a-f]{16}", shown)) == 2
    assert "Lycée" not in shown
    main(["--recu", "AAAA-BBBB"], tmp_path)
    assert "Ce reçu ne correspond à aucun bulletin publié." in capsys.readouterr().out


def test_every_place_is_shown_on_demand_only(
    publication: Publication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unpack(dict(publication.public), tmp_path)
    main([], tmp_path)
    short = capsys.readouterr().out
    main(["--tout"], tmp_path)
    full = capsys.readouterr().out
    assert "\n  30e " in full
    assert "\n  30e " not in short
    assert "et d’autres encore (30 en tout)" in short


def test_french_typography_is_kept(publication: Publication) -> None:
    read_me = publication.public["LISEZMOI.txt"].decode()
    assert read_me.startswith("Concours d’affiches 2023\nRésultats du jury, version 1\n")
    assert not re.search(r" [;!?»]| :\s|« |'", read_me)
    for line in publication.public["verify.py"].decode().splitlines():
        texts = re.findall(r'"([^"]*[éèàçê’][^"]*)"', line)
        for text in texts:
            assert not re.search(r" [;!?:%»]|« |[^ ]['][^ ]", text), text
