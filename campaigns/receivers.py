"""What follows from Wagtail's and Django's signals in the editions' part of the app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.apps.registry import apps as global_apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate
from wagtail.signals import page_published


def connect(config: AppConfig) -> None:
    """Listen, for the app `config`."""
    from campaigns.models import CampaignPage

    post_migrate.connect(
        seed_vocabularies_after_migrating, sender=config, dispatch_uid="seed-vocabularies"
    )
    page_published.connect(
        publish_catalogue_with_edition, sender=CampaignPage, dispatch_uid="publish-catalogue"
    )


def seed_vocabularies_after_migrating(
    sender: AppConfig,
    using: str = DEFAULT_DB_ALIAS,
    apps: Apps = global_apps,
    **kwargs: Any,
) -> None:
    """Bring in the shared core of the vocabularies, also after a flush."""
    from campaigns.seeding import seed_vocabularies

    seed_vocabularies(using=using, apps=apps)


def publish_catalogue_with_edition(sender: type, instance: Any, **kwargs: Any) -> None:
    """The catalogue of a published edition is public too, unless an editor took it offline."""
    from campaigns.editions import publish_catalogue

    revision = kwargs.get("revision")
    publish_catalogue(instance, by=revision.user if revision else None)
