"""Taking a file in, as much of it as the contest allows and no byte more on the disk.

Django stores whatever a request holds before a view may object. `bound_upload`, called before the
body is read, stores one file only, up to a limit; the rest is read and thrown away, so that what
was typed beside it arrives all the same and the answer can say what is wrong. A request that
announces more than anybody sends by mistake is not read at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import UnreadablePostError

if TYPE_CHECKING:
    from django.http import HttpRequest

FIELD = "upload"
"""The name of the input that holds the file."""

MARGIN = 256 * 1024
"""Bytes kept beyond the limit, so that a file just too heavy is looked at and named as such."""

MOST_READ = 120 * 1024 * 1024
"""Bytes of a request that are read to give a proper answer, not kept. Beyond, the connection is
closed over the sender's head, which browsers tell as a failure of the network."""


class OneFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps the first file of the field `FIELD`, up to `most` bytes; drops everything else.

    Once the body is read, `received` is the weight of that file, and `is_too_heavy` says that it
    went beyond and was dropped.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.is_too_heavy = False
        self.was_sent = False
        self.received = 0
        self._is_counted = False
        self._is_open = False

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """Start to keep the file, if it is the one."""
        self._is_counted = field_name == FIELD and not self.was_sent
        self._is_open = self._is_counted and self.most > 0
        self.was_sent = self.was_sent or field_name == FIELD
        if self._is_open:
            super().new_file(field_name, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write one part of the file; past the limit, throw away what there is of it."""
        if not self._is_counted:
            return
        self.received += len(raw_data)
        if not self._is_open:
            return
        if self.received > self.most:
            self.is_too_heavy, self._is_open = True, False
            self.file.close()  # which deletes it
            return
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file kept, if one was."""
        if not self._is_open:
            return None
        self._is_open = False
        return super().file_complete(file_size)


def bound_upload(request: HttpRequest, max_bytes: int) -> OneFileUploadHandler:
    """Let `request` bring one file of `max_bytes` and a little; none where that is 0.

    To be called before anything reads the body, hence in a view that checks the token of its form
    itself.
    """
    most = max_bytes + MARGIN if max_bytes else 0
    handler = OneFileUploadHandler(request, most)
    request.upload_handlers = [handler]
    return handler


def is_past_reading(request: HttpRequest) -> bool:
    """Whether `request` announces so much that it is better not read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_READ
    except ValueError:
        return True


def is_cut_short(request: HttpRequest) -> bool:
    """Read the body; whether the sender left before the end of what was announced.

    The server gives an application what has arrived, and then the end of the stream: half a form
    would pass for a whole one.
    """
    try:
        request.POST  # noqa: B018 - reads the body
    except UnreadablePostError:
        return True
    stream = getattr(request, "_stream", None)
    announced, read = getattr(stream, "limit", 0), getattr(stream, "_pos", 0)
    return bool(read < announced)
