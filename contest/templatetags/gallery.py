"""Pictures of posters in templates: `{% load gallery %}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.models.poster_file import MASTER, PREVIEW
from home.templatetags.shell import breadcrumb

if TYPE_CHECKING:
    from contest.models import PosterFile, Rendition

register = template.Library()

WIDEST_FIRST_CHOICE = 640
"""The picture given to browsers that choose none: pixels of width."""

TYPES = {"avif": "image/avif", "jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Source:
    """The pictures of one format, for a `<source>`."""

    type: str
    srcset: str


@register.simple_tag
def poster_file_url(file: PosterFile, name: str) -> str:
    """The address of one file of a poster: `original`, `preview.jpg`, `master.jpg`, `640.avif`."""
    return reverse("poster_file", args=[file.token, name])


@register.simple_tag
def largest_picture_url(file: PosterFile) -> str:
    """The address of the largest picture that everybody may see of a public poster."""
    return reverse("poster_file", args=[file.token, MASTER])


@register.inclusion_tag("contest/gallery/picture.html")
def poster_picture(
    file: PosterFile,
    alternative: str,
    sizes: str,
    *,
    is_first: bool = False,
    is_lazy: bool = True,
) -> dict[str, Any]:
    """A poster as a `<picture>` that keeps its room while it loads.

    Where its pictures are not made yet, the preview of its file, for those who may see it.

    Args:
        sizes: how wide it is shown, as `<img sizes>` says it.
        is_first: the most important picture of the page, to be asked for before the others.
        is_lazy: whether it may wait until it is about to be seen.
    """
    pictures = file.pictures
    sources = [
        Source(TYPES[format_], _srcset(file, pictures, format_)) for format_ in ("avif", "jpeg")
    ]
    jpegs = [one for one in pictures if one.format == "jpeg"]
    fitting = [one for one in jpegs if one.width <= WIDEST_FIRST_CHOICE]
    default = next(iter(fitting[-1:] or jpegs[:1]), None)
    name = default.name if default else PREVIEW if file.has_preview else ""
    return {
        "src": poster_file_url(file, name) if name else "",
        "avif": sources[0] if sources[0].srcset else None,
        "jpeg": sources[1],
        "width": default.width if default else file.width,
        "height": default.height if default else file.height,
        "alternative": alternative,
        "sizes": sizes,
        "is_first": is_first,
        "is_lazy": is_lazy and not is_first,
    }


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def gallery_breadcrumb(context: Context, address: str, title: str) -> dict[str, Any]:
    """The way to a poster called `title`, through the gallery at `address`."""
    return breadcrumb(context, current=title, parents=[(_("Gallery"), address)])


def _srcset(file: PosterFile, pictures: list[Rendition], format_: str) -> str:
    return ", ".join(
        f"{poster_file_url(file, one.name)} {one.width}w"
        for one in pictures
        if one.format == format_
    )
