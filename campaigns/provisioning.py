"""Open the site of an académie: everything an edition needs before its first page is written."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Site, WorkflowPage

from campaigns.editor_groups import ensure_editor_group
from campaigns.models import CampaignIndexPage
from establishments.academies import ACADEMIES
from establishments.models import Academy
from establishments.territory_reference import ensure_department
from home.models import HomePage, SiteSettings
from home.seeding import LegalFacts, ensure_compulsory_pages

EDITIONS_SLUG = "editions"
WELCOME = "Welcome to your new Wagtail site!"
WAGTAIL_GROUPS = ("Moderators", "Editors")


@transaction.atomic
def open_site(
    academy: Academy,
    *,
    hostname: str,
    port: int = 80,
    is_default: bool = False,
    facts: LegalFacts | None = None,
) -> HomePage:
    """Make sure that `academy` has its site at `hostname`, and return its home page.

    Called again it adds what is missing and moves the site to `hostname` and `port`; names,
    colours, texts and permissions that people have changed since stay as they are.

    Args:
        academy: whose site it is.
        hostname: without scheme nor port.
        port: as visitors see it.
        is_default: whether the site also answers hostnames that no site has; takes that over
            from the site that did.
        facts: what the legal pages name, where they are written now.

    Raises:
        ValidationError: another site answers at this address.
    """
    with override(settings.LANGUAGE_CODE):
        _remove_untouched_defaults()
        home_page = _ensure_home_page(academy)
        site = _ensure_site(academy, home_page, hostname, port, is_default=is_default)
        _ensure_settings(academy, site)
        ensure_compulsory_pages(home_page, facts)
        _ensure_index(home_page)
        ensure_editor_group(academy, site)
    return home_page


def academy_with_code(code: str) -> Academy:
    """The académie with the ministry's `code`, made with its departments where it is missing.

    Raises:
        KeyError: no académie has this code.
    """
    known = Academy.objects.filter(code=code).first()
    if known is not None:
        return known
    reference = {one.code: one for one in ACADEMIES}[code]
    academies = [ensure_department(department).academy for department in reference.departments]
    return academies[0]


def name_after_of(name: str) -> str:
    """The name of an académie after "académie": "de Normandie", "d’Amiens"."""
    return f"d’{name}" if name[:1].lower() in "aàâeéèêiîoôuy" else f"de {name}"


def _ensure_home_page(academy: Academy) -> HomePage:
    if academy.site is not None:
        return HomePage.objects.get(pk=academy.site.root_page_id)
    root = Page.get_first_root_node()
    known = HomePage.objects.child_of(root).filter(slug=academy.slug).first()
    if known is not None:
        return known
    title = f"Semaine de la persévérance scolaire de l’académie {name_after_of(academy.name)}"
    home_page = HomePage(title=title, slug=academy.slug)
    root.add_child(instance=home_page)
    home_page.save_revision(log_action=False).publish(log_action=False)
    return home_page


def _ensure_site(
    academy: Academy, home_page: HomePage, hostname: str, port: int, *, is_default: bool
) -> Site:
    site = academy.site or Site(root_page=home_page, site_name=academy.name)
    if Site.objects.filter(hostname=hostname, port=port).exclude(pk=site.pk).exists():
        raise ValidationError(
            {"hostname": _("Another site answers at %(host)s.") % {"host": f"{hostname}:{port}"}}
        )
    if is_default:
        Site.objects.filter(is_default_site=True).exclude(pk=site.pk).update(is_default_site=False)
    site.hostname, site.port = hostname, port
    site.is_default_site = is_default or site.is_default_site
    site.save()
    if academy.site is None:
        academy.site = site
        academy.save(update_fields=["site"])
    return site


def _ensure_settings(academy: Academy, site: Site) -> None:
    SiteSettings.objects.get_or_create(
        site=site,
        defaults={
            "brand": f"Académie|{name_after_of(academy.name)}",
            "tagline": academy.service_name,
            "contact_email": academy.contact_email,
        },
    )


def _ensure_index(home_page: HomePage) -> None:
    if CampaignIndexPage.objects.child_of(home_page).exists():
        return
    page = CampaignIndexPage(title="Éditions", slug=EDITIONS_SLUG, show_in_menus=True)
    home_page.add_child(instance=page)
    page.save_revision(log_action=False).publish(log_action=False)


def _remove_untouched_defaults() -> None:
    """Remove what Wagtail's own migrations leave, as far as nobody uses it.

    A welcome page that would answer in the place of an académie, a moderation that nobody
    moderates, and two groups whose permissions reach every site.
    """
    root = Page.get_first_root_node()
    welcome = root.get_children().filter(title=WELCOME, numchild=0, latest_revision=None).first()
    if welcome is not None and welcome.specific_class is Page:
        Site.objects.filter(root_page=welcome).delete()
        welcome.delete()
    WorkflowPage.objects.filter(page=root, workflow__name="Moderators approval").delete()
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None).delete()
