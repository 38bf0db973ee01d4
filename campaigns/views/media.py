"""The pictures and documents of fiches: private files, given to those who may read the fiche."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaigns import access
from campaigns.drafts import version_for
from campaigns.enums import MediaKind
from campaigns.media_files import file_name
from campaigns.models import Action, ActionMedia

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

SHOWN_IN_PAGES = frozenset({"image/jpeg", "image/png", "image/webp", "image/avif"})
"""What a browser may show; everything else is a file to save."""


def readable_media(user: User | AnonymousUser, action: Action) -> list[ActionMedia]:
    """The files of the versions of `action` that `user`, who may see it, may read."""
    if not (action.live or access.is_submitted(action) or access.is_author(user, action)):
        return []  # a draft is its authors' alone, whatever else an administrator may list
    version = version_for(user, action)
    if not access.may_see_coordinator(user, action):
        return [medium for medium in version.media.all() if medium.is_authorised]
    # Whoever reads a newer version reads the stored one too, which may be the public one.
    return [*version.media.all(), *ActionMedia.objects.filter(action=action.pk)]


@require_safe
def action_file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """One file of a fiche.

    Raises:
        Http404: there is none of that name, or the reader may not know of it.
    """
    action = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    readable = readable_media(request.user, action)
    medium = next((one for one in readable if file_name(one) == name), None)
    if medium is None:
        raise Http404("No such file in this fiche")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_shown = medium.kind == MediaKind.IMAGE and kind in SHOWN_IN_PAGES
    try:
        response = FileResponse(
            medium.file.open("rb"),
            as_attachment=not is_shown,
            filename=f"{action.slug}{PurePosixPath(name).suffix}",
            content_type=kind if is_shown else "application/octet-stream",
        )
    except FileNotFoundError as error:
        raise Http404("The file is gone") from error
    response["X-Content-Type-Options"] = "nosniff"
    # Asked again each time: a fiche may be withdrawn. What is read by right of an account, public
    # or not, is left on no disk: the next person at that computer may have none.
    response["Cache-Control"] = (
        "private, no-store" if request.user.is_authenticated else "private, no-cache"
    )
    return response
