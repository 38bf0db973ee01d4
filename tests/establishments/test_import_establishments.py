"""`manage.py import_establishments FILE`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from establishments.models import Establishment
from tests.establishments.annuaire_files import SAMPLE, as_file, sample_lines

pytestmark = pytest.mark.django_db


def test_the_report_is_on_stdout_and_the_progress_on_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("import_establishments", str(SAMPLE))

    said = capsys.readouterr()
    assert "996" in said.out
    assert "993" in said.out
    assert "100%" in said.err
    assert Establishment.objects.count() == 993


def test_bad_lines_are_listed_and_give_status_2(tmp_path: Path) -> None:
    lines = sample_lines(3)
    lines[1]["Identifiant_de_l_etablissement"] = "0350122A"
    path = tmp_path / "annuaire.csv"
    path.write_bytes(as_file(lines).getvalue())
    out = StringIO()

    with pytest.raises(CommandError) as failure:
        call_command("import_establishments", str(path), stdout=out)

    assert failure.value.returncode == 2
    assert "0350122A" in out.getvalue()
    assert "3" in out.getvalue()
    assert Establishment.objects.count() == 2


@pytest.mark.parametrize("content", [b"nom;commune\nA;B\n", None])
def test_a_file_that_cannot_be_read_gives_status_1(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "annuaire.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError) as failure:
        call_command("import_establishments", str(path))

    assert failure.value.returncode == 1
    assert not Establishment.objects.exists()
