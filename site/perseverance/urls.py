"""The site's addresses; the last line hands everything else to Wagtail's page tree."""

from django.apps import apps
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as documents_urls

from home.admin_scope import ChosenPages
from home.bulk_actions import bulk_action

handler403 = "home.views.forbidden"
handler404 = "home.views.not_found"

urlpatterns = [
    path("", include("establishments.urls")),
    path("", include("contest.urls")),
    path("", include("campaigns.urls")),
    path("", include("home.urls")),
    path("admin/reports/", include("establishments.admin.reports")),
    path("admin/choose-page/chosen-multiple/", require_admin_access(ChosenPages.as_view())),
    path(
        "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/",
        require_admin_access(bulk_action),
    ),
    path("admin/", include(admin_urls)),
    # One form takes passwords, and counts them: Wagtail's second one, for private pages, is not it.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
    ),
    path("documents/", include(documents_urls)),
    path("sitemap.xml", sitemap),
    # Images of pages are public; a front server may serve them in our stead.
    # Documents and original pictures, in the same folder, are not reachable this way.
    re_path(
        r"^media/images/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT / "images"}
    ),
]
if apps.is_installed("demo"):
    urlpatterns += [path("demo/", include("demo.urls"))]
urlpatterns += [path("", include(wagtail_urls))]
