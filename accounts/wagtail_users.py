"""Replaces Wagtail's own app for users, to manage them with our forms."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """`wagtail.users`, with people in the place of users."""

    user_viewset = "accounts.viewsets.PeopleViewSet"
