"""What the script of the form is told when it saves while one types: JSON, and never a page.

`state` says what became of it: `saved`; `waits` (no title yet); `invalid`; `conflict` (somebody
changed the same step); `session` (sign in again); `another` (somebody else is signed in);
`refused`, with `words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.dates import hour_in_words

if TYPE_CHECKING:
    from campaigns.forms import ActionForm

AUTOSAVE = "autosave"
"""The verb by which a script saves."""


def is_wanted(request: HttpRequest) -> bool:
    """Whether a script saves, and reads the answer."""
    return request.method == "POST" and request.POST.get("do") == AUTOSAVE


def is_same_account(request: HttpRequest) -> bool:
    """Whether who is signed in now is who opened the page."""
    return request.POST.get("account", "") == str(request.user.pk)


def answer(state: str, status: int = 200, **said: Any) -> HttpResponse:
    """What became of what was typed."""
    response = JsonResponse({"state": state, **said}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def session_ended() -> HttpResponse:
    """Nobody is signed in, or anew with another token: nothing was saved."""
    return answer("session", 403)


def waits_for_title() -> HttpResponse:
    """Nothing exists before it has a title."""
    return answer("waits", words=_("Give the action a title: it is all that a draft needs."))


def refused(reason: str) -> HttpResponse:
    """The rules refuse; the page keeps what was typed."""
    words = {
        "late": _("The call has closed: what you type is no longer saved."),
        "held": _("The fiche was handed in meanwhile: what you type is no longer saved."),
        "forbidden": _("You may no longer write this fiche: what you type is not saved."),
    }
    return answer("refused", 409, reason=reason, words=words[reason])


def saved(form: ActionForm, address: str) -> HttpResponse:
    """It is kept, but for what is typed wrongly; with what the page must know to save again."""
    version = form.instance
    rows = {name: key for each in form.row_sets.values() for name, key in each.kept_rows().items()}
    faults = [
        {"label": fault.label, "message": fault.message, "target": fault.target}
        for fault in form.mistyped()
    ]
    return answer(
        "saved",
        at=hour_in_words(timezone.now()),
        fiche=str(version.pk),
        address=address,
        revision=str(version.latest_revision_id or ""),
        seen=form.mark_now(),
        rows=rows,
        faults=faults,
    )
