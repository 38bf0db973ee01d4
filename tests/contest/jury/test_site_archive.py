"""The archive that the site gives, checked as a head of school would: its program, nothing else."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from contest.jury import running
from contest.jury.enums import Method
from contest.jury.explaining import members_of
from contest.models import Prize
from contest.tally.verification import sums_of
from tests.contest.jury.published_scene import OUT, PRIZES, give, make_counted, publish, streamed
from tests.contest.jury.scene import CLOSED, JuryScene, grade, make_jury

pytestmark = pytest.mark.django_db


def unpack(scene: JuryScene, folder: Path) -> Path:
    """The public archive as the site gives it, unpacked into an empty folder."""
    with time_machine.travel(OUT):
        answer = Client().get(f"{scene.contest_scene.contest.url}resultats.zip")
    content = streamed(answer)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`verify.py` alone: no site packages, no environment, no other folder."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", *options],
        cwd=folder,
        env={"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("jurors", [3, 5])
def test_the_program_alone_confirms_the_result_of_the_site(jurors: int, tmp_path: Path) -> None:
    scene = make_counted(jurors=jurors)
    give(scene, 3, "Pour son humour.")
    result = publish(scene)

    told = run(unpack(scene, tmp_path))

    assert told.returncode == 0, told.stdout + told.stderr
    assert "CONFIRMÉ" in told.stdout
    assert result.fingerprint in told.stdout
    assert "à l’octet près" in told.stdout
    assert told.stderr == ""
    kept = members_of(result)
    for name in ("result.json", "definition.json", "ballots.csv"):
        assert (tmp_path / name).read_bytes() == kept[name], name


def test_a_ballot_that_is_tampered_with_is_found_even_with_new_sums(tmp_path: Path) -> None:
    scene = make_counted()
    publish(scene)
    folder = unpack(scene, tmp_path)
    ballots = folder / "ballots.csv"
    text = ballots.read_text(encoding="utf-8")
    tampered = text.replace(",4,J01,mention,2", ",4,J01,mention,5")
    assert tampered != text
    ballots.write_text(tampered, encoding="utf-8", newline="")
    members = {path.name: path.read_bytes() for path in folder.iterdir()}
    members.pop("SHA256SUMS")
    (folder / "SHA256SUMS").write_bytes(sums_of(members))

    told = run(folder)

    assert told.returncode == 1
    assert "NON CONFIRMÉ" in told.stdout


def test_a_rank_that_is_tampered_with_is_found_by_the_site_too(tmp_path: Path) -> None:
    scene = make_counted()
    publish(scene)
    folder = unpack(scene, tmp_path)
    result = folder / "result.json"
    result.write_bytes(result.read_bytes().replace(b'"rank": 1,', b'"rank": 2,', 1))

    with pytest.raises(CommandError) as refused:
        call_command("verify_results", str(folder), stdout=io.StringIO())

    assert refused.value.returncode == 1
    assert run(folder).returncode == 1


def test_the_organisers_archive_is_confirmed_with_its_ballots(tmp_path: Path) -> None:
    scene = make_counted(jurors=3)
    result = publish(scene)
    for name, content in members_of(result, for_organisers=True).items():
        (tmp_path / name).write_bytes(content)

    told = run(tmp_path)

    assert told.returncode == 0, told.stdout + told.stderr
    assert "ont l’empreinte publiée" in told.stdout


def test_grades_by_criterion_are_confirmed_as_well(tmp_path: Path) -> None:
    scene = make_jury(4, 6, method=Method.CRITERIA, panel_size=3, minimum=1, severity=True)
    for order, label in enumerate(PRIZES):
        Prize.objects.create(contest=scene.contest_scene.contest, label=label, sort_order=order)
    keys = [one["key"] for one in scene.round.criteria]
    for juror in scene.jurors:
        for place, assignment in enumerate(scene.work(juror)):
            grade(assignment, **{key: (place + index) % 6 for index, key in enumerate(keys)})
    running.count(scene.round, by=scene.editor, now=CLOSED)
    publish(scene)

    told = run(unpack(scene, tmp_path))

    assert told.returncode == 0, told.stdout + told.stderr
