"""The files of posters: the only way to any of them, and every time with the question who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse, HttpResponseNotFound
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contest import file_access
from contest.storage import private_storage

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from contest.models import PosterFile


@require_safe
def poster_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """The file `name` of the token's folder, to those who may have it; else as if it were not.

    An address always means the same bytes, so that its name is its version. Caches may keep a
    public picture but have to ask each time: a poster may be withdrawn at any moment.
    """
    now = timezone.now()
    file = file_access.find_file(token, now)
    path = file_access.stored_name(file, name) if file is not None else None
    if file is None or path is None:
        return _not_found()
    # First what does not depend on who asks: a public answer must not vary by cookie.
    if file_access.is_for_everybody(file, name):
        caching = "public, no-cache"
    elif file_access.may_read(request.user, file, name, now) or file_access.is_on_a_page_open_to(
        request, file, name, now
    ):
        caching = "private, no-cache"
    else:
        return _not_found()
    version = f'"{token}-{name}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=version)
    if response is None:
        response = _content(request, file, name, path)
    if response.status_code == 404:
        return response
    response["ETag"] = version
    response["Cache-Control"] = caching
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-site"
    return response


def _content(request: HttpRequest, file: PosterFile, name: str, path: str) -> HttpResponseBase:
    kind = file_access.content_type(file, name)
    is_saved = name == file_access.ORIGINAL
    offered = file_access.offered_name(file, name)
    try:
        if request.method == "HEAD":
            headers = {
                "Content-Length": str(private_storage().size(path)),
                "Content-Disposition": content_disposition_header(is_saved, offered) or "",
            }
            return HttpResponse(content_type=kind, headers=headers)
        return FileResponse(
            private_storage().open(path),
            as_attachment=is_saved,
            filename=offered,
            content_type=kind,
        )
    except FileNotFoundError:
        return _not_found()


def _not_found() -> HttpResponse:
    """Plain text, since nothing below this address may be styled; kept by no cache."""
    return HttpResponseNotFound(
        _("This picture does not exist, or is not public."),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
