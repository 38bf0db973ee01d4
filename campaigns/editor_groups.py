"""The group of an académie's editors: what it may do, and only on that académie's own site."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)

from campaigns.term_permissions import VOCABULARIES
from establishments.models import Academy
from establishments.permissions import grant_territory_permissions
from home.models import SiteSettings

PAGE_ACTIONS: Final = ("add", "change", "publish", "lock", "unlock")
"""Not `bulk_delete`: a whole edition cannot be deleted with one click."""

FILE_ACTIONS: Final = ("add", "change", "choose")
TERM_ACTIONS: Final = ("view", "add", "change")


def ensure_editor_group(academy: Academy, site: Site) -> Group:
    """The group of the editors of `academy`, whose permissions stop at `site`; idempotent."""
    group = academy.editor_group
    if group is None:
        name = _("Editors – %(academy)s") % {"academy": academy.name}
        group, _created = Group.objects.get_or_create(name=name)
        academy.editor_group = group
        academy.save(update_fields=["editor_group"])
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    grant_territory_permissions(group)
    for model in VOCABULARIES:
        group.permissions.add(*_permissions(model, TERM_ACTIONS))
    _grant_pages(group, site.root_page)
    _grant_files(group, ensure_collection(academy, group))
    for permission in _permissions(SiteSettings, ("change",)):
        GroupSitePermission.objects.get_or_create(group=group, site=site, permission=permission)
    return group


def ensure_collection(academy: Academy, group: Group) -> Collection:
    """The collection of the académie's images and documents, known by the group that fills it."""
    granted = Collection.objects.filter(group_permissions__group=group, depth__gt=1).first()
    if granted is not None:
        return granted
    root = Collection.get_first_root_node()
    same_name = root.get_children().filter(name=academy.name).first()
    return same_name or root.add_child(name=academy.name)


def _grant_pages(group: Group, home_page: Page) -> None:
    for permission in _permissions(Page, PAGE_ACTIONS):
        GroupPagePermission.objects.get_or_create(
            group=group, page=home_page, permission=permission
        )


def _grant_files(group: Group, collection: Collection) -> None:
    # Wagtail grants on its own models, whatever the ones in use.
    for model in (Image, Document):
        for permission in _permissions(model, FILE_ACTIONS):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def _permissions(model: type[Model], actions: tuple[str, ...]) -> list[Permission]:
    """The permissions to do `actions` to `model`."""
    codenames = [f"{action}_{model._meta.model_name}" for action in actions]
    content_type = ContentType.objects.get_for_model(model)
    return list(Permission.objects.filter(content_type=content_type, codename__in=codenames))
