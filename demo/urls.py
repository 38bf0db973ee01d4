"""Addresses of the demo."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

app_name = "demo"
urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("entrer/<slug:slug>/", views.enter, name="enter"),
    path("sortir/", views.leave, name="leave"),
    path("mails/", views.mails, name="mails"),
    path("mails/<slug:name>/<int:position>/", views.mail, name="mail"),
]
