"""Objects for the tests: each factory makes one valid thing and nothing unasked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import factory
import wagtail_factories
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page, Site

from accounts.models import User
from campaigns.models import Action, ActionIndexPage, CampaignIndexPage, CampaignPage, EventPage
from establishments.models import Academy, Basin, Department, Establishment, Network
from establishments.uai import KEY_ALPHABET
from home.models import ContentPage, HomePage

# Round and round through the four digits, far from those of the real file for as long as can be.
_numbers = (1_000 + n % 9_000 for n in count(8_000))


def make_uai(number: int | None = None, department: str = "076") -> str:
    """A valid UAI of `department`, an unassigned number by default."""
    digits = f"{department}{next(_numbers) if number is None else number:04d}"
    return digits + KEY_ALPHABET[int(digits) % 23]


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person with the password `secret`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}@example.org")
    email = factory.SelfAttribute("username")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Personne {n}")
    password = factory.django.Password("secret")


class AcademyFactory(factory.django.DjangoModelFactory[Academy]):
    """An académie without a site."""

    class Meta:
        model = Academy
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: str(500 + n % 500))
    name = factory.Sequence(lambda n: f"Académie {n}")
    slug = factory.Sequence(lambda n: f"academie-{n}")
    service_name = "Délégation régionale académique à l’information et à l’orientation"
    contact_email = factory.LazyAttribute(lambda academy: f"contact@{academy.slug}.example")


class DepartmentFactory(factory.django.DjangoModelFactory[Department]):
    """A department of an académie."""

    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{n % 1000:03d}")
    name = factory.Sequence(lambda n: f"Département {n}")
    academy = factory.SubFactory(AcademyFactory)


class BasinFactory(factory.django.DjangoModelFactory[Basin]):
    """A basin of an académie."""

    class Meta:
        model = Basin

    academy = factory.SubFactory(AcademyFactory)
    name = factory.Sequence(lambda n: f"Bassin {n}")


class NetworkFactory(factory.django.DjangoModelFactory[Network]):
    """A network without a lead."""

    class Meta:
        model = Network
        skip_postgeneration_save = True

    academy = factory.SubFactory(AcademyFactory)
    name = factory.Sequence(lambda n: f"Réseau {n}")

    @factory.post_generation
    def leads(self: Network, create: bool, extracted: list[User] | None, **_: Any) -> None:
        """`NetworkFactory(leads=[user])`."""
        if create and extracted:
            self.leads.set(extracted)


class EstablishmentFactory(factory.django.DjangoModelFactory[Establishment]):
    """An open public collège with a mailbox, in no network."""

    class Meta:
        model = Establishment

    uai = factory.LazyFunction(make_uai)
    name = factory.Sequence(lambda n: f"Collège numéro {n}")
    kind = "college"
    sector = "public"
    academy = factory.SubFactory(AcademyFactory)
    department = factory.SubFactory(DepartmentFactory, academy=factory.SelfAttribute("..academy"))
    commune = "Rouen"
    postcode = "76000"
    email = factory.LazyAttribute(lambda school: f"ce.{school.uai.lower()}@example.org")


def sign_up(establishment: Establishment) -> User:
    """The account of `establishment`, made on first call."""
    if establishment.account is None:
        user = User(username=establishment.uai.lower(), email=establishment.mailbox)
        user.set_unusable_password()
        user.save()
        establishment.account = user
        establishment.save(update_fields=["account"])
    assert establishment.account is not None
    return establishment.account


class HomePageFactory(wagtail_factories.PageFactory):
    """A home page below Wagtail's root."""

    class Meta:
        model = HomePage

    title = "Semaine de la persévérance scolaire"
    slug = factory.Sequence(lambda n: f"accueil-{n}")


class ContentPageFactory(wagtail_factories.PageFactory):
    """A page of text."""

    class Meta:
        model = ContentPage

    title = factory.Sequence(lambda n: f"Page {n}")


class CampaignIndexPageFactory(wagtail_factories.PageFactory):
    """The list of editions."""

    class Meta:
        model = CampaignIndexPage

    title = "Éditions"
    slug = "editions"


def school_year_of(day: date) -> str:
    """The school year that `day` falls in, August counting for the one that starts."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"


class CampaignPageFactory(wagtail_factories.PageFactory):
    """An edition with the dates of spring 2023: call to 9 March, week from 3 to 7 April.

    Another call moves the week to 25 days after it closes, and the school year with the week.
    """

    class Meta:
        model = CampaignPage

    title = "Semaine 2023"
    slug = factory.Sequence(lambda n: f"edition-{n}")
    school_year = factory.LazyAttribute(lambda page: school_year_of(page.week_first_day))
    theme = "Persévérer ensemble"
    week_first_day = factory.LazyAttribute(
        lambda page: page.call_closes_at.date() + timedelta(days=25)
    )
    week_last_day = factory.LazyAttribute(lambda page: page.week_first_day + timedelta(days=4))
    call_opens_at = datetime(2023, 1, 17, 8, tzinfo=UTC)
    call_closes_at = datetime(2023, 3, 9, 22, 59, 59, tzinfo=UTC)


class ActionIndexPageFactory(wagtail_factories.PageFactory):
    """The catalogue of an edition."""

    class Meta:
        model = ActionIndexPage

    title = "Fiches-actions"
    slug = "actions"


class EventPageFactory(wagtail_factories.PageFactory):
    """A seminar during the week of 2023."""

    class Meta:
        model = EventPage

    title = "Séminaire académique"
    slug = factory.Sequence(lambda n: f"seminaire-{n}")
    kind = "seminar"
    starts_at = datetime(2023, 4, 5, 7, tzinfo=UTC)
    ends_at = datetime(2023, 4, 5, 15, tzinfo=UTC)


class ActionFactory(factory.django.DjangoModelFactory[Action]):
    """A draft with a title and nothing else; needs `campaign` and `establishment`."""

    class Meta:
        model = Action

    title = factory.Sequence(lambda n: f"Action numéro {n}")
    live = False


def make_site(
    slug: str = "normandie", hostname: str = "localhost", *, is_default: bool = True
) -> Academy:
    """An académie with its Wagtail site, its home page and its group of editors.

    Returns:
        The académie; `academy.site.root_page` is the home page.
    """
    root = Page.objects.get(depth=1)
    home = HomePageFactory(parent=root, slug=slug, title=f"Semaine de {slug}")
    if is_default:
        Site.objects.filter(is_default_site=True).delete()
    site = Site.objects.create(
        hostname=hostname, port=80, root_page=home, is_default_site=is_default, site_name=slug
    )
    group = Group.objects.create(name=f"Éditeurs {slug}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=home, permission=Permission.objects.get(codename=codename)
        )
    return AcademyFactory(
        slug=slug, name=slug.capitalize(), code=slug[:3], site=site, editor_group=group
    )


def make_editor(academy: Academy) -> User:
    """A person who edits `academy`."""
    user = UserFactory()
    user.groups.add(academy.editor_group)
    return user


def make_edition(academy: Academy, **fields: Any) -> CampaignPage:
    """A published edition of `academy` with its catalogue."""
    edition = CampaignPageFactory(parent=academy.site.root_page, **fields)
    ActionIndexPageFactory(parent=edition)
    return edition
