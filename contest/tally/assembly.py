"""The published verifier, put together from the source of this package: one source, two uses.

The modules follow each other in one file that reads from top to bottom: imports from one another
are taken out, those of the standard library gathered at the top.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

VERIFIER_MODULES = (
    "errors", "definition", "ballots", "counting", "majority", "duels", "connection", "severity",
    "standing", "tallying", "documents", "reading", "receipts", "archive", "verification",
    "french", "verifier",
)  # fmt: skip
"""The modules of the verifier, each after those that it uses."""

HEADER = '''"""Vérifie un palmarès publié : recalcule tout depuis les bulletins et compare.

    python3 verify.py                  vérifie les fichiers du même dossier
    python3 verify.py resultats.zip    vérifie une archive sans la décompresser
    python3 verify.py --affiche 12     montre tout sur l’affiche n° 12
    python3 verify.py --tout           montre toutes les places
    python3 verify.py --recu CODE      montre à un juré ses propres notes

Il faut Python 3.9 ou plus récent et rien d’autre. Rien n’est écrit, rien n’est envoyé.
Code de sortie : 0 confirmé, 1 différent, 2 invérifiable.
"""

from __future__ import annotations

'''

FOOTER = """

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
"""


@cache
def verifier_source() -> bytes:
    """The program `verify.py`."""
    folder = Path(__file__).parent
    return assemble(
        {name: (folder / f"{name}.py").read_text(encoding="utf-8") for name in VERIFIER_MODULES}
    ).encode()


def assemble(sources: Mapping[str, str]) -> str:
    """One program from the sources of modules, by name, each after those that it uses.

    Raises:
        ValueError: two modules give the same name to different things.
    """
    imports: set[tuple[str, str]] = set()
    names: dict[str, str] = {}
    parts = []
    for module, text in sources.items():
        body, needed, defined = _module_parts(text)
        for name in sorted(defined):
            if name in names:
                raise ValueError(f"{name} is in {names[name]} and in {module}")
            names[name] = module
        imports |= needed
        parts.append(f"\n\n# ---- {module} ----\n{body}\n")
    return HEADER + _import_lines(imports) + "".join(parts) + FOOTER


def _import_lines(imports: Iterable[tuple[str, str]]) -> str:
    """One line a module; a name of "" stands for the module itself."""
    by_module: dict[str, list[str]] = {}
    for module, name in sorted(imports):
        by_module.setdefault(module, []).append(name)
    whole = [f"import {module}\n" for module, names in by_module.items() if "" in names]
    named = [
        f"from {module} import {', '.join(name for name in names if name)}\n"
        for module, names in by_module.items()
        if any(names)
    ]
    return "".join(whole + named)


def _module_parts(text: str) -> tuple[str, set[tuple[str, str]], set[str]]:
    """A module's text without its imports, its docstring as comments; imports; names it gives."""
    tree = ast.parse(text)
    lines = text.splitlines()
    imports: set[tuple[str, str]] = set()
    names: set[str] = set()
    for place, node in enumerate(tree.body):
        gone = slice(node.lineno - 1, node.end_lineno)
        if place == 0 and isinstance(node, ast.Expr):
            comment = (ast.get_docstring(tree) or "").splitlines()
            commented = [f"# {line}".rstrip() for line in comment]
            lines[gone] = commented + [""] * (len(lines[gone]) - len(commented))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if not _is_left_out(module):
                imports |= {(module, one.name) if module else (one.name, "") for one in node.names}
            lines[gone] = [""] * len(lines[gone])
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        else:
            names |= {
                one.id
                for one in ast.walk(node)
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            }
    return _without_gaps(lines), imports, names


def _is_left_out(module: str) -> bool:
    return module == "__future__" or module.startswith("contest.")


def _without_gaps(lines: Iterable[str]) -> str:
    """`lines` with two blank lines at most in a row, none at either end."""
    kept: list[str] = []
    for line in lines:
        if line or kept[-2:] != ["", ""]:
            kept.append(line)
    return "\n".join(kept).strip("\n")
