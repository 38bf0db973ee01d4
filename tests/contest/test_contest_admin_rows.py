"""Nothing that posters refer to is taken from under them: categories, the contest, its edition."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from contest.models import Category, ContestPage, Poster, Registration
from tests.contest.contest_form import address_of, create, errors_of, form_data, publish
from tests.contest.scene import (
    NOW,
    Scene,
    make_contest,
    make_draft,
    make_submitted,
    make_withdrawn,
)
from tests.factories import UserFactory, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(scene: Scene, editor: Client) -> ContestPage:
    """The scene's contest, as the form makes one."""
    page = scene.contest
    page.criteria.create(label="Respect du thème")
    page.save_revision().publish()
    return ContestPage.objects.get(pk=page.pk)


def register(scene: Scene, **fields: Any) -> Registration:
    registration = Registration.objects.create(
        contest=scene.contest,
        establishment=scene.establishment,
        contact_name="Camille Exemple",
        posters_expected=2,
        **fields,
    )
    registration.categories.set([scene.category])
    return registration


def without(data: dict[str, Any], name: str) -> dict[str, str]:
    """What the browser adds to `data` when the row called `name` is removed."""
    field = next(key for key, value in data.items() if value == [name])
    return {field.replace("-name", "-DELETE"): "on"}


def names(contest: ContestPage) -> list[str]:
    return list(Category.objects.filter(contest=contest).values_list("name", flat=True))


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_withdrawn])
def test_a_category_with_posters_cannot_be_removed(
    scene: Scene, editor: Client, contest: ContestPage, make: Any
) -> None:
    make(scene)
    data = form_data(editor, address_of(contest))

    answer = publish(editor, address_of(contest), data, **without(data, "Collèges"))

    assert errors_of(answer) == {
        "categories": [
            "«\u202fCollèges\u202f» ne peut pas être supprimée\u00a0: 1 affiche y est classée."
        ]
    }
    assert "Collèges" in names(contest)


def test_the_row_that_stays_is_shown_again(
    scene: Scene, editor: Client, contest: ContestPage
) -> None:
    make_submitted(scene)
    data = form_data(editor, address_of(contest))

    answer = publish(editor, address_of(contest), data, **without(data, "Collèges"))

    formset = answer.context["form"].formsets["categories"]
    assert [bool(form["DELETE"].value()) for form in formset.forms] == [False] * 3
    again = publish(editor, address_of(contest), data)
    assert again.status_code == 302


def test_a_category_with_registrations_cannot_be_removed(
    scene: Scene, editor: Client, contest: ContestPage
) -> None:
    register(scene)
    data = form_data(editor, address_of(contest))

    answer = publish(editor, address_of(contest), data, **without(data, "Collèges"))

    assert "1 établissement s’y est inscrit" in errors_of(answer)["categories"][0]
    assert "Collèges" in names(contest)


def test_a_category_that_nobody_chose_can_be_removed(
    scene: Scene, editor: Client, contest: ContestPage
) -> None:
    register(scene, cancelled_at=NOW)
    data = form_data(editor, address_of(contest))

    answer = publish(editor, address_of(contest), data, **without(data, "Collèges"))

    assert answer.status_code == 302
    assert names(contest) == ["Écoles", "Lycées, CFA et dispositifs"]


def test_a_category_renamed_keeps_its_posters(
    scene: Scene, editor: Client, contest: ContestPage
) -> None:
    poster = make_submitted(scene)
    data = form_data(editor, address_of(contest))
    field = next(key for key, value in data.items() if value == ["Collèges"])

    assert publish(editor, address_of(contest), data, **{field: "Collégiens"}).status_code == 302

    assert Poster.objects.get(pk=poster.pk).category.name == "Collégiens"


def test_an_older_revision_published_again_keeps_a_category_with_posters(
    scene: Scene, contest: ContestPage
) -> None:
    stored = Category.objects.filter(contest=contest)
    contest.categories = [row for row in stored if row.name != "Collèges"]
    older = contest.save_revision()
    poster = make_submitted(scene)

    Revision.objects.get(pk=older.pk).publish()

    assert Poster.objects.get(pk=poster.pk).category == scene.category
    assert len(names(contest)) == 3


def test_a_scheduled_revision_published_by_the_clock_keeps_it_too(
    scene: Scene, contest: ContestPage
) -> None:
    from django.core.management import call_command

    stored = Category.objects.filter(contest=contest)
    contest.categories = [row for row in stored if row.name != "Collèges"]
    contest.save_revision(approved_go_live_at=datetime(2023, 1, 1, tzinfo=UTC))
    poster = make_submitted(scene)

    call_command("publish_scheduled")

    assert Poster.objects.get(pk=poster.pk).category == scene.category


def test_a_category_added_to_a_published_contest_stays_the_same_row(
    scene: Scene, editor: Client, contest: ContestPage
) -> None:
    data = form_data(editor, address_of(contest))
    added = {
        "categories-TOTAL_FORMS": "4",
        "categories-3-name": "Tous niveaux",
        "categories-3-kinds": [],
        "categories-3-ORDER": "4",
    }
    assert publish(editor, address_of(contest), data, **added).status_code == 302
    category = Category.objects.get(name="Tous niveaux")
    poster = make_submitted(scene, category=category)

    for title in ("Concours 2023", "Concours d’affiches 2023"):
        data = form_data(editor, address_of(contest))
        assert publish(editor, address_of(contest), data, title=title).status_code == 302

    assert Poster.objects.get(pk=poster.pk).category == category
    assert names(contest).count("Tous niveaux") == 1


def test_every_kind_of_row_stays_the_same_from_one_publication_to_the_next(
    scene: Scene, editor: Client
) -> None:
    contest = create(editor, make_edition(scene.academy, slug="2024"))

    def keys() -> list[list[int]]:
        return [
            list(rows.values_list("pk", flat=True))
            for rows in (contest.categories, contest.criteria, contest.prizes)
        ]

    before = keys()
    for _ in range(2):
        data = form_data(editor, address_of(contest))
        assert publish(editor, address_of(contest), data).status_code == 302

    assert keys() == before
    assert [len(rows) for rows in before] == [3, 5, 3]


# Deletion.


def delete_one(editor: Client, page: Page) -> Any:
    return editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def delete_together(editor: Client, page: Page) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return editor.post(f"{address}?id={page.pk}")


@pytest.mark.parametrize("delete", [delete_one, delete_together])
@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("use", [make_draft, make_withdrawn, register])
def test_a_contest_with_posters_or_registrations_is_not_deleted(
    scene: Scene, delete: Any, above: bool, use: Any
) -> None:
    use(scene)
    page = scene.edition if above else scene.contest
    admin = Client()  # who may delete everything that can be
    admin.force_login(
        UserFactory(is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )

    answer = delete(admin, page)

    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert ContestPage.objects.filter(pk=scene.contest.pk).exists()
    told = admin.get(answer.url).content.decode()
    assert "Dépubliez-la plutôt" in told


@pytest.mark.parametrize("delete", [delete_one, delete_together])
def test_a_contest_that_nobody_took_part_in_is_deleted(
    scene: Scene, editor: Client, delete: Any
) -> None:
    used = make_contest(make_edition(scene.academy, slug="2024"))
    make_submitted(scene)

    delete(editor, used)

    assert list(ContestPage.objects.all()) == [scene.contest]
