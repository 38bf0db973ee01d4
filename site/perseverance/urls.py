"""The site's addresses; the last line hands everything else to Wagtail's page tree."""

from django.apps import apps
from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as documents_urls

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("campaigns.urls")),
    path("", include("home.urls")),
    path("admin/", include(admin_urls)),
    path("documents/", include(documents_urls)),
    path("sitemap.xml", sitemap),
    # Images of pages are public; a front server may serve them in our stead.
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
if apps.is_installed("demo"):
    urlpatterns += [path("demo/", include("demo.urls"))]
urlpatterns += [path("", include(wagtail_urls))]
