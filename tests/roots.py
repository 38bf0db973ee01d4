"""What Wagtail’s migrations leave in a database, and a flush takes away."""

from __future__ import annotations

from wagtail.models import Collection, Locale, Page, Site


def restore_roots() -> None:
    """Wagtail's locale, root page and root collection, where a flush has removed them.

    For fixtures of a whole module too, which come before those of a test.
    """
    Locale.objects.get_or_create(language_code="fr")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    Site.clear_site_root_paths_cache()
