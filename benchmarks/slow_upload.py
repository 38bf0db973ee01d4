"""What uploads over slow lines cost: their own time, and everybody else's.

The web server runs as the `Procfile` says, with a demonstration of its own; files arrive through
raw sockets at the pace of a slow line, while one visitor asks for pages one after the other.
"""

from __future__ import annotations

import http.client
import io
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
RATE = 500_000
"""Bytes a second that each slow line carries."""

AT_ONCE = 4
TOKEN = "a" * 32
PAGES = ("/healthz", "/")


@dataclass
class Site:
    """A running server, and whom it knows."""

    port: int
    session: str
    contest: int


@dataclass
class Line:
    """One line: what it sends, how many bytes a second, how long it took, what it was answered.

    `wait` is the part of `seconds` between the last byte sent and the answer.
    """

    site: Site
    body: bytes
    rate: float = RATE
    seconds: float = 0.0
    wait: float = 0.0
    status: int = 0
    answer: bytes = field(default=b"", repr=False)

    def send(self) -> None:
        """Send the body at its pace, then wait for the answer."""
        head = (
            f"POST /espace/concours/{self.site.contest}/fichier/ HTTP/1.1\r\nHost: localhost\r\n"
            f"Cookie: sessionid={self.site.session}; csrftoken={TOKEN}\r\n"
            f"X-CSRFToken: {TOKEN}\r\nContent-Type: multipart/form-data; boundary=line\r\n"
            f"Content-Length: {len(self.body)}\r\nConnection: close\r\n\r\n"
        )
        start = time.perf_counter()
        with socket.create_connection(("127.0.0.1", self.site.port)) as line:
            line.sendall(head.encode())
            for at in range(0, len(self.body), 16_384):
                line.sendall(self.body[at : at + 16_384])
                ahead = (at + 16_384) / self.rate - (time.perf_counter() - start)
                if ahead > 0:
                    time.sleep(ahead)
            sent = time.perf_counter()
            while part := line.recv(65_536):
                self.answer += part
        self.seconds, self.wait = time.perf_counter() - start, time.perf_counter() - sent
        self.status = int(self.answer.split(b" ", 2)[1])


def measure() -> list[tuple[str, str]]:
    """The time of one slow upload, then of several at once with the pages asked for meanwhile."""
    body = multipart(heavy_picture())
    least = len(body) / RATE
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        alone = pages_during(site, seconds=5)
        quick = [Line(site, multipart(phone_picture()), rate=1e9) for _ in range(5)]
        for line in quick:
            line.send()
        one = Line(site, body)
        one.send()
        lines = [Line(site, body) for _ in range(AT_ONCE)]
        threads = [threading.Thread(target=line.send) for line in lines]
        for thread in threads:
            thread.start()
        meanwhile = pages_during(site, seconds=least - 1)
        for thread in threads:
            thread.join()
    answers = {line.status for line in (one, *quick, *lines)}
    if answers != {200}:
        raise RuntimeError(f"Uploads were answered {answers}")
    waited = statistics.median(line.wait for line in quick)
    size = f"{len(body) / 1_000_000:.1f} MB at {RATE // 1000} kB/s"
    slowest = max(line.seconds for line in lines)
    return [
        ("Answer to a 12-megapixel JPEG, from its last byte", f"{waited:.2f} s"),
        (f"Slow upload of {size}: the network’s own time", f"{least:.1f} s"),
        ("Slow upload, alone", f"{one.seconds:.1f} s  ×{one.seconds / least:.2f}"),
        (
            f"Slow uploads, {AT_ONCE} at once: the slowest",
            f"{slowest:.1f} s  ×{slowest / least:.2f}",
        ),
        *(
            (f"{page} while {AT_ONCE} slow uploads arrive, p95", f"{p95(meanwhile[page]):.0f} ms")
            for page in PAGES
        ),
        *((f"{page} without, p95", f"{p95(alone[page]):.0f} ms") for page in PAGES),
    ]


def pages_during(site: Site, seconds: float) -> dict[str, list[float]]:
    """The milliseconds of each page, asked for one after the other during `seconds`."""
    spent: dict[str, list[float]] = {page: [] for page in PAGES}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for page in PAGES:
            start = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
            connection.request("GET", page, headers={"Host": "localhost"})
            connection.getresponse().read()
            connection.close()
            spent[page].append((time.perf_counter() - start) * 1000)
    return spent


def p95(values: list[float]) -> float:
    """The time within which 95 of 100 answers came."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def heavy_picture() -> bytes:
    """An A3 poster of nearly ten megabytes: noise, which JPEG cannot make small."""
    from PIL import Image

    size = (2480, 3508)
    noise = Image.frombytes("L", size, random.Random(3).randbytes(size[0] * size[1]))
    stream = io.BytesIO()
    Image.merge("RGB", (noise, noise, noise)).save(stream, "JPEG", quality=96)
    return stream.getvalue()


def phone_picture() -> bytes:
    """Twelve megapixels of a scene that is neither flat nor noise, as a telephone takes them."""
    from PIL import Image

    small = Image.frombytes("RGB", (250, 354), random.Random(5).randbytes(250 * 354 * 3))
    stream = io.BytesIO()
    small.resize((2912, 4120), Image.Resampling.BICUBIC).save(stream, "JPEG", quality=90)
    return stream.getvalue()


def multipart(content: bytes) -> bytes:
    """The body of a form with one file."""
    head = b'--line\r\nContent-Disposition: form-data; name="upload"; filename="affiche.jpg"\r\n'
    return head + b"Content-Type: image/jpeg\r\n\r\n" + content + b"\r\n--line--\r\n"


class running_site:  # noqa: N801 - used as a context
    """The demonstration in `folder`, served as the `Procfile` says."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "perseverance.settings.demo",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "VAR_DIR": str(folder),
            "PORT": str(self.port),
            "BASE_URL": f"http://localhost:{self.port}",
            "LOG_LEVEL": "WARNING",
        }

    def __enter__(self) -> Site:
        for act in (["migrate", "--no-input"], ["collectstatic", "--no-input"], ["load_demo"]):
            self.run("manage.py", *act, "--verbosity", "0")
        known = json.loads(self.run("-m", "benchmarks.slow_upload", "prepare"))
        web = next(
            line.partition(":")[2].strip()
            for line in (ROOT / "Procfile").read_text().splitlines()
            if line.startswith("web:")
        )
        self.server = subprocess.Popen(["sh", "-c", f"exec {web}"], cwd=ROOT, env=self.environment)
        site = Site(self.port, known["session"], known["contest"])
        wait_for(self.port)
        pages_during(site, seconds=5)  # each process imports on its first request
        return site

    def __exit__(self, *_error: object) -> None:
        self.server.terminate()
        self.server.wait(timeout=20)
        shutil.rmtree(self.environment["VAR_DIR"], ignore_errors=True)

    def run(self, *arguments: str) -> str:
        """What Python prints."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Return once the server on `port` answers.

    Raises:
        TimeoutError: it does not within a minute.
    """
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"Nothing answers on port {port}")


def prepare() -> None:
    """Print, as JSON, a session of an establishment and a contest that takes its posters now."""
    from datetime import timedelta

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from campaigns.models import CampaignPage
    from contest.models import Category, ContestPage
    from establishments.models import Establishment
    from establishments.sign_in import account_of

    now = timezone.now()
    school = Establishment.objects.filter(is_open=True, academy__site__isnull=False).first()
    edition = CampaignPage.objects.descendant_of(school.academy.site.root_page).live().first()
    contest = ContestPage.objects.child_of(edition).first()
    if contest is None:
        contest = ContestPage(title="Concours", slug="concours-mesure", deposit_opens_at=now)
        contest.deposit_closes_at = now + timedelta(days=1)
        edition.add_child(instance=contest)
        Category.objects.create(contest=contest, name="Toutes", kinds=[])
    ContestPage.objects.filter(pk=contest.pk).update(
        live=True,
        deposit_opens_at=now - timedelta(days=1),
        deposit_closes_at=now + timedelta(days=1),
        results_at=None,
        jury_on=None,
    )
    Category.objects.filter(contest=contest).update(kinds=[])
    user = account_of(school)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(json.dumps({"session": session.session_key, "contest": contest.pk}))


if __name__ == "__main__":
    import django

    django.setup()
    prepare()
