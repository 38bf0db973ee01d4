"""The facets as they are shown: order, labels, links; no database."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from campaigns.criteria import Criteria, Facet
from campaigns.facets import Links, facets_of, in_order, label_of, loosening_of, tags_of

LABELS = {Facet.THEME: {"commitment": "Engagement", "motivation": "Motivation"}}


@dataclass
class Counts:
    criteria: Criteria
    of: dict[Facet, dict[str, int]] = field(default_factory=dict)

    def counts(self, facet: Facet) -> dict[str, int]:
        return self.of.get(facet, {})


def read(query: str) -> Criteria:
    return Criteria.read(QueryDict(query))


def test_a_choice_tells_its_count_and_its_link_toggles_it_keeping_the_rest() -> None:
    counted = Counts(
        read("q=radio&theme=motivation"), {Facet.THEME: {"motivation": 2, "commitment": 5}}
    )

    (facet,) = facets_of(counted, LABELS, Links())

    assert [(one.label, one.count, one.is_chosen, one.query) for one in facet.choices] == [
        ("Engagement", 5, False, "?q=radio&theme=commitment&theme=motivation"),
        ("Motivation", 2, True, "?q=radio"),
    ]


def test_a_facet_with_nothing_to_choose_is_left_out_unless_it_is_chosen() -> None:
    one = {Facet.THEME: {"motivation": 3}}

    assert facets_of(Counts(read(""), one), LABELS, Links()) == []
    assert facets_of(Counts(read("theme=motivation"), one), LABELS, Links()) != []


def test_a_fiche_that_is_open_to_the_public_is_one_choice_away() -> None:
    (facet,) = facets_of(Counts(read(""), {Facet.OPEN: {"1": 4}}), {}, Links())

    assert [(one.label, one.count) for one in facet.choices] == [("Ouvert au public", 4)]


def test_a_long_facet_shows_its_first_choices_and_every_chosen_one() -> None:
    counts = {str(number): 1 for number in range(30)}
    labels = {Facet.BASIN: {key: f"Bassin {key}" for key in counts}}

    (facet,) = facets_of(Counts(read("bassin=25"), {Facet.BASIN: counts}), labels, Links())

    assert [one.key for one in facet.first_choices] == [*map(str, range(10)), "25"]
    assert len(facet.other_choices) == 19


def test_labels_are_words_and_unknown_keys_are_shown_as_they_are() -> None:
    assert label_of(Facet.DAY, "2023-04-03", {}) == "Lundi 3 avril"
    assert label_of(Facet.DAY, "2023-99-99", {}) == "2023-99-99"
    assert label_of(Facet.KIND, "lycee_pro", {}) == "Lycée professionnel"
    assert label_of(Facet.KIND, "x", {}) == "x"
    assert label_of(Facet.THEME, "commitment", LABELS) == "Engagement"


def test_kinds_come_from_nursery_to_lycee_and_days_as_they_follow() -> None:
    assert in_order(Facet.KIND, ["college", "unknown", "nursery"], {}) == [
        "nursery",
        "college",
        "unknown",
    ]
    assert in_order(Facet.DAY, ["2023-04-05", "2023-04-03"], {}) == ["2023-04-03", "2023-04-05"]


def test_each_tag_takes_one_choice_away_and_keeps_the_map() -> None:
    tags = tags_of(read("q=radio&theme=motivation&ouvert=1"), LABELS, Links("carte"))

    assert [(tag.title, tag.label, tag.query) for tag in tags] == [
        ("Mots", "radio", "?theme=motivation&ouvert=1&vue=carte"),
        ("", "Ouvert au public", "?q=radio&theme=motivation&vue=carte"),
        ("Thème", "Motivation", "?q=radio&ouvert=1&vue=carte"),
    ]


def test_giving_up_the_last_choice_leads_to_an_address_of_its_own() -> None:
    (tag,) = tags_of(read("theme=motivation"), LABELS, Links())

    assert tag.query == "?"


def test_a_loosening_names_all_that_is_given_up() -> None:
    criteria = read("theme=motivation&theme=commitment&ouvert=1")

    one = loosening_of(criteria, Facet.THEME, 7, LABELS, Links())

    assert (one.title, one.label, one.count, one.query) == (
        "Thème",
        "Engagement, Motivation",
        7,
        "?ouvert=1",
    )
