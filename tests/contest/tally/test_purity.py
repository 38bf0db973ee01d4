"""The tally needs nothing but the standard library, and its source makes one program."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from contest import tally
from contest.tally.assembly import VERIFIER_MODULES, assemble, verifier_source

FOLDER = Path(tally.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
SITE_ONLY = {"assembly", "assignment", "balancing", "publication"}


def imported(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_the_standard_library_and_the_tally_only(module: str) -> None:
    for name in imported((FOLDER / f"{module}.py").read_text(encoding="utf-8")):
        assert name.startswith("contest.tally.") or name.split(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("module", MODULES)
def test_a_module_reads_no_clock_and_calculates_without_floats(module: str) -> None:
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"float", "datetime", "time", "round", "secrets"}
    assert not any(
        isinstance(node, ast.Constant) and isinstance(node.value, float) for node in ast.walk(tree)
    )


def test_the_verifier_is_made_of_all_that_it_uses_in_order() -> None:
    assert set(VERIFIER_MODULES) == set(MODULES) - SITE_ONLY
    for place, module in enumerate(VERIFIER_MODULES):
        used = imported((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
        own = {name.rpartition(".")[2] for name in used if name.startswith("contest.tally")}
        assert own <= set(VERIFIER_MODULES[:place])


def test_the_verifier_imports_the_standard_library_only_and_holds_every_function() -> None:
    source = verifier_source().decode()
    assert {name.split(".")[0] for name in imported(source)} <= sys.stdlib_module_names
    defined = {
        node.name
        for node in ast.parse(source).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    for module in VERIFIER_MODULES:
        body = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8")).body
        assert {
            node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        } <= defined


def test_the_verifier_is_python_3_9() -> None:
    tree = ast.parse(verifier_source().decode(), feature_version=(3, 9))
    assert len(tree.body) > 100


@pytest.mark.parametrize(
    "twice",
    ["TWICE = {}", "def TWICE(): return {}", "class TWICE:\n    value = {}", "TWICE: int = {}"],
)
def test_two_modules_cannot_give_one_name_to_different_things(twice: str) -> None:
    one, other = (twice.format(value) for value in (1, 2))
    assert one in assemble({"first": one})
    with pytest.raises(ValueError, match="TWICE is in first and in second"):
        assemble({"first": one, "second": other})


def test_an_assembled_program_keeps_order_and_gathers_imports() -> None:
    first = '"""One.\n\nTwo.\n"""\nfrom __future__ import annotations\nimport sys\nA = 1\n'
    second = "import re\nfrom contest.tally.first import (\n    A,\n)\nB = A + 1\n"
    program = assemble({"first": first, "second": second})
    assert program.index("import re\nimport sys\n") < program.index("# ---- first ----\n# One.")
    assert program.index("A = 1") < program.index("B = A + 1")
    assert "contest" not in program
    assert program.count("from __future__") == 1
