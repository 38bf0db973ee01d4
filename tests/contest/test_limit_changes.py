"""A change of rules that leaves posters already in outside them is never silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from contest.enums import PosterStatus
from contest.images.formats import Format
from contest.images.limits import Limits
from contest.limit_changes import Entry, Fault, Rules, faults_of, newly_broken
from contest.models import ContestPage, Poster
from establishments.models import Establishment
from tests.contest.contest_form import address_of, errors_of, form_data, publish
from tests.contest.scene import (
    Scene,
    make_admitted,
    make_draft,
    make_refused,
    make_returned,
    make_submitted,
    make_withdrawn,
)
from tests.factories import EstablishmentFactory, sign_up

# The judgement.

LIMITS = Limits(
    formats=frozenset(Format),
    max_bytes=10_000_000,
    min_short_side=1754,
    min_long_side=2480,
    ratio=2**0.5,
    ratio_tolerance=0.02,
    orientation="portrait",
)
RULES = Rules(
    limits=LIMITS,
    kinds={1: frozenset({"college"}), 2: frozenset()},
    max_posters=3,
    rights_end_on=date(2023, 8, 31),
    rights_scope="Site et exposition.",
)
ENTRY = Entry(
    pk=1,
    number=None,
    title="Accroche-toi",
    is_draft=False,
    establishment=7,
    establishment_name="Collège du Canal",
    establishment_kind="college",
    category=1,
    file=(Format.JPEG, 1754, 2480, 2_000_000),
    rights_end_on=date(2023, 8, 31),
    rights_scope="Site et exposition.",
)

TIGHTER = {
    Fault.FORMAT: replace(RULES, limits=replace(LIMITS, formats=frozenset({Format.PDF}))),
    Fault.WEIGHT: replace(RULES, limits=replace(LIMITS, max_bytes=1_000_000)),
    Fault.PIXELS: replace(RULES, limits=replace(LIMITS, min_short_side=1755)),
    Fault.ORIENTATION: replace(RULES, limits=replace(LIMITS, orientation="landscape")),
    Fault.RATIO: replace(RULES, limits=replace(LIMITS, ratio=1.5)),
    Fault.CATEGORY: replace(RULES, kinds={1: frozenset({"lycee_gt"})}),
    Fault.RIGHTS_END_SOONER: replace(RULES, rights_end_on=date(2023, 9, 1)),
    Fault.RIGHTS_END_LATER: replace(RULES, rights_end_on=date(2023, 8, 30)),
    Fault.RIGHTS_SCOPE: replace(RULES, rights_scope="Site, exposition et affichage."),
}


@pytest.mark.parametrize("fault", TIGHTER)
def test_each_change_is_told_by_its_own_fault(fault: Fault) -> None:
    changes = newly_broken([ENTRY], RULES, TIGHTER[fault])

    assert [(one.entry, one.faults) for one in changes.broken] == [(ENTRY, (fault,))]


@pytest.mark.parametrize("fault", TIGHTER)
def test_what_is_broken_already_is_not_told_again(fault: Fault) -> None:
    assert not newly_broken([ENTRY], TIGHTER[fault], TIGHTER[fault])


def test_looser_rules_break_nothing() -> None:
    looser = replace(
        RULES,
        limits=replace(LIMITS, ratio=None, orientation="either", min_short_side=100),
        kinds={1: frozenset()},
        max_posters=50,
    )

    assert not newly_broken([ENTRY], RULES, looser)


def test_a_pdf_has_no_pixels_but_a_shape() -> None:
    page = replace(ENTRY, file=(Format.PDF, 100, 141, 2_000_000))

    assert faults_of(page, RULES, 1) == set()
    assert faults_of(page, TIGHTER[Fault.RATIO], 1) == {Fault.RATIO}


def test_what_is_not_there_yet_is_not_judged() -> None:
    blank = replace(ENTRY, category=None, file=None, rights_end_on=None, rights_scope="")

    for rules in TIGHTER.values():
        assert faults_of(blank, rules, 1) == set()


def test_a_lower_quota_tells_of_every_poster_of_those_who_have_more() -> None:
    entries = [replace(ENTRY, pk=pk) for pk in (1, 2, 3)]
    other = replace(ENTRY, pk=4, establishment=8)

    changes = newly_broken([*entries, other], RULES, replace(RULES, max_posters=2))

    assert [one.entry.pk for one in changes.broken] == [1, 2, 3]
    assert changes.counts == {Fault.QUOTA: 3}


def test_drafts_are_counted_and_never_named() -> None:
    handed_in = replace(ENTRY, pk=1)
    drafts = [replace(ENTRY, pk=pk, is_draft=True) for pk in (2, 3)]

    changes = newly_broken([handed_in, *drafts], RULES, replace(RULES, max_posters=2))

    assert (changes.broken, changes.drafts) == ((), 2)


def test_another_list_has_another_digest() -> None:
    one = newly_broken([ENTRY], RULES, TIGHTER[Fault.WEIGHT])
    same = newly_broken([ENTRY], RULES, TIGHTER[Fault.WEIGHT])
    other = newly_broken([ENTRY], RULES, TIGHTER[Fault.RATIO])
    longer = newly_broken([ENTRY, replace(ENTRY, pk=2)], RULES, TIGHTER[Fault.WEIGHT])

    assert one.digest == same.digest
    assert len({one.digest, other.digest, longer.digest}) == 3


# The editor's form.


def data_of(editor: Client, contest: ContestPage) -> dict[str, Any]:
    data = form_data(editor, address_of(contest))
    data["criteria-TOTAL_FORMS"] = "1"
    return data | {"criteria-0-label": "Thème", "criteria-0-weight": "1", "criteria-0-scale": "5"}


def widths_of(contest: ContestPage) -> int:
    return ContestPage.objects.get(pk=contest.pk).min_short_side


WIDER = {"min_short_side": "2000"}


@pytest.mark.django_db
def test_a_tighter_limit_is_refused_with_the_list_of_what_it_breaks(
    scene: Scene, editor: Client
) -> None:
    make_admitted(scene, title="Ensemble")
    make_submitted(scene, title="Tenir bon")
    data = data_of(editor, scene.contest)

    answer = publish(editor, address_of(scene.contest), data, **WIDER)

    assert list(errors_of(answer)) == ["keeps_posters"]
    assert widths_of(scene.contest) == 1754
    html = answer.content.decode()
    for told in ("N°\u00a01", "Ensemble", "Tenir bon", str(scene.establishment), "1\u00a0754 × "):
        assert told in html


@pytest.mark.django_db
def test_it_passes_once_the_list_is_read(scene: Scene, editor: Client) -> None:
    make_submitted(scene)
    data = data_of(editor, scene.contest)
    answer = publish(editor, address_of(scene.contest), data, **WIDER)
    read = {"keeps_posters": "on", "seen_changes": answer.context["form"].limit_changes.digest}

    answer = publish(editor, address_of(scene.contest), data, **WIDER, **read)

    assert answer.status_code == 302
    assert widths_of(scene.contest) == 2000
    assert Poster.objects.get().status == PosterStatus.SUBMITTED


@pytest.mark.django_db
def test_what_was_read_does_not_let_another_change_through(scene: Scene, editor: Client) -> None:
    make_submitted(scene)
    data = data_of(editor, scene.contest)
    answer = publish(editor, address_of(scene.contest), data, **WIDER)
    read = {"keeps_posters": "on", "seen_changes": answer.context["form"].limit_changes.digest}
    make_submitted(scene)

    answer = publish(editor, address_of(scene.contest), data, **WIDER, **read)

    assert list(errors_of(answer)) == ["keeps_posters"]
    assert widths_of(scene.contest) == 1754


@pytest.mark.django_db
def test_a_draft_of_the_page_is_no_way_round(scene: Scene, editor: Client) -> None:
    make_submitted(scene)
    data = data_of(editor, scene.contest)

    answer = editor.post(address_of(scene.contest), data | WIDER)

    assert list(errors_of(answer)) == ["keeps_posters"]


@pytest.mark.django_db
def test_posters_that_are_out_of_the_contest_do_not_count(scene: Scene, editor: Client) -> None:
    make_refused(scene)
    make_withdrawn(scene)
    data = data_of(editor, scene.contest)

    assert publish(editor, address_of(scene.contest), data, **WIDER).status_code == 302


@pytest.mark.django_db
def test_nothing_is_asked_where_no_poster_is_concerned(scene: Scene, editor: Client) -> None:
    make_returned(scene)
    data = data_of(editor, scene.contest)

    answer = publish(editor, address_of(scene.contest), data, exhibition_place="Hall du rectorat")

    assert answer.status_code == 302
    assert "keeps_posters" not in editor.get(address_of(scene.contest)).content.decode()


@pytest.mark.django_db
def test_a_draft_of_an_establishment_is_told_without_its_title(
    scene: Scene, editor: Client
) -> None:
    make_draft(scene, title="Secret de classe")
    data = data_of(editor, scene.contest)

    answer = publish(editor, address_of(scene.contest), data, **WIDER)

    html = answer.content.decode()
    assert "Un brouillon pas encore déposé" in html
    assert "Secret de classe" not in html
    assert str(scene.establishment) not in html


def kinds_field(data: dict[str, Any], name: str) -> str:
    row = next(key for key, value in data.items() if value == [name])
    return row.replace("-name", "-kinds")


@pytest.mark.django_db
def test_a_category_that_no_longer_takes_an_establishment_is_told(
    scene: Scene, editor: Client
) -> None:
    make_submitted(scene)
    data = data_of(editor, scene.contest)
    field = kinds_field(data, "Collèges")

    answer = publish(editor, address_of(scene.contest), data, **{field: ["relay"]})

    changes = answer.context["form"].limit_changes
    assert [one.faults for one in changes.broken] == [(Fault.CATEGORY,)]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same_whatever_its_length(
    scene: Scene, editor: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    for establishment in _establishments(scene, number):
        make_submitted(scene, establishment=establishment)
    data = data_of(editor, scene.contest)

    with django_assert_max_num_queries(60) as queries:
        answer = publish(editor, address_of(scene.contest), data, **WIDER)

    assert len(answer.context["form"].limit_changes.broken) == number
    asked = [query for query in queries.captured_queries if "contest_poster" in query["sql"]]
    assert len(asked) == 1


def _establishments(scene: Scene, number: int) -> list[Establishment]:
    made = []
    for _ in range(number):
        establishment = EstablishmentFactory(academy=scene.academy, kind="college")
        sign_up(establishment)
        made.append(establishment)
    return made
