"""The files of fiches: given to those who may read the version that holds them, to no one else."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from django.core.files.base import ContentFile

from campaigns import associating, drafts, merging, review, submission
from campaigns.models import Action, ActionMedia
from tests.campaigns.scene import NOW, make_draft, make_published
from tests.factories import (
    EstablishmentFactory,
    NetworkFactory,
    UserFactory,
    make_editor,
    make_site,
    sign_up,
)

pytestmark = pytest.mark.django_db

READERS = ("nobody", "own", "other_school", "lead", "other_lead", "editor", "other_editor")
IN_REVIEW = {"own", "lead", "editor"}


@pytest.fixture
def readers(scene):
    other = make_site("amiens", "amiens.localhost", is_default=False)
    other_lead = UserFactory()
    NetworkFactory(academy=scene.academy, leads=[other_lead])
    return {
        "nobody": None,
        "own": scene.account,
        "other_school": sign_up(EstablishmentFactory(academy=scene.academy, network=scene.network)),
        "lead": scene.lead,
        "other_lead": other_lead,
        "editor": scene.editor,
        "other_editor": make_editor(other),
    }


def store(name: str, kind: str = "document", content: bytes = b"Bonjour") -> ActionMedia:
    """A file in the private storage."""
    medium = ActionMedia(kind=kind, alternative="Un livret", is_authorised=True)
    medium.file.save(name, ContentFile(content), save=False)
    return medium


def address_of(action: Action, medium: ActionMedia) -> str:
    return f"/fichiers/fiches/{action.pk}/{PurePosixPath(medium.file.name).name}"


def who_reads(client, readers, address: str) -> set[str]:
    """The readers that are given the file."""
    given = set()
    for name, user in readers.items():
        client.logout()
        if user:
            client.force_login(user)
        response = client.get(address)
        assert response.status_code in (200, 404)
        if response.status_code == 200:
            assert b"".join(response.streaming_content) == b"Bonjour"
            given.add(name)
    return given


def test_a_file_follows_its_fiche(client, scene, readers) -> None:
    medium = store("livret.pdf")
    action = make_draft(scene, media=[medium])
    address = address_of(action, medium)
    assert who_reads(client, readers, address) == {"own"}

    action = submission.submit(action, by=scene.account, now=NOW)
    assert who_reads(client, readers, address) == IN_REVIEW

    action = review.give_visa(action, by=scene.lead)
    assert who_reads(client, readers, address) == IN_REVIEW

    action = review.publish(action, by=scene.editor)
    assert who_reads(client, readers, address) == set(READERS)

    review.withdraw(action, by=scene.editor, comment="À revoir.")
    assert who_reads(client, readers, address) == IN_REVIEW


def test_a_file_of_changes_to_a_published_fiche_stays_with_its_authors(
    client, scene, readers
) -> None:
    old, new = store("ancien.pdf"), store("nouveau.pdf")
    action = make_draft(scene, media=[old])
    submission.submit(action, by=scene.account, now=NOW)
    review.give_visa(action, by=scene.lead)
    review.publish(action, by=scene.editor)
    version = drafts.latest_version(action)
    version.media = [new]
    drafts.save_draft(version, by=scene.account, now=NOW)

    assert who_reads(client, readers, address_of(action, new)) == {"own"}
    assert who_reads(client, readers, address_of(action, old)) == set(READERS)


def test_a_file_without_its_authorisations_is_never_public(client, scene, readers) -> None:
    medium = store("livret.pdf")
    action = make_draft(scene, media=[medium])
    submission.submit(action, by=scene.account, now=NOW)
    review.give_visa(action, by=scene.lead)
    review.publish(action, by=scene.editor)
    ActionMedia.objects.update(is_authorised=False)

    assert "nobody" not in who_reads(client, readers, address_of(action, medium))
    page = client.get(action.get_absolute_url()).content.decode()
    assert PurePosixPath(medium.file.name).name not in page


def test_a_file_is_kept_under_a_name_that_nobody_guesses() -> None:
    first, second = store("Livret de Léa.PDF"), store("Livret de Léa.PDF")

    assert first.file.name != second.file.name
    assert "Livret" not in first.file.name
    assert first.file.name.endswith(".pdf")


def test_an_associated_establishment_reads_what_was_handed_in_and_drafts_only_to_write_them(
    client, scene, readers
) -> None:
    medium = store("livret.pdf")
    action = make_draft(scene, media=[medium])
    address = address_of(action, medium)
    partner = EstablishmentFactory(academy=scene.academy)
    readers["partner"] = sign_up(partner)
    associating.associate(action, partner, by=scene.account)
    assert who_reads(client, readers, address) == {"own"}

    associating.let_edit(action, partner, may_edit=True, by=scene.account)
    assert who_reads(client, readers, address) == {"own", "partner"}

    associating.let_edit(action, partner, may_edit=False, by=scene.account)
    submission.submit(action, by=scene.account, now=NOW)
    assert who_reads(client, readers, address) == IN_REVIEW | {"partner"}

    associating.dissociate(action, partner, by=scene.account)
    assert who_reads(client, readers, address) == IN_REVIEW


def test_the_files_of_a_duplicate_go_with_it_and_are_not_those_of_the_fiche_kept(
    client, scene, readers
) -> None:
    medium = store("livret.pdf")
    kept, gone = make_published(scene), make_published(scene, media=[medium])
    assert who_reads(client, readers, address_of(gone, medium)) == set(READERS)

    merging.merge(gone, into=kept, by=scene.editor, now=NOW)

    assert who_reads(client, readers, address_of(gone, medium)) == IN_REVIEW
    assert who_reads(client, readers, address_of(kept, medium)) == set()


def test_a_file_is_reached_through_its_own_fiche_only(client, scene, readers) -> None:
    medium = store("livret.pdf")
    make_draft(scene, media=[medium])
    public = make_published(scene)

    assert who_reads(client, readers, address_of(public, medium)) == set()


@pytest.mark.parametrize("root", ["/media/", "/static/", "/documents/", "/fichiers/", "/"])
def test_no_other_address_leads_to_a_file(client, scene, root) -> None:
    medium = store("livret.pdf")
    make_published(scene, media=[medium])
    client.force_login(scene.editor)

    assert client.get(f"{root}{medium.file.name}").status_code == 404
    assert client.get(f"{root}private/{medium.file.name}").status_code == 404


@pytest.mark.parametrize("situation", ["draft", "submitted", "published", "withdrawn"])
def test_what_is_read_by_right_of_an_account_is_stored_nowhere(
    client, scene, readers, situation
) -> None:
    medium = store("livret.pdf")
    action = make_draft(scene, media=[medium])
    if situation != "draft":
        action = submission.submit(action, by=scene.account, now=NOW)
    if situation in ("published", "withdrawn"):
        action = review.publish(review.give_visa(action, by=scene.lead), by=scene.editor)
    if situation == "withdrawn":
        review.withdraw(action, by=scene.editor, comment="Motif.")
    given = 0

    for user in filter(None, readers.values()):
        client.force_login(user)
        response = client.get(address_of(action, medium))
        if response.status_code == 200:
            assert response["Cache-Control"] == "private, no-store"
            assert "Cookie" in response["Vary"]
            assert response.getvalue()  # to its end, which also closes it
            given += 1

    assert given == {"draft": 1, "published": 6}.get(situation, 3)


def test_a_public_file_is_asked_for_again_each_time(client, scene) -> None:
    medium = store("livret.pdf")
    action = make_published(scene, media=[medium])

    response = client.get(address_of(action, medium))

    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]
    assert response.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "content_type", "is_saved"),
    [
        ("a.pdf", "document", "application/octet-stream", True),
        ("a.html", "document", "application/octet-stream", True),
        ("a.svg", "image", "application/octet-stream", True),
        ("a.jpg", "document", "application/octet-stream", True),
        ("a.jpg", "image", "image/jpeg", False),
        ("a.png", "image", "image/png", False),
    ],
)
def test_a_browser_never_runs_what_it_is_given(
    client, scene, name, kind, content_type, is_saved
) -> None:
    medium = store(name, kind)
    action = make_draft(scene, media=[medium])
    client.force_login(scene.account)

    response = client.get(address_of(action, medium))

    assert response["Content-Type"] == content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment") is is_saved
    assert "sandbox" in response["Content-Security-Policy"]
    assert response.getvalue()


def test_a_file_that_is_gone_is_not_found(client, scene) -> None:
    medium = store("livret.pdf")
    action = make_draft(scene, media=[medium])
    medium.file.storage.delete(medium.file.name)
    client.force_login(scene.account)

    assert client.get(address_of(action, medium)).status_code == 404


@pytest.mark.parametrize("name", ["autre.pdf", "..", "%2e%2e%2f", "%00", "a" * 300])
def test_another_name_is_not_found(client, scene, name) -> None:
    action = make_draft(scene, media=[store("livret.pdf")])
    client.force_login(scene.account)

    assert client.get(f"/fichiers/fiches/{action.pk}/{name}").status_code == 404
