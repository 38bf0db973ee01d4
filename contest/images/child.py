"""The child process in which untrusted files are decoded: `python -m contest.images.child ACT`.

It takes its task as JSON on standard input, and answers with JSON on standard output. Before it
reads the file it gives up most of what a process may do; `sandbox` starts it, and ends it when it
takes too long. It imports nothing of Django, and has none of the site's settings or secrets.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY = 496 * 1024 * 1024
"""Bytes of address space, hence more than the memory ever used."""

PROCESSOR_SECONDS = {"examine": 20, "prepare": 40}
LARGEST_FILE = 64 * 1024 * 1024
OPEN_FILES = 64
_LONGEST_TRACE = 4_000


def confine(act: str) -> None:
    """Give up, for the rest of this process, all but what decoding one file takes."""
    seconds = PROCESSOR_SECONDS[act]
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: LARGEST_FILE,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        # A dump would leave a school's picture on the disk.
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        _soft, hard = resource.getrlimit(limit)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # Not every system knows every limit; the wall clock of the parent remains.
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (least, least))


def answer_to(act: str, task: dict[str, Any]) -> dict[str, Any]:
    """Do `act` ("examine" or "prepare") and tell what came of it, as JSON values."""
    from contest.images.sources.source import Undecodable

    try:
        return _examine(task) if act == "examine" else _prepare(task)
    except Undecodable as error:
        return {"problem": error.problem.as_json()}
    except MemoryError:
        from contest.images.examination import Problem, ProblemCode

        return {"problem": Problem(ProblemCode.TOO_SLOW).as_json()}
    except Exception:  # noqa: BLE001 - told to the parent, which logs it
        return {"error": traceback.format_exc()[-_LONGEST_TRACE:]}


def _examine(task: dict[str, Any]) -> dict[str, Any]:
    from contest.images.examining import look_into
    from contest.images.formats import Format
    from contest.images.limits import Limits

    preview = task["preview"]
    finding = look_into(
        Path(task["path"]),
        Format(task["format"]),
        Limits.from_json(task["limits"]),
        Path(preview) if preview else None,
    )
    return {
        "finding": {
            "width": finding.width,
            "height": finding.height,
            "fingerprint": finding.fingerprint,
            "problems": [problem.as_json() for problem in finding.problems],
            "notes": [note.value for note in finding.notes],
            "has_preview": finding.has_preview,
        }
    }


def _prepare(task: dict[str, Any]) -> dict[str, Any]:
    from contest.images.preparing import make_pictures

    made = make_pictures(Path(task["original"]), Path(task["folder"]))
    return {"preparation": made.as_json()}


def memory_at_its_highest() -> int:
    """Bytes of memory that this process has had at once; 0 where the system does not tell.

    `getrusage` would count what the parent had before this program was started in its copy.
    """
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def main() -> None:
    """Read the task, do it, write the answer."""
    act = sys.argv[1]
    confine(act)
    # Decoders written in C print when they please: what they print must not mix with the answer.
    answers = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    answer = answer_to(act, json.load(sys.stdin))
    answer["memory"] = memory_at_its_highest()
    os.write(answers, json.dumps(answer).encode())
    # Straight out: nothing that a damaged heap would stumble over on the way.
    os._exit(0)


if __name__ == "__main__":
    main()
