"""The blocks of pages: what they refuse, and what visitors get."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import migrations, models
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.admin.icons import get_icons

from establishments.models import Academy
from home.blocks import BODY_BLOCKS
from home.fields import StreamField
from home.models import ContentPage
from tests.factories import ContentPageFactory
from tests.home.contents import VIDEO, make_body, make_document, make_picture

BLOCKS = dict(BODY_BLOCKS)


def publish(academy: Academy, body: list[tuple[str, Any]]) -> ContentPage:
    """A page at /guide/ with `body`."""
    return ContentPageFactory(parent=academy.site.root_page, title="Guide", slug="guide", body=body)


def content_of(client: Client) -> str:
    """The HTML of the content of /guide/, its spaces squeezed."""
    html = client.get("/guide/").content.decode()
    return re.sub(r"[ \n]+", " ", html.split("<main", 1)[1].split("</main>", 1)[0])


@pytest.mark.parametrize("name", BLOCKS)
def test_editors_find_each_block_by_its_group_icon_label_and_preview(name: str) -> None:
    block = BLOCKS[name]

    assert block.meta.group
    assert block.label
    assert block.get_description()
    assert f'id="icon-{block.meta.icon}"' in get_icons()
    assert block.meta.template == f"home/blocks/{name}.html"
    if name not in ("picture", "documents"):  # these need files of the site's own
        assert block.is_previewable


@pytest.mark.django_db
def test_the_preview_of_a_block_is_drawn_in_the_design_system(
    academy: Academy, client: Client
) -> None:
    from tests.factories import make_editor

    client.force_login(make_editor(academy))
    quote = ContentPage._meta.get_field("body").stream_block.child_blocks["quote"]

    html = client.get(f"/admin/block-preview/?id={quote.definition_prefix}").content.decode()

    assert "dsfr.main.min.css" in html
    assert "fr-quote" in html


def test_a_stream_field_leaves_its_blocks_out_of_migrations() -> None:
    field = StreamField(BODY_BLOCKS, blank=True)

    _name, path, arguments, options = field.deconstruct()

    assert path == "home.fields.StreamField"
    assert arguments == []
    assert options == {"blank": True}


def test_no_migration_of_any_app_holds_a_block() -> None:
    root = Path(__file__).resolve().parents[2]

    holding = [
        str(path.relative_to(root))
        for path in root.glob("[a-z]*/migrations/*.py")
        if "block_lookup" in path.read_text() or "wagtail.blocks" in path.read_text()
    ]

    assert holding == []


def test_a_field_from_a_migration_has_no_block_and_keeps_what_is_stored() -> None:
    state = migrations.state.ModelState("home", "Page", [("body", StreamField(blank=True))])
    model = state.render(migrations.state.ProjectState().apps)

    assert isinstance(model._meta.get_field("body"), models.Field)


@pytest.mark.django_db
def test_every_block_renders_with_what_was_typed(academy: Academy, client: Client) -> None:
    publish(academy, make_body())

    html = content_of(client)

    for text in (
        "De quoi parle-t-on ?",
        "On m’a montré où était ma chaise.",
        "À retenir",
        "18 ans",
        "Qui peut proposer une action ?",
        "Membre d’une équipe",
        "Clôture de l’appel",
        "Lettre de cadrage",
        "Proposer une action",
        "Bonjour à tous.",
        "L’atelier du mardi",
        "Crédit\u00a0: Le préau",
    ):
        assert text in html, text


@pytest.mark.django_db
def test_headings_never_skip_a_level(academy: Academy, client: Client) -> None:
    publish(academy, make_body())

    levels = [int(level) for level in re.findall(r"<h([1-6])", content_of(client))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.django_db
def test_text_of_editors_is_escaped_wherever_it_is_not_rich(
    academy: Academy, client: Client
) -> None:
    attack = "<script>alert(1)</script>"
    publish(
        academy,
        [
            ("quote", {"text": attack, "author": attack, "function": attack}),
            ("callout", {"title": attack, "text": "<p>Bien</p>"}),
            ("key_figures", {"title": attack, "figures": [
                {"value": attack, "label": attack, "source": attack, "source_url": ""}]}),
            ("accordion", {"title": attack, "items": [{"title": attack, "text": "<p>a</p>"}]}),
            ("timeline", {"title": attack, "steps": [
                {"when": attack, "title": attack, "text": ""}]}),
            ("video", {**VIDEO, "title": attack}),
        ],
    )  # fmt: skip

    assert "<script>alert" not in content_of(client)


@pytest.mark.django_db
def test_a_picture_comes_in_several_sizes_with_its_alternative(
    academy: Academy, client: Client
) -> None:
    publish(academy, make_body())

    picture = content_of(client).split("fr-content-media__img", 1)[1].split("</div>", 1)[0]

    assert picture.count("<source") == 1
    assert "400w" in picture
    assert "1200w" in picture
    assert 'alt="Des élèves autour d’une table"' in picture
    assert 'loading="lazy"' in picture
    assert re.search(r'width="\d+"', picture)
    assert re.search(r'height="\d+"', picture)


@pytest.mark.django_db
def test_a_crop_keeps_the_focal_point() -> None:
    wide = make_picture("Panorama", width=1000, height=200)
    left, right = wide, make_picture("Autre", width=1000, height=200)
    left.focal_point_x, left.focal_point_y = 100, 100
    left.focal_point_width = left.focal_point_height = 100
    right.focal_point_x, right.focal_point_y = 900, 100
    right.focal_point_width = right.focal_point_height = 100

    names = {picture.get_rendition("fill-200x200").focal_point_key for picture in (left, right)}

    assert len(names) == 2


@pytest.mark.django_db
def test_a_document_shows_its_format_and_size(academy: Academy, client: Client) -> None:
    document = make_document()
    publish(academy, [("documents", {"title": "À lire", "documents": [document]})])

    html = content_of(client)

    assert "PDF – 15" in html
    assert document.url in html


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_a_list_of_documents_costs_the_same_whatever_its_length(
    academy: Academy,
    client: Client,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    documents = [make_document(f"Document {rank}") for rank in range(number)]
    publish(academy, [("documents", {"title": "À lire", "documents": documents})])

    with django_assert_max_num_queries(16):
        client.get("/guide/")


@pytest.mark.django_db
def test_a_video_asks_nothing_of_its_host_before_a_click(academy: Academy, client: Client) -> None:
    publish(academy, [("video", VIDEO)])

    html = content_of(client)

    assert "<iframe" not in html
    assert "<script" not in html
    assert 'data-video-frame="https://www.youtube-nocookie.com/embed/aB3_d-fGhIj?rel=0"' in html
    assert f'href="{VIDEO["url"]}"' in html
    assert "Bonjour." in html


@pytest.mark.django_db
def test_a_video_whose_host_is_no_longer_known_is_a_link(academy: Academy, client: Client) -> None:
    publish(academy, [("video", {**VIDEO, "url": "https://autre.example/w/123456"})])

    html = content_of(client)

    assert "data-video-frame" not in html
    assert 'href="https://autre.example/w/123456"' in html


@pytest.mark.django_db
def test_a_card_no_longer_leads_to_a_page_that_was_taken_down(
    academy: Academy, client: Client
) -> None:
    target = ContentPageFactory(parent=academy.site.root_page, slug="cible")
    card = {"title": "Lire", "text": "", "picture": None, "link": {"page": target, "url": ""}}
    publish(academy, [("cards", {"title": "Voir aussi", "cards": [card]})])
    assert 'href="/cible/"' in content_of(client)

    target.unpublish()

    assert 'href="/cible/"' not in content_of(client)
    assert "Lire" in content_of(client)


@pytest.mark.django_db
def test_a_body_without_its_block_type_still_renders(academy: Academy, client: Client) -> None:
    page = publish(academy, [("text", "<p>Gardé</p>")])
    raw = json.loads(json.dumps(page.body.get_prep_value()))
    ContentPage.objects.filter(pk=page.pk).update(body=[*raw, {"type": "gone", "value": "x"}])

    assert "Gardé" in content_of(client)
