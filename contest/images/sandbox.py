"""The door to the pictures: examine a file, prepare an original, whatever is inside it.

Everything that decodes runs in a child process with limits on memory, processor time, files and
the clock. A child that crashes, is killed or takes too long gives a problem as any other does:
no file can bring down, fill or hold up the process that asked.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from contest.images.examination import Examination, Note, Problem, ProblemCode
from contest.images.formats import HEAD, Format, appearance_of, format_of
from contest.images.limits import Limits
from contest.images.preparation import Made, Preparation, rendition_widths

__all__ = ["Made", "Preparation", "Unpreparable", "examine", "prepare", "rendition_widths"]

logger = logging.getLogger(__name__)

SECONDS = 25
"""How long a child may take by the clock."""

HEAVIEST = 50 * 1024 * 1024
"""Bytes above which a file is not decoded, whatever the contest's own limit."""

_ROOT = Path(__file__).parents[2]
_LONGEST_ANSWER = 64 * 1024
_BLOCK = 1024 * 1024

# How C libraries end when memory or time is refused to them.
_OUT_OF_BREATH = frozenset(
    [signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGKILL, signal.SIGXCPU]
)


class Unpreparable(Exception):
    """No pictures can be made of an original; `code` says why."""

    def __init__(self, code: ProblemCode) -> None:
        super().__init__(code.value)
        self.code = code


def examine(path: Path, limits: Limits, preview: Path | None = None) -> Examination:
    """What the file at `path` is, and whether it keeps to `limits`.

    Never raises for anything that is in the file, and answers within `SECONDS` and a little.

    Args:
        preview: where to write a clean JPEG with a long side of 800 pixels; written whenever the
            picture comes out, even of a file that is refused.

    Raises:
        OSError: the file cannot be read, or no process can be started.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        size = os.fstat(stream.fileno()).st_size
        stream.seek(0)
        sha256 = _sha256(stream)
    format_ = format_of(head)
    problems = _problems_of_bytes(head, size, format_, limits)
    if format_ is None or format_ not in limits.formats or size > HEAVIEST:
        return Examination(format=format_, bytes=size, sha256=sha256, problems=tuple(problems))
    draft = preview.with_name(f"{preview.name}.part") if preview else None
    task = {
        "path": str(path.resolve()),
        "format": format_.value,
        "limits": limits.as_json(),
        "preview": str(draft.resolve()) if draft else None,
    }
    try:
        found = ask_child("examine", task)
        if "finding" not in found:
            found["finding"] = {"problems": [found["problem"]]}
        finding = found["finding"]
        if draft and preview and finding.get("has_preview"):
            draft.replace(preview)
    finally:
        if draft:
            draft.unlink(missing_ok=True)
    return Examination(
        format=format_,
        width=finding.get("width", 0),
        height=finding.get("height", 0),
        bytes=size,
        sha256=sha256,
        fingerprint=finding.get("fingerprint", ""),
        problems=(*problems, *map(Problem.from_json, finding["problems"])),
        notes=tuple(Note(note) for note in finding.get("notes", ())),
        has_preview=finding.get("has_preview", False),
    )


def prepare(original: Path, folder: Path) -> Preparation:
    """Write into `folder` the clean master of `original`, and its renditions.

    All files arrive together or none does; files of the same names are replaced.

    Raises:
        Unpreparable: no picture can be made of the original.
        OSError: a file cannot be read or written, or no process can be started.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drafts = Path(tempfile.mkdtemp(prefix=".preparing-", dir=folder))
    try:
        task = {"original": str(original.resolve(strict=True)), "folder": str(drafts.resolve())}
        answer = ask_child("prepare", task)
        if "problem" in answer:
            raise Unpreparable(Problem.from_json(answer["problem"]).code)
        made = Preparation.from_json(answer["preparation"])
        for one in (made.master, *made.renditions):
            (drafts / one.name).replace(folder / one.name)
        return made
    finally:
        shutil.rmtree(drafts, ignore_errors=True)


def _sha256(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _problems_of_bytes(
    head: bytes, size: int, format_: Format | None, limits: Limits
) -> list[Problem]:
    """What is wrong before anything is decoded."""
    if not size:
        return [Problem(ProblemCode.EMPTY)]
    problems = []
    most = min(limits.max_bytes, HEAVIEST)
    if size > most:
        details = {"bytes": size, "max_bytes": most, "format": format_.value if format_ else None}
        problems.append(Problem(ProblemCode.TOO_HEAVY, details))
    if format_ is None:
        appearance = appearance_of(head)
        problems.append(
            Problem(ProblemCode.NOT_ACCEPTED, {"format": appearance.value})
            if appearance
            else Problem(ProblemCode.NOT_A_PICTURE)
        )
    elif format_ not in limits.formats:
        problems.append(Problem(ProblemCode.NOT_ACCEPTED, {"format": format_.value}))
    return problems


def ask_child(act: str, task: dict[str, Any]) -> dict[str, Any]:
    """Have a child do `act` ("examine" or "prepare"): its answer, or what its end amounts to.

    Raises:
        OSError: no process can be started.
    """
    with subprocess.Popen(  # noqa: S603 - our own program and words
        [sys.executable, "-W", "ignore", "-m", "contest.images.child", act],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=_environment(),
        start_new_session=True,
    ) as child:
        try:
            written = _exchange(child, json.dumps(task).encode(), time.monotonic() + SECONDS)
        finally:
            child.kill()
        status = child.wait()
    try:
        answer: dict[str, Any] = json.loads(written)
    except ValueError:
        out_of_breath = not written and -status in _OUT_OF_BREATH
        code = ProblemCode.TOO_SLOW if out_of_breath else ProblemCode.DAMAGED
        logger.warning("A child ended with status %d while it did %s: %s", status, act, code)
        return {"problem": Problem(code).as_json()}
    if "error" in answer:
        logger.error("A child failed while it did %s:\n%s", act, answer["error"])
        return {"problem": Problem(ProblemCode.DAMAGED).as_json()}
    return answer


def _exchange(child: subprocess.Popen[bytes], task: bytes, deadline: float) -> bytes:
    """Give the child its task; what it answers before `deadline`, up to a sensible length."""
    if child.stdin is None or child.stdout is None:
        raise ValueError("the child needs both pipes")
    try:
        child.stdin.write(task)
        child.stdin.close()
    except BrokenPipeError:
        return b""
    answer = b""
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while len(answer) < _LONGEST_ANSWER:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return b""
            block = os.read(child.stdout.fileno(), _LONGEST_ANSWER)
            if not block:
                break
            answer += block
    return answer


def _environment() -> dict[str, str]:
    """What the child is told: where Python's libraries are, and none of the site's secrets.

    One arena keeps each thread of a decoder from reserving 64 MB of the child's address space.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "PYTHONPATH": str(_ROOT)}
