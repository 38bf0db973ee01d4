"""Measure the product's speed on this machine: `make bench`, one table.

A module of this package joins by a function `measure() -> list[tuple[str, str]]`: what was
measured, and the figure with its unit. `make bench ARGS=NAME` runs one module only.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

import django


def main(names: list[str]) -> int:
    """Run the benchmarks called `names`, or all, and print their rows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perseverance.settings.test")
    django.setup()
    package = importlib.import_module("benchmarks")
    beside = {"__main__", "answering"}
    found = [one.name for one in pkgutil.iter_modules(package.__path__) if one.name not in beside]
    chosen = [name for name in found if not names or name in names]
    unknown = set(names) - set(found)
    if unknown:
        print(f"No benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(found)}.")
        return 2
    rows = []
    for name in chosen:
        rows += importlib.import_module(f"benchmarks.{name}").measure()
    width = max(len(label) for label, _figure in rows)
    for label, figure in rows:
        print(f"{label:<{width}}  {figure}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
