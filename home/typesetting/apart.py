"""Setting a document in a process of its own, which gives its memory back and ends in time.

A long document takes hundreds of megabytes while it is laid out, and the typesetter keeps them for
as long as its process lives. What asks for one document now and then has it made here.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language

from .fonts import font_folder
from .typeset import CannotTypeset

logger = logging.getLogger(__name__)

SECONDS: Final = 120
"""How long a document may take, in seconds."""

_ROOT = Path(__file__).parents[2]


def typeset_apart(
    source: Path,
    inputs: Mapping[str, Any],
    files: Mapping[str, Path] | None = None,
    *,
    target: Path,
    title: str,
    author: str = "",
    seconds: float = SECONDS,
) -> None:
    """Write the PDF that the template `source` makes of `inputs` to `target`.

    As `home.typesetting.typeset.typeset`, in a child process.

    Raises:
        CannotTypeset: as there, or the child took more than `seconds` or was ended.
        OSError: no process can be started.
    """
    with tempfile.TemporaryDirectory(prefix="typesetting-apart-") as folder:
        task = Path(folder) / "task.json"
        with task.open("w", encoding="utf-8") as stream:
            json.dump(
                {
                    "source": str(source.resolve()),
                    "inputs": inputs,
                    "files": {name: str(path.resolve()) for name, path in (files or {}).items()},
                    "title": title,
                    "author": author,
                    "language": get_language() or "fr",
                    "fonts": str(font_folder().resolve()),
                    "target": str(target.resolve()),
                },
                stream,
                cls=DjangoJSONEncoder,
                ensure_ascii=False,
                allow_nan=False,
            )
        _run(task, seconds)


def _run(task: Path, seconds: float) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own program and words
            [sys.executable, "-m", "home.typesetting.child", str(task)],
            cwd=_ROOT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotTypeset(f"The document took more than {seconds:.0f} seconds.") from error
    told = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode:
        raise CannotTypeset(told or f"The process ended with status {done.returncode}.")
    if told:
        logger.warning("Typesetting apart: %s", told)


def _environment() -> dict[str, str]:
    """What the child is told: where Python's libraries are, and none of the site's secrets."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
        if name in os.environ
    }
    return kept | {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(_ROOT), "PYTHONWARNINGS": "ignore"}
