from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration's content and its one-click entries; never installed in production."""

    name = "demo"
