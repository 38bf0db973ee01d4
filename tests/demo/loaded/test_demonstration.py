"""What a loaded demonstration shows, to whom, and that loading it again changes nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry, Page, Revision, Site

from accounts.models import MailRecord, User
from campaigns.drafts import latest_version
from campaigns.editions import open_edition
from campaigns.enums import Status
from campaigns.models import Action
from campaigns.status import derived_status
from campaigns.submission import missing_parts
from demo.loading.demonstration import load
from demo.roles import ROLES, TOUR, Role
from establishments.models import Academy, Department, Establishment, Network

from .conftest import NOW, Demonstration

pytestmark = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.xdist_group("demonstration"),
]

HOSTS = ["localhost", "amiens.localhost"]
NOTICE = "/demo/"


def host_of(role: Role) -> str:
    return "localhost" if role.academy == "normandie" else f"{role.academy}.localhost"


def visitor(host: str) -> Client:
    return Client(headers={"host": host})


def test_it_holds_two_academies_their_territory_and_forty_fiches(
    demonstration: Demonstration,
) -> None:
    loaded = demonstration.loaded
    assert (loaded.academies, loaded.establishments) == (2, 30)
    assert Department.objects.filter(establishments__isnull=False).distinct().count() >= 2
    assert Network.objects.filter(establishments__isnull=False).distinct().count() >= 3
    assert loaded.fiches == Action.objects.count() == 40
    assert set(Action.objects.values_list("status", flat=True)) == set(Status)


def test_the_same_instant_gives_the_same_demonstration(demonstration: Demonstration) -> None:
    assert demonstration.contents == demonstration.first_contents


def test_the_command_says_what_it_has_brought(demonstration: Demonstration) -> None:
    assert "2 académies, 30 establishments, 40 fiches" in demonstration.first_output


def test_an_edition_is_open_today_and_the_editions_of_the_letters_have_their_addresses() -> None:
    edition = open_edition(Academy.objects.get(slug="normandie"), NOW)

    assert edition is not None
    assert edition.calendar.accepts_submissions(NOW)
    assert visitor("localhost").get("/2023/").status_code == 200
    assert visitor("amiens.localhost").get("/2015/").status_code == 200


def test_every_status_is_what_the_workflow_says() -> None:
    for action in Action.objects.all():
        assert derived_status(action) == action.status, action.title


def test_a_published_fiche_has_a_change_under_review() -> None:
    action = Action.objects.get(title="Les veilleurs")

    assert action.live
    assert action.status == Status.NETWORK_REVIEW
    assert action.pupils_planned == 30
    assert latest_version(action).pupils_planned == 36


def test_the_past_lies_in_the_past() -> None:
    for action in Action.objects.all():
        instants = [action.submitted_at, action.first_published_at, action.last_published_at]
        assert all(instant < NOW for instant in instants if instant is not None)
        if action.first_published_at is not None:
            assert action.first_published_at <= action.last_published_at
    assert not ModelLogEntry.objects.filter(timestamp__gte=NOW).exists()
    assert not Page.objects.filter(last_published_at__gte=NOW).exists()
    assert not Revision.objects.filter(created_at__gte=NOW).exists()


def test_the_mails_of_the_past_are_settled_and_none_waits_for_the_worker() -> None:
    assert MailRecord.objects.filter(kind="submitted").exists()
    assert set(MailRecord.objects.values_list("outcome", flat=True)) == {"sent"}
    assert not MailRecord.objects.filter(sent_at__gte=NOW).exists()


def test_nobody_has_a_password() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.parametrize("host", HOSTS)
def test_every_public_page_answers_and_says_that_this_is_a_demonstration(host: str) -> None:
    site = Site.objects.get(hostname=host)
    client = visitor(host)
    pages = site.root_page.get_descendants(inclusive=True).live()
    addresses = [page.get_url() for page in pages]
    addresses += ["/recherche/?q=coll%C3%A8ge", "/plan-du-site/", "/espace/connexion/", "/demo/"]
    assert len(addresses) > 15

    for address in addresses:
        path = address.removeprefix(f"http://{host}")
        response = client.get(path)
        assert response.status_code == 200, path
        assert NOTICE in response.content.decode(), path


@pytest.mark.parametrize("host", HOSTS)
def test_every_published_fiche_answers_and_no_other_is_in_the_catalogue(host: str) -> None:
    client = visitor(host)
    academy = Academy.objects.get(site__hostname=host)
    published = Action.objects.filter(establishment__academy=academy, live=True)
    assert published.count() > 5

    for action in published:
        path = action.get_absolute_url().removeprefix(f"http://{host}")
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.slug)
def test_each_role_is_entered_by_one_click_and_has_work_to_do(role: Role) -> None:
    client = visitor(host_of(role))

    response = client.post(f"/demo/entrer/{role.slug}/", follow=True)

    assert response.status_code == 200
    assert NOTICE in response.content.decode()
    assert response.wsgi_request.user.username == role.who.lower()


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.slug)
def test_the_page_of_an_academy_offers_its_own_roles(role: Role) -> None:
    page = visitor(host_of(role)).get("/demo/").content.decode()

    assert f'action="/demo/entrer/{role.slug}/"' in page


def test_the_name_on_a_button_is_that_of_who_plays_the_role() -> None:
    for role in ROLES.values():
        if role.is_establishment:
            assert Establishment.objects.get(uai=role.who).name == role.name
        else:
            assert User.objects.get(username=role.who).get_full_name() == role.name


def test_looking_at_the_address_of_a_role_does_not_sign_in() -> None:
    client = visitor("localhost")

    response = client.get("/demo/entrer/administratrice/")

    assert response.status_code == 405
    assert "_auth_user_id" not in client.session


def test_another_sites_form_cannot_sign_a_visitor_in() -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})

    response = client.post("/demo/entrer/administratrice/")

    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def test_an_unknown_role_is_not_found() -> None:
    assert visitor("localhost").post("/demo/entrer/ministre/").status_code == 404


def test_entering_as_another_role_ends_the_former_session() -> None:
    client = visitor("localhost")
    client.post("/demo/entrer/administratrice/")
    former = client.session
    former["kept"] = "by the administrator"
    former.save()

    client.post("/demo/entrer/etablissement/")

    assert client.session.session_key != former.session_key
    assert "kept" not in client.session
    assert not type(former)().exists(former.session_key)


def test_an_establishments_session_lasts_as_long_as_after_a_real_sign_in() -> None:
    client = visitor("localhost")

    client.post("/demo/entrer/etablissement/")

    remaining = client.session.get_expiry_age()
    assert 0 < settings.ESTABLISHMENT_SESSION_SECONDS - remaining + 5 < 60


def test_a_visitor_who_leaves_is_signed_out() -> None:
    client = visitor("localhost")
    client.post("/demo/entrer/editrice/")

    response = client.post("/demo/sortir/")

    assert response.url == "/"
    assert "_auth_user_id" not in client.session


def test_the_tour_starts_with_a_draft_that_can_be_handed_in() -> None:
    school = Establishment.objects.get(uai=TOUR["school"].who)
    draft = Action.objects.get(establishment=school, title="La semaine des petits pas")

    assert missing_parts(latest_version(draft)) == {}
    assert school.network is not None
    assert school.network.leads.filter(username=TOUR["lead"].who).exists()


def test_the_sign_in_page_of_the_admin_says_that_this_is_a_demonstration() -> None:
    page = visitor("localhost").get("/admin/login/").content.decode()

    assert 'class="demo-notice"' in page


def counts() -> dict[str, int]:
    models = (Academy, Action, Establishment, MailRecord, ModelLogEntry, Page, Revision, User)
    return {model.__name__: model.objects.count() for model in models}


def test_a_second_run_says_so_and_changes_nothing() -> None:
    before, out = counts(), StringIO()

    call_command("load_demo", stdout=out)

    assert "nothing changed" in out.getvalue()
    assert counts() == before


def test_a_number_of_fiches_below_zero_is_refused() -> None:
    with pytest.raises(CommandError, match="--actions"):
        call_command("load_demo", actions=-1)


def test_links_follow_the_port_in_use(settings) -> None:
    settings.PORT = 8077
    out = StringIO()

    call_command("load_demo", stdout=out)

    assert "port" in out.getvalue()
    assert set(Site.objects.values_list("port", flat=True)) == {8077}
    published = Action.objects.filter(live=True, establishment__academy__slug="normandie").first()
    assert published.get_absolute_url().startswith("http://localhost:8077/")
    assert visitor("amiens.localhost:8077").get("/2015/").status_code == 200


def test_volume_adds_published_fiches_once() -> None:
    edition = open_edition(Academy.objects.get(slug="normandie"), NOW)
    before = Action.objects.published().filter(campaign=edition).count()

    first = load(NOW, actions=12)
    again = load(NOW, actions=12)
    more = load(NOW, actions=15)

    assert (first.fiches, again.fiches, more.fiches) == (12, 0, 3)
    published = Action.objects.published().filter(campaign=edition)
    assert published.count() == before + 15
    added = published.filter(establishment__uai__regex=r"^0[0-9]{2}9[0-8]")
    assert added.count() == 15
    for action in added:
        assert derived_status(action) == action.status
        assert action.first_published_at < NOW
        assert action.audiences.exists()
        assert action.sessions.count() == 1
        assert missing_parts(action) == {}
    catalogue = visitor("localhost").get(f"/{edition.slug}/actions/")
    assert catalogue.status_code == 200
