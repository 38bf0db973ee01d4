"""What Wagtail's choosers and admin API show: files and pages within reach, and no other.

Wagtail opens both to whoever may enter the admin, and lists the files and the drafts of every
site. Here a person sees the files of the collections that they may choose from, and, where they
have a part in some page tree, that tree and what is public. Pages change through the admin's own
screens only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

if TYPE_CHECKING:
    from django.db.models import Model
    from wagtail.api.v2.router import WagtailAPIRouter

FILE_ACTIONS = ("add", "change", "delete", "choose")
PAGE_ACTIONS = ("add", "change", "publish")


class FilesWithinReach:
    """For an endpoint of the admin API: the files that whoever asks may handle or choose."""

    model: type[Model]
    request: HttpRequest

    def get_queryset(self) -> QuerySet[Any]:
        """The files, always in the same order, as pagination needs."""
        policy = policy_registry.get_by_type(self.model)
        files = policy.instances_user_has_any_permission_for(self.request.user, FILE_ACTIONS)
        return files.order_by("id")


class ImagesEndpoint(FilesWithinReach, ImagesAdminAPIViewSet):
    """The images within reach."""


class DocumentsEndpoint(FilesWithinReach, DocumentsAdminAPIViewSet):
    """The documents within reach."""


class PagesEndpoint(PagesAdminAPIViewSet):
    """Wagtail's, to be read only.

    Its actions (delete, copy, move…) call none of the hooks that the screens call, so that a rule
    written as a hook would not hold here; nothing of the admin asks for them.
    """

    actions: dict[str, type] = {}


def limit_api(router: WagtailAPIRouter) -> None:
    """Put our endpoints in the place of Wagtail's, whose scripts look for these names."""
    router.register_endpoint("pages", PagesEndpoint)
    router.register_endpoint("images", ImagesEndpoint)
    router.register_endpoint("documents", DocumentsEndpoint)


def pages_to_choose_from(request: HttpRequest) -> Q:
    """Published pages, and those of the trees in which whoever asks has a part.

    Raises:
        PermissionDenied: they have a part in none, thus nowhere to put a link.
    """
    policy = policy_registry.get_by_type(Page)
    if not policy.user_has_any_permission(request.user, PAGE_ACTIONS):
        raise PermissionDenied
    theirs = policy.instances_user_has_any_permission_for(request.user, PAGE_ACTIONS)
    return Q(live=True) | Q(pk__in=theirs.order_by().values("pk"))


def limit_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The pages among `pages` that whoever asks may choose.

    Raises:
        Http404: the page whose children are asked for is not one of them; its title is shown too.
        PermissionDenied: see `pages_to_choose_from`.
    """
    within_reach = pages_to_choose_from(request)
    match = request.resolver_match
    parent = match.kwargs.get("parent_page_id") if match else None
    if parent is not None and not Page.objects.filter(within_reach, pk=parent).exists():
        raise Http404
    return pages.filter(within_reach)


class ChosenPages(ChosenMultipleView):
    """Tells the titles of several pages chosen, of those within reach."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Leave out the others, which `limit_pages` never offered."""
        asked = [key for key in request.GET.getlist("id") if key.isdecimal()]
        pages = Page.objects.filter(pages_to_choose_from(request), pk__in=asked)
        within_reach = request.GET.copy()
        within_reach.setlist("id", [str(key) for key in pages.values_list("pk", flat=True)])
        request.GET = within_reach  # type: ignore[assignment]
        return super().dispatch(request, *args, **kwargs)
