"""When the catalogue of an edition changes, and what follows: its words, its stamp.

A fiche comes, changes or goes; an establishment joins it or leaves, is renamed or moves; a
department, a basin or a network is renamed or deleted; an entry of a vocabulary is reworded; the
edition or who publishes it changes. Each writes a new stamp in its own transaction, so that whoever
reads the stamp first and the fiches after never keeps what is older than the stamp.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.signals import page_published, published, unpublished

from establishments.models import Academy, Basin, Department, Establishment, Network
from establishments.signals import directory_changed
from home.models import SiteSettings

from . import text_index
from .models import Action, ActionText, AssociatedEstablishment, CampaignPage, CatalogueStamp
from .models.terms import Term


@transaction.atomic
def touch(campaign_ids: Iterable[int], *, fiches: Collection[int] | None = None) -> None:
    """Say that the catalogues of these editions have changed: in these `fiches`, or anywhere."""
    # One order, so that two never wait for each other.
    for campaign_id in sorted(set(campaign_ids)):
        stamp, is_new = CatalogueStamp.objects.select_for_update().get_or_create(
            campaign_id=campaign_id
        )
        if not is_new:
            stamp.change(fiches)
            stamp.save()


@transaction.atomic
def follow(action_ids: Collection[int]) -> None:
    """Bring the words and the stamps in step with what is now public of these fiches."""
    fiches = list(
        Action.objects.filter(pk__in=action_ids).select_related("establishment").order_by("pk")
    )
    text_index.write([fiche for fiche in fiches if fiche.live])
    text_index.forget([fiche.pk for fiche in fiches if not fiche.live])
    touch((fiche.campaign_id for fiche in fiches), fiches=[fiche.pk for fiche in fiches])


def rebuild(campaign_ids: Collection[int] | None = None) -> int:
    """Make anew the words of every public fiche, of some editions or of all.

    Returns:
        The number of fiches.
    """
    fiches = Action.objects.filter(live=True).select_related("establishment").order_by("pk")
    stale = ActionText.objects.filter(action__live=False)
    if campaign_ids is not None:
        fiches = fiches.filter(campaign__in=campaign_ids)
        stale = stale.filter(campaign__in=campaign_ids)
    with transaction.atomic():
        text_index.forget(list(stale.values_list("pk", flat=True)))
        text_index.write(fiches.iterator(chunk_size=text_index.BATCH))
        touch(fiches.order_by().values_list("campaign", flat=True).distinct())
    return fiches.count()


def _on_publication(sender: type, instance: Action, **kwargs: Any) -> None:
    follow([instance.pk])


def _on_deletion(sender: type, instance: Action, **kwargs: Any) -> None:
    if instance.live and CampaignPage.objects.filter(pk=instance.campaign_id).exists():
        touch([instance.campaign_id], fiches=[instance.pk])


def _on_establishments(sender: type, uais: Collection[str], **kwargs: Any) -> None:
    concerned = Action.objects.filter(live=True).filter(
        Q(establishment__uai__in=uais) | Q(associated__establishment__uai__in=uais)
    )
    follow(list(concerned.values_list("pk", flat=True).distinct()))


def _on_establishment(sender: type, instance: Establishment, created: bool, **kwargs: Any) -> None:
    if not created:
        _on_establishments(sender, [instance.uai])


def _on_term(sender: type, instance: Any, **kwargs: Any) -> None:
    if not isinstance(instance, Term) or kwargs.get("created"):
        return  # what is new is in no fiche yet
    editions = CatalogueStamp.objects.all()
    if instance.academy_id is not None:
        editions = editions.filter(
            campaign__actions__establishment__academy=instance.academy_id
        ).distinct()
    touch(editions.values_list("campaign", flat=True))


def _on_associated(sender: type, instance: AssociatedEstablishment, **kwargs: Any) -> None:
    live = Action.objects.filter(pk=instance.action_id, live=True)
    touch(live.values_list("campaign", flat=True), fiches=[instance.action_id])


def _on_territory(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if kwargs.get("created"):
        return  # no establishment lies there yet
    lies_there = Q(**{f"establishment__{sender._meta.model_name}": instance.pk})
    concerned = Action.objects.filter(lies_there, live=True).order_by()
    touch(concerned.values_list("campaign", flat=True))


def _on_edition(sender: type, instance: CampaignPage, **kwargs: Any) -> None:
    touch([instance.pk])  # recueils say its title; its week decides the days of fiches


def _on_publisher(sender: type, instance: Academy | SiteSettings, **kwargs: Any) -> None:
    if kwargs.get("created") or instance.site is None:
        return  # settings are made when they are first read
    editions = CampaignPage.objects.descendant_of(instance.site.root_page)
    known = CatalogueStamp.objects.filter(campaign__in=editions)
    touch(known.values_list("campaign", flat=True))


def index_after_migrating(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Index the public fiches that have no words yet: those of before there was an index."""
    tables = connections[using].introspection.table_names()
    if ActionText._meta.db_table not in tables:
        return
    missing = Action.objects.using(using).filter(live=True, text=None)
    editions = list(missing.order_by().values_list("campaign", flat=True).distinct())
    if editions:
        rebuild(editions)


def connect(config: AppConfig) -> None:
    """Listen, for the app `config`."""
    from django.db.models.signals import post_migrate

    for signal in (published, unpublished):
        signal.connect(_on_publication, sender=Action, dispatch_uid="catalogue-publication")
    post_delete.connect(_on_deletion, sender=Action, dispatch_uid="catalogue-deletion")
    directory_changed.connect(_on_establishments, dispatch_uid="catalogue-directory")
    post_save.connect(
        _on_establishment, sender=Establishment, dispatch_uid="catalogue-establishment"
    )
    for signal in (post_save, post_delete):
        signal.connect(
            _on_associated, sender=AssociatedEstablishment, dispatch_uid="catalogue-associated"
        )
    for territory in (Department, Basin, Network):
        # Before a deletion: afterwards no establishment lies there any more.
        for signal in (post_save, pre_delete):
            signal.connect(
                _on_territory, sender=territory, dispatch_uid=f"catalogue-{territory.__name__}"
            )
    page_published.connect(_on_edition, sender=CampaignPage, dispatch_uid="catalogue-edition")
    for publisher in (Academy, SiteSettings):
        post_save.connect(
            _on_publisher, sender=publisher, dispatch_uid=f"catalogue-{publisher.__name__}"
        )
    for model in Term.__subclasses__():
        post_save.connect(_on_term, sender=model, dispatch_uid=f"catalogue-{model.__name__}")
        post_delete.connect(_on_term, sender=model, dispatch_uid=f"catalogue-{model.__name__}")
    post_migrate.connect(
        index_after_migrating, sender=config, dispatch_uid="index-published-fiches"
    )
