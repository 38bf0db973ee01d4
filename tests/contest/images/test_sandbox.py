"""The child process: what it may do, and what happens when it does not come back."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from contest.images import child, sandbox
from contest.images.examination import Examination, Note, Problem, ProblemCode
from contest.images.formats import Format
from contest.images.preparation import Preparation
from contest.images.sandbox import Unpreparable, examine, prepare

from . import corpus, pdf_files
from .conftest import LIMITS

FileOf = Callable[[bytes], Path]
ROOT = Path(sandbox.__file__).parents[2]


def in_a_child(code: str) -> str:
    """What a new Python process prints when it runs `code`."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=sandbox._environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_poster_is_examined_in_a_child(file_of: FileOf, tmp_path: Path) -> None:
    preview = tmp_path / "preview.jpg"
    found = examine(file_of(corpus.turned_jpeg(6)), LIMITS, preview)
    assert found.is_acceptable
    assert (found.format, found.width, found.height) == (Format.JPEG, 420, 594)
    assert found.notes == (Note.STRAIGHTENED,)
    assert found.has_preview
    assert preview.read_bytes().startswith(b"\xff\xd8\xff")
    assert found == Examination.from_json(json.loads(json.dumps(found.as_json())))


def test_an_examination_without_a_preview_writes_nothing(file_of: FileOf, tmp_path: Path) -> None:
    path = file_of(corpus.png())
    assert not examine(path, LIMITS).has_preview
    assert list(tmp_path.iterdir()) == [path]


def test_a_refused_file_leaves_no_half_preview(file_of: FileOf, tmp_path: Path) -> None:
    path = file_of(corpus.png()[:900])
    found = examine(path, LIMITS, tmp_path / "preview.jpg")
    assert found.problems == (Problem(ProblemCode.TRUNCATED),)
    assert list(tmp_path.iterdir()) == [path]


def test_the_name_of_a_path_may_be_anything(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("affiche été \n\udce9.pdf".encode("utf-8", "surrogateescape"))
    path.write_bytes(pdf_files.pdf())
    assert examine(path, LIMITS, tmp_path / "é.jpg").is_acceptable


def test_a_file_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        examine(tmp_path / "nothing.jpg", LIMITS)
    with pytest.raises(FileNotFoundError):
        prepare(tmp_path / "nothing.jpg", tmp_path / "made")
    assert list((tmp_path / "made").iterdir()) == []


def test_the_child_loads_nothing_of_django() -> None:
    loaded = in_a_child(
        "import sys\n"
        "import contest.images.child, contest.images.examining, contest.images.preparing\n"
        "from contest.images.sources import heic, jpeg, pdf, png, webp\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'wagtail')])"
    )
    assert loaded == "[]"


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "postgres://hush@127.0.0.1/hush")
    assert "hush" not in str(sandbox._environment())


@pytest.mark.parametrize("act", ["examine", "prepare"])
def test_the_child_is_confined(act: str) -> None:
    told = in_a_child(
        "import json, resource\n"
        "from contest.images.child import confine\n"
        f"confine({act!r})\n"
        "names = ('AS', 'CPU', 'FSIZE', 'NOFILE', 'CORE')\n"
        "print(json.dumps([resource.getrlimit(getattr(resource, 'RLIMIT_' + name))"
        " for name in names]))"
    )
    limits = [
        child.MEMORY, child.PROCESSOR_SECONDS[act], child.LARGEST_FILE, child.OPEN_FILES, 0,
    ]  # fmt: skip
    assert json.loads(told) == [[limit, limit] for limit in limits]
    assert child.MEMORY < 512 * 1024 * 1024


def test_a_child_that_wants_too_much_memory_does_not_get_it() -> None:
    told = in_a_child(
        "from contest.images.child import confine\n"
        "confine('examine')\n"
        "try:\n    bytearray(512 * 1024 * 1024)\n"
        "except MemoryError:\n    print('refused')"
    )
    assert told == "refused"


@pytest.mark.parametrize(
    ("make", "format_", "room"),
    [(corpus.png, "png", 25_000_000), (corpus.heic, "heic", 45_000_000)],
)
def test_a_picture_for_which_the_memory_does_not_suffice_is_refused(
    file_of: FileOf, make: Callable[[tuple[int, int]], bytes], format_: str, room: int
) -> None:
    task = {
        "path": str(file_of(make((2_400, 3_400)))),
        "format": format_,
        "limits": LIMITS.as_json(),
        "preview": None,
    }
    told = in_a_child(
        "import resource\n"
        "from contest.images import child, examining\n"
        "from contest.images.sources import heic, png\n"
        "import pillow_heif, PIL.PngImagePlugin\n"
        "size = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        f"resource.setrlimit(resource.RLIMIT_AS, (size + {room},) * 2)\n"
        f"print(child.answer_to('examine', {task!r})['problem']['code'])"
    )
    assert told == "too-slow"


def test_what_takes_too_long_is_ended(
    file_of: FileOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.01)
    started = time.monotonic()
    found = examine(file_of(corpus.jpeg()), LIMITS, tmp_path / "preview.jpg")
    assert time.monotonic() - started < 5
    assert found.problems == (Problem(ProblemCode.TOO_SLOW),)
    assert (found.format, found.bytes) == (Format.JPEG, len(corpus.jpeg()))
    assert len(found.sha256) == 64
    with pytest.raises(Unpreparable) as caught:
        prepare(file_of(corpus.jpeg()), tmp_path / "made")
    assert caught.value.code == ProblemCode.TOO_SLOW
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        (signal.SIGSEGV, ProblemCode.DAMAGED),
        (signal.SIGABRT, ProblemCode.TOO_SLOW),
        (signal.SIGKILL, ProblemCode.TOO_SLOW),
        (signal.SIGXCPU, ProblemCode.TOO_SLOW),
    ],
)
def test_a_child_that_dies_gives_a_problem(
    file_of: FileOf,
    ending: signal.Signals,
    code: ProblemCode,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = file_of(corpus.jpeg())
    killer = threading.Thread(target=kill_the_next_child, args=(ending,))
    killer.start()
    with caplog.at_level(logging.WARNING, "contest.images.sandbox"):
        found = examine(path, LIMITS)
    killer.join()
    assert found.problems == (Problem(code),)
    assert f"status {-ending}" in caplog.text


def kill_the_next_child(ending: signal.Signals) -> None:
    """End the process that this one starts next, once it runs the child's program."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for tasks in Path("/proc/self/task").iterdir():
            for number in (tasks / "children").read_text().split():
                command = Path(f"/proc/{number}/cmdline").read_bytes()
                if b"contest.images.child" in command:
                    os.kill(int(number), ending)
                    return


def test_a_page_that_never_ends_is_given_up(file_of: FileOf) -> None:
    found = examine(file_of(pdf_files.pdf_that_never_ends()), LIMITS)
    assert found.problems == (Problem(ProblemCode.TOO_SLOW),)


@pytest.mark.parametrize(
    "make", [corpus.png_bomb, pdf_files.pdf_with_a_picture_too_large, corpus.webp_of_declared_size]
)
def test_the_child_stays_small_whatever_it_is_given(
    file_of: FileOf, make: Callable[[], bytes]
) -> None:
    data = make()
    path = file_of(data)
    answer = sandbox.ask_child(
        "examine",
        {
            "path": str(path),
            "format": {b"\x89": "png", b"%": "pdf", b"R": "webp"}[data[:1]],
            "limits": LIMITS.as_json(),
            "preview": None,
        },
    )
    assert 0 < answer["memory"] < 128 * 1024 * 1024


def test_a_mistake_of_ours_is_logged_and_refuses_the_file(
    file_of: FileOf, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    unwritable = tmp_path / "no-folder" / "preview.jpg"
    with caplog.at_level(logging.ERROR, "contest.images.sandbox"):
        found = examine(file_of(corpus.jpeg()), LIMITS, unwritable)
    assert found.problems == (Problem(ProblemCode.DAMAGED),)
    assert "FileNotFoundError" in caplog.text


def test_a_file_heavier_than_anything_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "affiche.png"
    with path.open("wb") as stream:
        stream.write(corpus.png())
        stream.truncate(sandbox.HEAVIEST + 1)
    found = examine(path, LIMITS)
    assert [problem.code for problem in found.problems] == [ProblemCode.TOO_HEAVY]
    assert (found.width, found.fingerprint) == (0, "")


def test_a_preparation_survives_json(file_of: FileOf, tmp_path: Path) -> None:
    made = prepare(file_of(corpus.jpeg()), tmp_path / "made")
    assert Preparation.from_json(json.loads(json.dumps(made.as_json()))) == made
