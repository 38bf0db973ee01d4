"""The recueil: asked for by anybody, made once, opened by an independent reader."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaigns import booklet_running, booklets, catalogue_stamp, review
from campaigns.criteria import Criteria
from campaigns.models import Action, Booklet, Theme
from campaigns.models.booklet import private_storage
from campaigns.selection import Selection
from home.typesetting.typeset import CannotTypeset
from tests.campaigns.outputs.reading import body, get, is_tagged, language
from tests.campaigns.scene import Scene, make_published
from tests.contest.printing.reading import structure, texts, title
from tests.factories import ActionFactory, DepartmentFactory, EstablishmentFactory

pytestmark = pytest.mark.django_db


def visit(scene: Scene, query: str = "", client: Client | None = None) -> Any:
    """What a visitor gets at the address of the recueil."""
    return get(client or Client(), f"/{scene.edition.slug}/actions.pdf{query}")


def work() -> None:
    """What the worker does with what waits."""
    for booklet in Booklet.objects.filter(state="queued"):
        booklet_running.run(booklet.pk)


def made(scene: Scene, query: str = "") -> bytes:
    """The file, asked for, made and fetched."""
    assert visit(scene, query).status_code == 202
    work()
    answer = visit(scene, query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return body(answer)


def fill(scene: Scene) -> None:
    """Three public fiches of two departments and two themes."""
    eure = DepartmentFactory(code="27", name="Eure", academy=scene.academy)
    elsewhere = EstablishmentFactory(
        academy=scene.academy, department=eure, name="Lycée Aristide", commune="Évreux"
    )
    themes = list(Theme.objects.filter(academy=None).order_by("order")[:2])
    for number, (school, theme) in enumerate(
        [
            (scene.establishment, themes[0]),
            (elsewhere, themes[1]),
            (elsewhere, themes[0]),
        ]
    ):
        action = ActionFactory(
            campaign=scene.edition,
            establishment=school,
            live=True,
            status="published",
            title=f"Atelier {number}",
            coordinator_name="Camille Exemple",
            first_published_at=timezone.now(),
            last_published_at=timezone.now(),
        )
        action.themes.set([theme])
        action.save()
    catalogue_stamp.rebuild([scene.edition.pk])


def test_the_recueil_has_a_cover_contents_by_department_and_an_index(scene) -> None:
    fill(scene)

    content = made(scene)

    pages = texts(content)
    assert "3 fiches" in pages[0]
    assert scene.edition.title in pages[0]
    assert scene.edition.theme in pages[0]
    assert pages[1].startswith("Sommaire")
    ours = scene.establishment.department
    titles = [f"{ours.name} ({ours.code})", "Atelier 0", "Eure (27)", "Atelier 1", "Atelier 2"]
    if ours.code > "27":
        titles = [*titles[2:], *titles[:2]]
    assert sorted(titles, key=pages[1].index) == titles
    assert [page for page in pages if "Lycée Aristide, Évreux" in page and "Page 4" in page]
    assert "Index par thématique" in pages[-1]
    assert len(pages) == 6
    assert not [page for page in pages if "Camille" in page]


def test_the_recueil_is_tagged_in_french_and_has_an_outline(scene) -> None:
    fill(scene)

    content = made(scene)

    assert title(content) == f"Recueil des fiches-actions – {scene.edition.title}"
    assert (language(content), is_tagged(content)) == ("fr", True)
    kinds = [
        element.kind for page in range(len(texts(content))) for element in structure(content, page)
    ]
    assert {"H1", "H2", "TOC", "TOCI", "Link"} <= set(kinds)
    with pdfium.PdfDocument(content) as document:
        outline = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert (0, "Eure (27)") in outline
    assert (1, "Atelier 1") in outline


def test_a_selection_has_its_own_recueil_which_says_what_is_chosen(scene) -> None:
    fill(scene)

    pages = texts(made(scene, "?departement=27"))

    assert "2 fiches" in pages[0]
    assert "Département" in pages[0]
    assert "Eure" in pages[0]
    assert not [page for page in pages if "Atelier 0" in page]


def test_two_visitors_wait_for_the_same_file(scene) -> None:
    fill(scene)

    for query in ("?q=atelier&departement=27", "?departement=27&q=ATELIER&vue=carte", "", "?x=1"):
        visit(scene, query)

    assert Booklet.objects.count() == 3  # as typed, in capitals, and everything


def test_a_page_says_how_far_it_is(scene) -> None:
    fill(scene)
    waiting = body(visit(scene)).decode()
    Booklet.objects.update(state="running", done=320, total=500, progressed_at=timezone.now())
    running = visit(scene)
    Booklet.objects.update(done=500)
    read = body(visit(scene)).decode()

    assert "attend son tour" in waiting
    assert '<meta http-equiv="refresh"' in waiting
    assert running.status_code == 202
    assert "320 fiches sur 500" in body(running).decode()
    assert "la mise en page est en cours" in read


def test_a_reader_who_follows_it_gets_a_page_with_the_link(scene) -> None:
    fill(scene)
    made(scene)

    answer = visit(scene, "?suivi=1")

    assert answer.status_code == 200
    assert "Ouvrir le recueil (PDF" in body(answer).decode()
    assert "data-booklet" not in body(answer).decode()


def test_a_fiche_that_changes_gives_another_recueil(scene) -> None:
    action = make_published(scene, title="Ancien titre")
    made(scene)
    [old] = Booklet.objects.values_list("file", flat=True)
    review.withdraw(action, by=scene.editor, comment="Erreur.")
    make_published(scene, title="Nouveau titre")

    pages = texts(made(scene))

    assert not [page for page in pages if "Ancien" in page]
    assert Booklet.objects.count() == 1
    assert not private_storage().exists(old)


def test_a_fiche_whose_date_has_ended_gives_another_recueil(scene) -> None:
    fill(scene)
    soon = timezone.now() + timedelta(hours=1)
    Action.objects.filter(title="Atelier 1").update(expire_at=soon)
    catalogue_stamp.touch([scene.edition.pk])
    made(scene)
    from time_machine import travel

    with travel(soon + timedelta(seconds=1), tick=False):
        pages = texts(made(scene))

    assert not [page for page in pages if "Atelier 1" in page]


def test_a_fiche_published_while_the_recueil_is_made_leaves_it_undone(scene, monkeypatch) -> None:
    fill(scene)
    visit(scene)
    write = booklet_running.write_booklet

    def meanwhile(*args: Any, **more: Any) -> None:
        write(*args, **more)
        catalogue_stamp.touch([scene.edition.pk])

    monkeypatch.setattr(booklet_running, "write_booklet", meanwhile)
    work()

    assert not Booklet.objects.exists()
    assert visit(scene).status_code == 202


def test_a_worker_that_was_stopped_is_forgotten_and_another_takes_over(scene) -> None:
    fill(scene)
    visit(scene)
    long_ago = timezone.now() - booklets.LOST_AFTER - timedelta(seconds=1)
    Booklet.objects.update(state="running", asked_at=long_ago, progressed_at=long_ago)

    assert visit(scene).status_code == 202
    assert Booklet.objects.get().state == "queued"
    work()
    assert visit(scene).status_code == 200


def test_a_failure_is_said_and_can_be_tried_again(scene, monkeypatch) -> None:
    fill(scene)
    visit(scene)

    def fail(*args: Any, **more: Any) -> None:
        raise CannotTypeset("no glyph")

    with monkeypatch.context() as patched:
        patched.setattr(booklet_running, "write_booklet", fail)
        work()
    told = visit(scene)
    ago = timezone.now() - booklets.TRIED_AGAIN_AFTER - timedelta(seconds=1)
    Booklet.objects.update(finished_at=ago)
    visit(scene)
    work()

    assert "Le recueil n’a pas pu être préparé" in body(told).decode()
    assert "refresh" not in body(told).decode()
    assert visit(scene)["Content-Type"] == "application/pdf"


def test_what_cannot_be_printed_is_refused_plainly(scene, monkeypatch) -> None:
    fill(scene)
    many = "&".join(
        f"{facet}={'x' * 50}{number}" for facet in ("theme", "niveau") for number in range(15)
    )

    nothing = visit(scene, "?q=escalade")
    absurd = visit(scene, f"?{many}&ouvert=1")
    monkeypatch.setattr(booklets, "MOST_FICHES", 2)
    too_many = visit(scene)

    assert (nothing.status_code, absurd.status_code) == (404, 404)
    assert "il n’y a rien à imprimer" in body(nothing).decode()
    assert too_many.status_code == 400
    assert "Cette sélection compte 3 fiches." in body(too_many).decode()
    assert not Booklet.objects.exists()


def test_only_a_few_wait_at_once(scene) -> None:
    fill(scene)
    words = ("atelier", "college", "lycee", "rouen", "evreux", "aristide", "numero")
    answers = [visit(scene, f"?q={word}") for word in words]

    assert [answer.status_code for answer in answers] == [202] * 5 + [503] * 2
    assert "Plusieurs recueils sont déjà en préparation" in body(answers[-1]).decode()
    assert visit(scene, "?q=atelier").status_code == 202


def test_whoever_only_looks_at_the_head_has_nothing_made(client, scene) -> None:
    fill(scene)

    assert client.head(f"/{scene.edition.slug}/actions.pdf").status_code == 202
    assert not Booklet.objects.exists()
    made(scene)
    head = client.head(f"/{scene.edition.slug}/actions.pdf")
    assert (head.status_code, head["Content-Type"]) == (200, "application/pdf")


def test_a_restricted_edition_gives_its_recueil_to_those_let_in(scene) -> None:
    fill(scene)
    made(scene)
    PageViewRestriction.objects.create(page=scene.edition, restriction_type="login")
    school = Client()
    school.force_login(scene.account)

    assert visit(scene).status_code == 302
    assert visit(scene, client=school).status_code == 200


def test_old_files_and_those_a_crash_left_are_purged(scene) -> None:
    fill(scene)
    made(scene)
    lost = private_storage().save("booklets/lost.pdf", ContentFile(b"%PDF-"))
    later = timezone.now() + timedelta(seconds=1)

    assert booklets.purge(timezone.now() - timedelta(days=1)) == 0
    assert private_storage().exists(lost)
    assert booklets.purge(later) == 1
    assert not private_storage().exists(lost)
    assert private_storage().listdir("booklets")[1] == []


def test_the_oldest_make_room_for_new_ones(scene, monkeypatch) -> None:
    fill(scene)
    monkeypatch.setattr(booklets, "MOST_KEPT", 1)
    made(scene, "?departement=27")
    made(scene)

    assert [one.criteria for one in Booklet.objects.all()] == [""]


def test_the_criteria_of_a_recueil_are_read_again_as_they_were(scene) -> None:
    fill(scene)
    criteria = Criteria("l’élan d’Évreux", {})
    selection = Selection(scene.edition, criteria, timezone.now())

    assert Selection(scene.edition, criteria, timezone.now()).criteria.query == (
        selection.criteria.query
    )
    visit(scene, "?q=Lycée+Aristide&departement=27&theme=a&theme=b")
    visit(scene, "?theme=b&q=Lycée+Aristide&theme=a&departement=27")
    assert Booklet.objects.count() <= 1
