"""The editors' page on who takes part: lists, counts, workbook, reminders."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import MailRecord
from contest import participation, registering, reminding
from contest.enums import ReminderKind
from contest.errors import Closed, NotAllowed
from contest.models import Registration, Reminder
from contest.participation import Standing
from establishments.models import Establishment
from tests.contest.scene import NOW, Scene, make_admitted, make_draft, make_submitted
from tests.contest.scene import make_scene as make_other_scene
from tests.factories import EstablishmentFactory, NetworkFactory, UserFactory, make_site, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_open() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def address(scene: Scene, tail: str = "") -> str:
    return f"/admin/concours/{scene.contest.pk}/inscriptions/{tail}"


def make_school(scene: Scene, **fields: Any) -> Establishment:
    school = EstablishmentFactory(
        academy=scene.academy, department=scene.establishment.department, **fields
    )
    sign_up(school)
    return school


def register(scene: Scene, school: Establishment, **fields: Any) -> Registration:
    values = {"contact_name": "Camille", "posters_expected": 2, "pupils_expected": 30} | fields
    version = Registration(contest=scene.contest, establishment=school, **values)
    return registering.register(version, categories=[scene.category], by=school.account, now=NOW)


@pytest.fixture
def world(scene: Scene) -> dict[str, Establishment]:
    """One school of each standing; the lycée agricole's kind is not taken by the contest."""
    scene.contest.categories.exclude(name="Collèges").delete()
    schools = {
        "both": make_school(scene, name="Collège Complet"),
        "expected": make_school(scene, name="Collège Attendu"),
        "unannounced": make_school(scene, name="Collège Discret"),
        "silent": make_school(scene, name="Collège Muet"),
        "elsewhere": make_school(scene, name="Lycée Ailleurs", kind="lycee_gt"),
    }
    register(scene, schools["both"])
    register(scene, schools["expected"], posters_expected=1, pupils_expected=None)
    make_admitted(scene, establishment=schools["both"])
    make_submitted(scene, establishment=schools["both"])
    make_submitted(scene, establishment=schools["unannounced"])
    make_draft(scene, establishment=schools["silent"])
    return schools


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        (Standing.REGISTERED, {"Collège Complet", "Collège Attendu"}),
        (Standing.DEPOSITED, {"Collège Complet", "Collège Discret"}),
        (Standing.EXPECTED, {"Collège Attendu"}),
    ],
)
def test_each_standing_lists_its_schools(
    scene: Scene, world: dict[str, Establishment], standing: Standing, names: set[str]
) -> None:
    rows = participation.lines(scene.contest).filter(participation.standing_filter(standing))
    assert set(rows.values_list("name", flat=True)) == names


def test_schools_that_have_done_nothing_are_silent(
    scene: Scene, world: dict[str, Establishment]
) -> None:
    silent = participation.standing_filter(Standing.SILENT)
    names = set(participation.lines(scene.contest).filter(silent).values_list("name", flat=True))
    assert "Collège Muet" in names
    assert not names & {"Collège Complet", "Collège Attendu", "Collège Discret", "Lycée Ailleurs"}


def test_posters_are_not_counted_twice(scene: Scene, world: dict[str, Establishment]) -> None:
    counts = participation.totals(scene.contest)
    assert (counts.eligible, counts.registered, counts.deposited) == (5, 2, 2)
    assert (counts.posters_announced, counts.pupils_announced) == (3, 30)
    assert (counts.posters, counts.admitted) == (3, 1)


def test_counts_by_network_add_up_to_the_total(
    scene: Scene, world: dict[str, Establishment]
) -> None:
    network = NetworkFactory(academy=scene.academy, name="Réseau du Cap")
    Establishment.objects.filter(pk=world["both"].pk).update(network=network)
    by_network = participation.counts_by_network(scene.contest)
    assert by_network[-1].label == ""
    assert {line.label: line.posters for line in by_network}["Réseau du Cap"] == 2
    total = participation.totals(scene.contest)
    for name in ("eligible", "registered", "deposited", "posters", "admitted"):
        assert sum(getattr(line, name) for line in by_network) == getattr(total, name)


def test_the_page_lists_filters_and_finds(
    editor: Client, scene: Scene, world: dict[str, Establishment]
) -> None:
    page = editor.get(address(scene)).content.decode()
    assert "Collège Muet" in page
    expected = editor.get(address(scene), {"standing": "expected"}).content.decode()
    assert "Collège Attendu" in expected
    assert "Collège Muet" not in expected
    found = editor.get(address(scene), {"q": "discret"}).content.decode()
    assert "Collège Discret" in found
    assert "Collège Complet" not in found


@pytest.mark.parametrize(
    "query",
    ["page=abc", "page=99999", "standing=x", "department=²", "network=99999999999999999999",
     "q=%00", "q=" + "a" * 3000],
)  # fmt: skip
def test_no_query_string_breaks_the_page(editor: Client, scene: Scene, query: str) -> None:
    assert editor.get(f"{address(scene)}?{query}").status_code == 200


def test_the_page_runs_as_many_queries_for_thirty_schools_as_for_one(
    editor: Client, scene: Scene
) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            editor.get(address(scene))
        return len(queries)

    count()
    one = count()
    for _ in range(30):
        register(scene, make_school(scene))
    assert count() == one


def test_only_the_editors_of_the_academie_see_it(scene: Scene) -> None:
    other = make_other_scene(make_site("amiens", "amiens.localhost", is_default=False))
    for person in (other.editor, scene.lead, scene.account, UserFactory()):
        browser = Client()
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for tail in ("", "participation.xlsx", "rappel/register/", f"{scene.establishment.uai}/"):
            response = browser.get(address(scene, tail))
            assert response.status_code in (302, 403, 404), (person, tail)
            assert scene.establishment.name not in response.content.decode()
    assert Client().get(address(scene)).status_code == 302


def test_the_workbook_holds_everything_and_no_formula(editor: Client, scene: Scene) -> None:
    school = make_school(scene, name="=HYPERLINK(1)")
    register(scene, school, contact_name="+33 1 2", debate="@SUM(A1)")
    response = editor.get(address(scene, "participation.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert len(book.sheetnames) == 4
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = {cell.value for cell in cells}
    assert {"=HYPERLINK(1)", "+33 1 2", "@SUM(A1)"} <= texts
    assert "no-store" in response["Cache-Control"]


def test_a_reminder_goes_to_those_whom_it_concerns_once_a_day(
    editor: Client, scene: Scene, world: dict[str, Establishment]
) -> None:
    assert "1 établissement" in editor.get(address(scene, "rappel/deposit/")).content.decode()
    for _ in range(2):
        editor.post(address(scene, "rappel/deposit/"))
    mail = MailRecord.objects.get(kind="reminder_to_deposit")
    assert mail.recipient == world["expected"].mailbox
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        reminding.remind_everybody(scene.contest.pk, "deposit", scene.editor.pk)
    assert Reminder.objects.count() == 2


def test_silent_schools_are_reminded_to_register(
    editor: Client, scene: Scene, world: dict[str, Establishment]
) -> None:
    editor.post(address(scene, "rappel/register/"))
    recipients = set(
        MailRecord.objects.filter(kind="reminder_to_register").values_list("recipient", flat=True)
    )
    assert recipients == {world["silent"].mailbox, scene.establishment.mailbox}


def test_without_registrations_the_silent_are_reminded_to_hand_in(scene: Scene) -> None:
    assert list(reminding.to_remind(scene.contest, ReminderKind.DEPOSIT)) == [scene.establishment]


def test_a_reminder_out_of_time_is_refused(editor: Client, scene: Scene) -> None:
    late = scene.contest.deposit_closes_at + timedelta(seconds=1)
    with pytest.raises(Closed):
        reminding.remind(
            scene.contest,
            ReminderKind.DEPOSIT,
            [scene.establishment.pk],
            by=scene.editor,
            now=late,
        )
    with pytest.raises(NotAllowed):
        reminding.remind(scene.contest, ReminderKind.DEPOSIT, [], by=scene.account, now=NOW)
    assert not MailRecord.objects.exists()


def test_a_reminder_that_does_not_exist_is_not_found(editor: Client, scene: Scene) -> None:
    assert editor.get(address(scene, "rappel/autre/")).status_code == 404


def test_an_editor_registers_in_the_schools_stead_after_the_deadline(
    editor: Client, scene: Scene
) -> None:
    with time_machine.travel(scene.edition.call_closes_at + timedelta(days=1), tick=False):
        editor.force_login(scene.editor, backend="django.contrib.auth.backends.ModelBackend")
        page = editor.get(address(scene, f"{scene.establishment.uai}/"))
        assert page.status_code == 200
        response = editor.post(
            address(scene, f"{scene.establishment.uai}/"),
            {"contact_name": "Camille", "posters_expected": "1"},
        )
    assert response.status_code == 302
    assert Registration.objects.get().establishment == scene.establishment
    assert MailRecord.objects.filter(kind="registration_received").count() == 1
