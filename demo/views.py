"""The demo's own pages: who to enter as, and the mails sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from campaigns.editions import catalogue_of, open_edition
from establishments.access import academy_of
from establishments.models import Academy

from . import mailbox, roles

if TYPE_CHECKING:
    from collections.abc import Iterable

MAILS_A_PAGE = 20


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What this site is, and one button for each role."""
    academy = academy_of(request)
    edition = open_edition(academy, timezone.now()) if academy else None
    return render(
        request,
        "demo/index.html",
        {
            "academy": academy,
            "roles": roles.roles_of(academy.slug) if academy else [],
            "tour": roles.TOUR if edition and academy and academy.slug == "normandie" else None,
            "catalogue": catalogue_of(edition) if edition else None,
            "others": _elsewhere(request, academy),
        },
    )


@require_POST
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign the visitor in as a role, out of whichever they had.

    Raises:
        Http404: no such role, or nobody in the database plays it.
    """
    role = roles.ROLES.get(slug)
    if role is None:
        raise Http404("No such role")
    try:
        roles.enter(request, role)
    except roles.NobodyThere as error:
        raise Http404("The demo is not loaded") from error
    return redirect(role.entrance)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Become a visitor again."""
    logout(request)
    return redirect("/")


@never_cache
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """The mails sent, the newest first."""
    page_obj = Paginator(mailbox.envelopes(), MAILS_A_PAGE).get_page(request.GET.get("page"))
    letters = [envelope.open() for envelope in page_obj]
    return render(
        request, "demo/mails.html", {"page_obj": page_obj, "letters": letters, "trail": _trail()}
    )


@never_cache
@require_GET
def mail(request: HttpRequest, name: str, position: int) -> HttpResponse:
    """One mail, with its links to follow.

    Raises:
        Http404: no such mail was sent.
    """
    letter = mailbox.find(name, position)
    if letter is None:
        raise Http404("No such mail")
    trail = [*_trail(), (_("Mails of the demonstration"), reverse("demo:mails"))]
    return render(request, "demo/mail.html", {"letter": letter, "trail": trail})


def _trail() -> list[tuple[str, str]]:
    """The way to the pages below the demo's first one."""
    return [(_("Demonstration"), reverse("demo:index"))]


def _elsewhere(request: HttpRequest, academy: Academy | None) -> Iterable[tuple[Academy, str]]:
    """The other académies with the address of their own page of roles.

    A session is a host's: who enters as an editor of Amiens must do so on Amiens's site. The port
    is the one the visitor came by, not the one that the site's record happens to hold.
    """
    port = request.get_port()
    for other in Academy.objects.select_related("site"):
        if other.site is not None and other != academy:
            yield other, f"{request.scheme}://{other.site.hostname}:{port}{request.path}"
