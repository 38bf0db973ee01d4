"""The public page of a fiche: what it shows, what it never shows, where it is."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import catalogue_stamp, review
from campaigns.catalogue import terms_of
from campaigns.models import (
    Action,
    ActionIndicator,
    ActionMedia,
    ActionPartner,
    ActionSession,
    AssociatedEstablishment,
    Audience,
    FundingSource,
    Level,
    PartnerType,
    Theme,
)
from tests.campaigns.scene import (
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_submitted,
    write,
)
from tests.factories import EstablishmentFactory, make_edition

pytestmark = pytest.mark.django_db

QUERIES = 14


def address_of(scene, action: Action) -> str:
    return f"/{scene.edition.slug}/actions/{action.pk}-{action.slug}/"


def make_full(scene, rows: int = 1, **fields) -> Action:
    """A public fiche with everything in it, `rows` rows of each kind."""
    kind = PartnerType.objects.get(code="cio", academy=None)
    return make_published(
        scene,
        **{
            "summary": "Un petit déjeuner par semaine.",
            "levels": [Level.objects.get(code="6e", academy=None)],
            "themes": list(Theme.objects.all()),
            "funding_sources": [FundingSource.objects.get(code="hse", academy=None)],
            "budget": Decimal("1234.50"),
            "openness": "public",
            "registration": "Au secrétariat",
            "pupils_planned": 30,
            "reuse_tips": "Commencer petit.",
            "partners": [ActionPartner(name=f"CIO {n}", type=kind) for n in range(rows)],
            "sessions": [
                ActionSession(
                    date=date(2023, 4, 3),
                    starts_at=time(7, 30),
                    ends_at=time(8),
                    place=f"Salle {n}",
                )
                for n in range(rows)
            ],
            "indicators": [ActionIndicator(label=f"Présents {n}") for n in range(rows)],
            "associated": [
                AssociatedEstablishment(establishment=EstablishmentFactory(academy=scene.academy))
                for n in range(rows)
            ],
            "media": [
                ActionMedia(
                    kind="document",
                    file=f"actions/2023/{n}.pdf",
                    alternative=f"Livret {n}",
                    is_authorised=True,
                )
                for n in range(rows)
            ],
        }
        | fields,
    )


def test_a_published_fiche_tells_all_that_a_reader_needs(client, scene) -> None:
    action = make_full(scene)

    page = client.get(address_of(scene, action)).content.decode()

    for shown in (
        action.title,
        "Un petit déjeuner par semaine.",
        scene.establishment.name,
        str(action.associated.get().establishment),
        "Redonner confiance.",
        "lundi 3 avril 2023",
        "Salle 0",
        "CIO 0 (CIO)",
        "Camille Exemple",
        "6e",
        "Engagement",
        "Au secrétariat",
        "Commencer petit.",
        "Présents 0",
        "Livret 0",
        f'<link rel="canonical" href="http://localhost{address_of(scene, action)}">',
        '<meta name="description" content="Un petit déjeuner par semaine.">',
    ):
        assert shown in page, shown


def test_no_mailbox_no_money_and_no_source_of_money_is_on_the_page(client, scene) -> None:
    action = make_full(scene)

    page = client.get(address_of(scene, action)).content.decode()

    assert "camille@example.org" not in page
    assert scene.establishment.email not in page
    assert "1234" not in page
    assert "1 234" not in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert "HSE" not in page


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_endorsed, make_returned])
@pytest.mark.parametrize("reader", [None, "account", "lead", "editor"])
def test_a_fiche_that_is_not_public_is_not_found_whoever_asks(client, scene, make, reader) -> None:
    action = make(scene)
    if reader:
        client.force_login(getattr(scene, reader))

    assert client.get(address_of(scene, action)).status_code == 404


def test_a_withdrawn_fiche_is_not_found(client, scene) -> None:
    action = make_published(scene)
    review.withdraw(action, by=scene.editor, comment="À revoir.")

    assert client.get(address_of(scene, action)).status_code == 404


def test_changes_that_are_not_published_yet_do_not_show(client, scene) -> None:
    action = make_published(scene)
    write(scene, action, title="Autre titre", objectives="Rien de public.")

    page = client.get(address_of(scene, action)).content.decode()

    assert "Autre titre" not in page
    assert "Rien de public." not in page


@pytest.mark.parametrize("ending", ["", "-", "-autre-titre", "-PETITS", "-é"])
def test_an_old_or_cut_address_leads_to_the_right_one(client, scene, ending) -> None:
    action = make_published(scene)

    response = client.get(f"/{scene.edition.slug}/actions/{action.pk}{ending}/")

    assert (response.status_code, response.url) == (301, address_of(scene, action))


def test_a_fiche_is_found_under_its_own_edition_only(client, scene) -> None:
    action = make_published(scene)
    other = make_edition(scene.academy)

    assert client.get(f"/{other.slug}/actions/{action.pk}-{action.slug}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["0-x/", "99999-x/", "9" * 15 + "/", "9" * 40 + "/", "abc/", "1/2/"]
)
def test_what_names_no_fiche_is_not_found(client, scene, path) -> None:
    assert client.get(f"/{scene.edition.slug}/actions/{path}").status_code == 404


@pytest.mark.parametrize("query", ["x=%00", "page=abc", "%ff", "a[]=1&a[]=2"])
def test_no_query_string_breaks_the_page(client, scene, query) -> None:
    action = make_published(scene)

    assert client.get(f"{address_of(scene, action)}?{query}").status_code == 200


def test_what_a_school_types_never_becomes_markup(client, scene) -> None:
    danger = "<script>alert(1)</script>"
    action = make_full(
        scene,
        title=danger,
        summary=danger,
        objectives=danger,
        coordinator_name=danger,
        place=danger,
        partners=[ActionPartner(name=danger)],
    )

    page = client.get(address_of(scene, action)).content.decode()

    assert "alert(1)" in page
    assert danger not in page


def test_the_results_show_once_they_are_known(client, scene) -> None:
    action = make_published(scene)
    Action.objects.filter(pk=action.pk).update(
        pupils_actual=28, adults_actual=4, satisfaction=3, strengths="L’entrain.", continued=True
    )

    page = client.get(address_of(scene, action)).content.decode()

    assert "28" in page
    assert "L’entrain." in page


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("query", "words"), [("", 0), ("?q=confiance&moment=year", 1)])
def test_the_page_costs_the_same_however_many_rows(client, scene, rows, query, words) -> None:
    action = make_full(scene, rows=rows)
    address = f"{address_of(scene, action)}{query}"
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200

    asked = "\n".join(query["sql"][:200] for query in queries)
    assert len(queries) <= QUERIES + words, asked


def test_terms_come_in_the_order_of_the_forms(scene) -> None:
    wanted = list(Audience.objects.filter(code__in=["parents", "pupils", "partners"]))
    action = make_published(scene, audiences=wanted[::-1])

    terms = terms_of(action)

    assert terms.audiences == ["Élèves", "Parents", "Partenaires"]
    assert terms.levels == []


def test_the_way_back_leads_to_the_selection_that_one_comes_from(client, scene) -> None:
    action = make_full(scene)
    base = f"/{scene.edition.slug}/actions/"

    page = client.get(f"{address_of(scene, action)}?theme=commitment&x=1").content.decode()

    assert f'href="{base}?theme=commitment#fiche-{action.pk}"' in page
    assert "Retour à votre sélection\u00a0: 1 fiche" in page


def test_a_selection_without_the_fiche_is_not_gone_back_to(client, scene) -> None:
    action = make_full(scene)

    page = client.get(f"{address_of(scene, action)}?q=escalade").content.decode()

    assert f'href="/{scene.edition.slug}/actions/#fiche-{action.pk}"' in page
    assert "Retour aux fiches" in page


def test_the_page_of_the_list_that_shows_the_fiche_is_gone_back_to(client, scene) -> None:
    first = make_published(scene)
    rows = [
        Action(
            campaign=scene.edition,
            establishment=scene.establishment,
            title=f"Action {number}",
            live=True,
            first_published_at=timezone.now(),
        )
        for number in range(12)
    ]
    Action.objects.bulk_create(rows)
    catalogue_stamp.rebuild([scene.edition.pk])

    page = client.get(address_of(scene, first)).content.decode()

    assert f'href="/{scene.edition.slug}/actions/?page=2#fiche-{first.pk}"' in page


def test_a_fiche_is_kept_and_shared_without_telling_anybody(client, scene) -> None:
    action = make_full(scene)
    file_base = address_of(scene, action).rstrip("/")

    page = client.get(address_of(scene, action)).content.decode()

    assert f'href="{file_base}.pdf"' in page
    assert f'href="{file_base}.ics"' in page
    assert 'href="mailto:?subject=Petits%20d%C3%A9jeuners' in page
    assert f'data-copy="http://localhost{address_of(scene, action)}"' in page
    for tracker in ("facebook", "twitter", "x.com", "linkedin", "whatsapp"):
        assert tracker not in page.lower()


def test_a_fiche_without_any_date_has_no_calendar(client, scene) -> None:
    action = make_published(scene)

    assert ".ics" not in client.get(address_of(scene, action)).content.decode()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Mon chef-d’œuvre, devant ma famille", "mon-chef-d-oeuvre-devant-ma-famille"),
        ("L'été à l’École", "l-ete-a-l-ecole"),
        ("…", "fiche"),
    ],
)
def test_the_address_keeps_the_words_of_the_title_apart(title, slug) -> None:
    assert Action(title=title).slug == slug


def test_one_picture_opens_the_text_and_what_else_there_is_follows_it(client, scene) -> None:
    def medium(kind: str, number: int) -> ActionMedia:
        return ActionMedia(
            kind=kind,
            file=f"actions/2023/{kind}-{number}",
            alternative=f"{kind} numéro {number}",
            is_authorised=True,
        )

    pictures = [medium("image", number) for number in range(3)]
    files = [*pictures, medium("image", 9), medium("document", 1)]
    action = make_full(scene, media=files)
    # As if the authorisation had been taken back since.
    ActionMedia.objects.filter(alternative="image numéro 9").update(is_authorised=False)

    page = client.get(address_of(scene, action)).content.decode()

    order = [
        page.index(text)
        for text in ("image numéro 0", "Objectifs", "image numéro 1", "image numéro 2",
                     "document numéro 1", "Garder et partager")
    ]  # fmt: skip
    assert order == sorted(order)
    assert "image numéro 9" not in page
