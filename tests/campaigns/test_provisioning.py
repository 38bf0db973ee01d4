from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)
from wagtail.permissions import policy_registry

from accounts.models import User
from campaigns.editor_groups import ensure_collection
from campaigns.models import CampaignIndexPage
from campaigns.provisioning import academy_with_code, name_after_of, open_site
from establishments.models import Academy, Department
from home.models import HomePage, SiteImage, SiteSettings
from home.seeding import COMPULSORY_SLUGS
from tests.factories import (
    AcademyFactory,
    CampaignPageFactory,
    ContentPageFactory,
    UserFactory,
    make_edition,
    make_editor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def normandie() -> Academy:
    academy = AcademyFactory(
        code="70", name="Normandie", slug="normandie", contact_email="sps@normandie.example"
    )
    open_site(academy, hostname="localhost", is_default=True)
    return academy


@pytest.fixture
def amiens(normandie: Academy) -> Academy:
    academy = AcademyFactory(code="20", name="Amiens", slug="amiens")
    home_page = open_site(academy, hostname="amiens.localhost")
    SiteSettings.objects.filter(site=academy.site).update(accent="blue-cumulus")
    assert home_page == academy.site.root_page.specific
    return academy


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def everything() -> dict[str, int]:
    models = [
        Page, Site, Group, Collection, GroupPagePermission, GroupCollectionPermission,
        GroupSitePermission, SiteSettings,
    ]  # fmt: skip
    counts = {model.__name__: model.objects.count() for model in models}
    counts["permissions"] = sum(group.permissions.count() for group in Group.objects.all())
    return counts


def make_image(academy: Academy) -> SiteImage:
    collection = ensure_collection(academy, academy.editor_group)
    file: ImageFile = get_test_image_file()
    return SiteImage.objects.create(
        title=f"Image de {academy.name}", file=file, collection=collection
    )


def test_a_new_site_has_its_home_its_compulsory_pages_and_its_list_of_editions(
    normandie: Academy,
) -> None:
    home_page = normandie.site.root_page
    slugs = set(home_page.get_children().live().values_list("slug", flat=True))

    assert slugs == {"editions", *COMPULSORY_SLUGS}
    assert isinstance(home_page.specific, HomePage)
    assert home_page.live
    response = Client().get("/")
    assert response.status_code == 200


def test_opening_a_site_again_adds_nothing_and_keeps_what_people_changed(
    normandie: Academy,
) -> None:
    SiteSettings.objects.filter(site=normandie.site).update(brand="Rectorat", accent="pink-macaron")
    CampaignIndexPage.objects.child_of(normandie.site.root_page).update(title="Nos éditions")
    before = everything()

    again = open_site(Academy.objects.get(pk=normandie.pk), hostname="localhost", is_default=True)

    assert everything() == before
    assert again.pk == normandie.site.root_page_id
    settings = SiteSettings.for_site(normandie.site)
    assert (settings.brand, settings.accent) == ("Rectorat", "pink-macaron")
    assert CampaignIndexPage.objects.get().title == "Nos éditions"


def test_opening_a_site_again_moves_it_to_its_new_address(normandie: Academy) -> None:
    open_site(normandie, hostname="perseverance.example.org", port=443)

    site = Site.objects.get(pk=normandie.site_id)
    assert (site.hostname, site.port, site.is_default_site) == (
        "perseverance.example.org",
        443,
        True,
    )


def test_an_address_taken_by_another_academy_is_refused_and_nothing_is_left_behind(
    normandie: Academy,
) -> None:
    other = AcademyFactory(name="Amiens", slug="amiens")
    before = everything()

    with pytest.raises(ValidationError):
        open_site(other, hostname="localhost")

    assert everything() == before
    other.refresh_from_db()
    assert other.site is None


def test_only_one_site_answers_unknown_hostnames(normandie: Academy, amiens: Academy) -> None:
    open_site(amiens, hostname="amiens.localhost", is_default=True)

    assert Site.objects.get(is_default_site=True) == amiens.site


def test_a_site_lost_finds_its_home_page_again(normandie: Academy) -> None:
    home_page = normandie.site.root_page
    normandie.site.delete()
    normandie.refresh_from_db()

    assert open_site(normandie, hostname="localhost").pk == home_page.pk


def test_wagtails_own_leftovers_go_while_nobody_uses_them() -> None:
    # What a fresh migration leaves; the flush after another test may have removed it.
    Site.objects.all().delete()
    Page.objects.filter(slug="home").delete()
    root = Page.get_first_root_node()
    welcome = Page(title="Welcome to your new Wagtail site!", slug="home")
    root.add_child(instance=welcome)
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    Group.objects.get_or_create(name="Moderators")
    used, _created = Group.objects.get_or_create(name="Editors")
    UserFactory().groups.add(used)

    open_site(AcademyFactory(), hostname="localhost", is_default=True)

    assert not Page.objects.filter(title=welcome.title).exists()
    assert Site.objects.count() == 1
    assert not Group.objects.filter(name="Moderators").exists()
    assert Group.objects.filter(name="Editors").exists()


def test_a_welcome_page_that_somebody_edited_stays() -> None:
    Page.objects.filter(title="Welcome to your new Wagtail site!").delete()
    root = Page.get_first_root_node()
    page = ContentPageFactory(
        parent=root, title="Welcome to your new Wagtail site!", slug="bienvenue"
    )

    open_site(AcademyFactory(), hostname="localhost")

    assert Page.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Normandie", "de Normandie"),
        ("Amiens", "d’Amiens"),
        ("Orléans-Tours", "d’Orléans-Tours"),
        ("La Réunion", "de La Réunion"),
    ],
)
def test_the_name_of_an_academy_follows_of_as_french_wants(name: str, expected: str) -> None:
    assert name_after_of(name) == expected


# Two académies on one installation.


def test_each_hostname_shows_its_own_academy_only(normandie: Academy, amiens: Academy) -> None:
    make_edition(normandie, slug="2023", title="Semaine normande 2023")
    make_edition(amiens, slug="2015", title="Semaine picarde 2015")

    ours = Client().get("/editions/").content.decode()
    theirs = Client().get("/editions/", headers={"host": "amiens.localhost"}).content.decode()

    assert "Semaine normande 2023" in ours
    assert "Semaine picarde 2015" not in ours
    assert "Semaine picarde 2015" in theirs
    assert "Semaine normande 2023" not in theirs
    assert "site--green-emeraude" in ours
    assert "site--blue-cumulus" in theirs
    assert "de Normandie" in ours
    assert "d’Amiens" in theirs
    assert Client().get("/2015/").status_code == 404
    assert Client().get("/2015/", headers={"host": "amiens.localhost"}).status_code == 200


def test_an_editor_adds_publishes_and_chooses_in_their_own_academy(normandie: Academy) -> None:
    editor = make_editor(normandie)
    permissions = normandie.site.root_page.permissions_for_user(editor)
    images = policy_registry.get_by_type(SiteImage)

    assert permissions.can_add_subpage()
    assert permissions.can_publish_subpage()
    image = make_image(normandie)
    for action in ("add", "change", "choose"):
        assert images.user_has_permission(editor, action)
    assert images.user_has_permission_for_instance(editor, "choose", image)
    assert signed_in(editor).get(reverse("wagtailadmin_home")).status_code == 200


def test_an_editor_of_another_academy_reaches_no_page_of_ours(
    normandie: Academy, amiens: Academy
) -> None:
    stranger = make_editor(amiens)
    edition = make_edition(normandie, slug="2023", title="Semaine normande 2023")
    client = signed_in(stranger)

    permissions = edition.permissions_for_user(stranger)
    assert not permissions.can_edit()
    assert not permissions.can_publish()
    assert not permissions.can_add_subpage()
    refused = {
        client.get(reverse("wagtailadmin_pages:edit", args=[edition.pk])).status_code,
        client.get(reverse("wagtailadmin_pages:history", args=[edition.pk])).status_code,
        client.post(reverse("wagtailadmin_pages:unpublish", args=[edition.pk])).status_code,
        client.post(reverse("wagtailadmin_pages:delete", args=[edition.pk])).status_code,
    }
    assert refused <= {302, 403, 404}
    explorer = client.get(reverse("wagtailadmin_explore_root"), follow=True).content.decode()
    assert "Semaine normande" not in explorer
    listing = client.get(reverse("wagtailadmin_explore", args=[edition.pk]), follow=True)
    assert "Semaine normande 2023" not in listing.content.decode()
    edition.refresh_from_db()
    assert edition.live


def test_an_editor_of_another_academy_neither_chooses_nor_changes_our_images(
    normandie: Academy, amiens: Academy
) -> None:
    stranger = make_editor(amiens)
    image = make_image(normandie)
    client = signed_in(stranger)

    chooser = client.get(reverse("wagtailimages_chooser:choose")).content.decode()
    chosen = client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk]))
    edited = client.get(reverse("wagtailimages:edit", args=[image.pk]))

    assert image.title not in chooser
    assert chosen.status_code in {302, 403, 404}
    assert edited.status_code in {302, 403, 404}


def test_an_editor_changes_the_settings_of_their_own_site_only(
    normandie: Academy, amiens: Academy
) -> None:
    editor = make_editor(normandie)
    policy = policy_registry.get_by_type(SiteSettings)

    ours, theirs = SiteSettings.for_site(normandie.site), SiteSettings.for_site(amiens.site)
    assert policy.user_has_permission_for_instance(editor, "change", ours)
    assert not policy.user_has_permission_for_instance(editor, "change", theirs)


def test_an_editor_cannot_delete_a_whole_edition_at_once(normandie: Academy) -> None:
    editor = make_editor(normandie)
    edition = make_edition(normandie)

    assert not edition.permissions_for_user(editor).can_delete()


# The command.


def test_the_command_opens_an_academy_that_the_installation_did_not_know() -> None:
    out = StringIO()

    call_command("open_academy", "70", hostname="sps.example.org", stdout=out)

    academy = Academy.objects.get(code="70")
    assert academy.site.hostname == "sps.example.org"
    assert "https://sps.example.org" in out.getvalue()
    assert set(Department.objects.filter(academy=academy).values_list("code", flat=True)) == {
        "14", "27", "50", "61", "76",
    }  # fmt: skip


def test_the_command_refuses_a_code_that_no_academy_has() -> None:
    with pytest.raises(CommandError, match="99"):
        call_command("open_academy", "99", hostname="sps.example.org")


def test_the_command_refuses_an_address_that_is_taken(normandie: Academy) -> None:
    with pytest.raises(CommandError, match="localhost"):
        call_command("open_academy", "20", hostname="localhost", port=80)


def test_an_academy_known_already_is_not_made_again(normandie: Academy) -> None:
    assert academy_with_code("70") == normandie


def test_editions_are_created_directly_below_the_home_page(normandie: Academy) -> None:
    edition = CampaignPageFactory(parent=normandie.site.root_page, slug="2023")

    assert edition.get_url() == "/2023/"
