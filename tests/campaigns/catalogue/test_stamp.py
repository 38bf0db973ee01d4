"""What changes a catalogue's stamp, and with it every file, answer and recueil kept until then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from campaigns import associating
from campaigns.models import AssociatedEstablishment, CampaignPage, CatalogueStamp
from establishments.models import Academy, Basin, Establishment
from home.models import SiteSettings
from tests.campaigns.outputs.reading import csv_rows, fetch
from tests.campaigns.scene import Scene, make_published, make_scene
from tests.factories import EstablishmentFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(scene: Scene) -> Scene:
    """A scene with a public fiche of a school of a department, a basin and a network."""
    basin = Basin.objects.create(academy=scene.academy, name="Rouen-Elbeuf")
    Establishment.objects.filter(pk=scene.establishment.pk).update(basin=basin)
    scene.establishment.refresh_from_db()
    make_published(scene)
    return scene


def rename_department(scene: Scene) -> None:
    scene.establishment.department.name = "Autrement"
    scene.establishment.department.save()


def rename_basin(scene: Scene) -> None:
    assert scene.establishment.basin
    scene.establishment.basin.name = "Autrement"
    scene.establishment.basin.save()


def rename_network(scene: Scene) -> None:
    scene.network.name = "Autrement"
    scene.network.save()


def rename_school(scene: Scene) -> None:
    scene.establishment.name = "Autrement"
    scene.establishment.save()


def move_school(scene: Scene) -> None:
    scene.establishment.basin = Basin.objects.create(academy=scene.academy, name="Autrement")
    scene.establishment.save()


def delete_basin(scene: Scene) -> None:
    Basin.objects.get(name="Rouen-Elbeuf").delete()


NOW_CALLED = {
    "departement": rename_department,
    "bassin": rename_basin,
    "reseau": rename_network,
    "etablissement": rename_school,
}


@pytest.mark.parametrize("column", NOW_CALLED)
def test_a_file_says_at_once_what_is_called_otherwise(client, published, column) -> None:
    etag = fetch(client, published.edition, "csv")["ETag"]

    NOW_CALLED[column](published)

    again = fetch(client, published.edition, "csv", headers={"if-none-match": etag})
    assert again.status_code == 200
    assert [row[column] for row in csv_rows(again)] == ["Autrement"]


def republish_edition(scene: Scene) -> None:
    edition = CampaignPage.objects.get(pk=scene.edition.pk)
    edition.theme = "Autrement"
    edition.save_revision().publish()


def rename_service(scene: Scene) -> None:
    Academy.objects.get(pk=scene.academy.pk).save()


def reword_header(scene: Scene) -> None:
    settings = SiteSettings.for_site(scene.edition.get_site())
    settings.brand = "Académie|d’ailleurs"
    settings.save()


@pytest.mark.parametrize(
    "change",
    [
        *NOW_CALLED.values(),
        move_school,
        delete_basin,
        republish_edition,
        rename_service,
        reword_header,
    ],
)
def test_what_a_public_fiche_shows_changes_the_stamp_of_its_edition_only(
    published: Scene, change: Callable[[Scene], None]
) -> None:
    other = make_scene(make_site("lille", "lille.localhost", is_default=False))
    make_published(other)
    before = stamps()

    change(published)

    after = stamps()
    assert after[published.edition.pk] != before[published.edition.pk]
    assert after[other.edition.pk] == before[other.edition.pk]


def test_a_school_that_leaves_a_public_fiche_leaves_its_file(client, published) -> None:
    associated = EstablishmentFactory(academy=published.academy, name="Lycée associé")
    action = make_published(
        published, associated=[AssociatedEstablishment(establishment=associated)]
    )
    before = fetch(client, published.edition, "csv")

    associating.dissociate(action, associated, by=published.account)

    after = fetch(client, published.edition, "csv", headers={"if-none-match": before["ETag"]})
    assert associated.name in {told(row) for row in csv_rows(before)}
    assert {told(row) for row in csv_rows(after)} == {""}


def told(row: dict[str, str]) -> str:
    return row["etablissements_associes"].partition(",")[0]


def test_what_nobody_public_shows_changes_no_stamp(published) -> None:
    before = stamps()

    Basin.objects.create(academy=published.academy, name="Nouveau").save()
    published.network.leads.add(published.editor)

    assert stamps() == before


def stamps() -> dict[int, int]:
    return dict(CatalogueStamp.objects.values_list("campaign", "number"))
