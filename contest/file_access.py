"""Who is given which file of a poster: the original, its preview, and the pictures made of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from . import access
from .gallery import is_open
from .images.formats import Format, content_type_of, extension_of
from .jury.access import shows_to_juror
from .models import Poster, PosterFile
from .models.poster_file import MASTER, PREVIEW

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User

ORIGINAL = "original"
"""The name, in an address, of the file as it was sent."""

_READ = (
    "token",
    "format",
    "has_preview",
    "prepared_at",
    "renditions",
    "establishment",
    "poster__number",
    "poster__live",
)
_TYPES = {"jpg": "image/jpeg", "avif": "image/avif"}


def find_file(token: str, now: datetime) -> PosterFile | None:
    """The file `token` with its poster, if it has one; `is_public` says whether that is public."""
    public = Poster.objects.published(now).filter(file=OuterRef("pk"))
    return (
        PosterFile.objects.filter(token=token)
        .select_related("poster")
        .only(*_READ)
        .annotate(is_public=Exists(public))
        .first()
    )


def stored_name(file: PosterFile, name: str) -> str | None:
    """Where the storage holds what an address calls `name`; None where the row knows no such."""
    if name == ORIGINAL:
        return file.original_name if file.format else None
    known = {rendition.name for rendition in file.pictures}
    if file.has_preview:
        known.add(PREVIEW)
    if file.prepared_at is not None:
        known.add(MASTER)
    return f"{file.folder}/{name}" if name in known else None


def content_type(file: PosterFile, name: str) -> str:
    """The media type of what `stored_name` has found."""
    if name == ORIGINAL:
        return content_type_of(Format(file.format))
    return _TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def offered_name(file: PosterFile, name: str) -> str:
    """The name under which a browser keeps it: nothing of the establishment's."""
    poster: Poster | None = getattr(file, "poster", None)
    stem = "affiche" if poster is None or poster.number is None else f"affiche-{poster.number}"
    if name == ORIGINAL:
        return f"{stem}-originale.{extension_of(Format(file.format))}"
    return f"{stem}.{name.rpartition('.')[2]}"


def is_for_everybody(file: PosterFile, name: str) -> bool:
    """Whether `name` of a file that `find_file` has found is public: a picture of a public poster.

    Neither the original nor its preview ever is.
    """
    return bool(getattr(file, "is_public", False)) and name not in (ORIGINAL, PREVIEW)


def may_read(user: User | AnonymousUser, file: PosterFile, name: str, now: datetime) -> bool:
    """Whether `user` is given `name` of a file although not everybody is.

    A file that no poster has taken yet is its establishment's alone. The original, which may hold
    what was cleaned from the pictures, is for its establishment and the editors of its académie,
    once handed in; the rest is for all who follow the poster. A juror is given the pictures of the
    posters that they judge, and nothing that an establishment has sent as it was.
    """
    if not user.is_authenticated:
        return False
    poster: Poster | None = getattr(file, "poster", None)
    if poster is None:
        return access.acts_for(user, file)
    if name == ORIGINAL:
        return (
            access.acts_for(user, file)
            or Poster.objects.administered_by(user).filter(pk=poster.pk).exists()
        )
    if Poster.objects.followed_by(user).filter(pk=poster.pk).exists():
        return True
    judged = shows_to_juror(user, now)
    return name != PREVIEW and Poster.objects.filter(judged, pk=poster.pk, live=True).exists()


def is_on_a_page_open_to(request: HttpRequest, file: PosterFile, name: str, now: datetime) -> bool:
    """Whether the visitor has passed the privacy settings of the gallery that shows the picture.

    An edition may be behind a password or for the signed in only: its gallery then shows posters
    that are not public, to those whom Wagtail lets in.
    """
    poster: Poster | None = getattr(file, "poster", None)
    if poster is None or not poster.live or name in (ORIGINAL, PREVIEW):
        return False
    shown = Poster.objects.admitted(now).filter(pk=poster.pk).select_related("contest").first()
    return (
        shown is not None
        and is_open(shown.contest, now)
        and all(rule.accept_request(request) for rule in shown.contest.get_view_restrictions())
    )
