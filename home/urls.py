"""Addresses of the home app."""

from __future__ import annotations

from django.urls import URLPattern, path

from home import views

urlpatterns: list[URLPattern] = [
    path("recherche/", views.search, name="search"),
    path("plan-du-site/", views.site_map, name="site_map"),
    path("robots.txt", views.robots, name="robots"),
]
