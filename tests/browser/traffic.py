"""What the server of the browser tests is still busy with.

A page that closes may send a last word (Wagtail's editor says that nobody edits any more). On
SQLite, whoever writes meanwhile finds the table locked: wait until the server is idle.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from django.core.signals import request_finished, request_started

IDLE = 0.05
"""Seconds without a request after which none is on its way."""

LONGEST = 10
"""Seconds to wait at most."""

_under_way = 0
_last = 0.0
_lock = threading.Lock()


def _is_server() -> bool:
    """Whether a thread of the server runs this: the test's own client asks in the main one."""
    return threading.current_thread() is not threading.main_thread()


def _begin(sender: object, **kwargs: Any) -> None:
    _count(1)


def _end(sender: object, **kwargs: Any) -> None:
    _count(-1)


def _count(change: int) -> None:
    global _under_way, _last  # noqa: PLW0603 - one server a process
    if _is_server():
        with _lock:
            _under_way += change
            _last = time.monotonic()


def watch() -> None:
    """Follow the requests from now on; safe to call again."""
    request_started.connect(_begin, dispatch_uid="browser-traffic")
    request_finished.connect(_end, dispatch_uid="browser-traffic")


def settle() -> None:
    """Wait until the server has had nothing to do for a moment."""
    began = time.monotonic()
    while time.monotonic() - began < LONGEST:
        time.sleep(IDLE / 5)
        quiet_since = max(_last, began)
        if _under_way <= 0 and time.monotonic() - quiet_since >= IDLE:
            return
