"""What every answer goes through: health, maintenance, and the policies that browsers enforce."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from wagtail.views import serve

from home.front_door import open_front_door
from home.health import examine

GetResponse = Callable[[HttpRequest], HttpResponseBase]

HEALTH_PATH = "/healthz"
LIVENESS_PATH = "/healthz/live"
RETRY_AFTER_SECONDS = 600


class HealthMiddleware:
    """Answer `/healthz` before anything else may refuse.

    Probes come by plain HTTP, by address instead of name, and during maintenance; they must not
    meet the redirect to HTTPS, the check of hosts or the maintenance page. `/healthz` answers 503
    when the database does not; `/healthz/live` only says that the process runs.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a probe, hand on everything else."""
        if request.path_info == LIVENESS_PATH:
            response = JsonResponse({"status": "ok"})
        elif request.path_info == HEALTH_PATH:
            health = examine(timezone.now())
            response = JsonResponse(health.as_json(), status=200 if health.is_ready else 503)
        else:
            return self.get_response(request)
        add_never_cache_headers(response)
        return response


class MaintenanceMiddleware:
    """While `MAINTENANCE` is set, answer 503 to all but static files and the health check.

    The admin is closed too: the setting is for the time a database is moved or restored, when
    nobody may write. Nothing here reads the database.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 503 during maintenance."""
        if not settings.MAINTENANCE:
            return self.get_response(request)
        response = HttpResponse(render_to_string("maintenance.html"), status=503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        add_never_cache_headers(response)
        return response


class FrontDoorMiddleware:
    """Read what every page of Wagtail's tree needs, before Wagtail looks for the page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand everything on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        """Open the door to a page; other views know themselves what they need."""
        if view is serve:
            open_front_door(request)


class PermissionsPolicyMiddleware:
    """Tell browsers that the site uses none of their sensors."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the header where a view has not set its own."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, a looser one in the admin, none of anything for uploads.

    Wagtail's editor writes inline scripts and styles; the public pages never do. A preview is a
    public page served below the admin's address: it comes with the strict policy already.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the policy; an upload's own wins over Wagtail's, which lacks the sandbox."""
        if request.path_info.startswith(settings.UPLOAD_PREFIXES):
            response["Content-Security-Policy"] = settings.UPLOAD_SECURITY_POLICY
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The admin's policy below its address."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(settings.ADMIN_PREFIX):
            parts.config = parts.config or settings.ADMIN_SECURITY_POLICY
        return parts
