"""The posters are pictures that the contest takes, and what is said of them fits its rules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import pytest
from faker.providers.person.fr_FR import Provider as FrenchNames

from contest.completeness import REQUIRED_WORDS, SHORTEST_ALTERNATIVE
from contest.enums import AiUse, PosterStatus, PrizeKind, Reason
from contest.images.fingerprint import NEAR, distance, fingerprint_of
from contest.images.formats import Format
from contest.images.limits import Limits, problems_of_shape
from contest.models import Category, ContestPage, Criterion, Poster, Prize
from demo.dating import Dating
from demo.posters import HEIGHT, SLUGS, WIDTH, draw
from demo.posters.canvas import CLEAR, FULL, Sheet, between
from demo.posters.handwriting import fitting, written
from demo.posters.lettering import Face, centres, fitted, word
from demo.posters.pixels import width_of
from demo.posters.reading import CONTESTS, contest_of, posters_of
from demo.posters.shapes import evenly, smooth
from demo.reading import CONTENT, Content
from demo.records import EstablishmentRecord
from demo.records.posters import ContestRecord, PosterEnding, PosterRecord
from establishments.enums import Kind

# Drawing them all takes seconds: in one process.
pytestmark = pytest.mark.xdist_group("posters")

POSTERS = [poster for edition in CONTESTS for poster in posters_of(edition)]


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(Dating.at(datetime(2026, 11, 22, 12, tzinfo=UTC)))


@pytest.fixture(scope="module")
def establishments(content: Content) -> dict[str, EstablishmentRecord]:
    return {one.uai: one for one in content.establishments}


@dataclass(frozen=True)
class Drawn:
    """What is kept of a drawing; all of them at once would fill the memory."""

    mode: str
    size: tuple[int, int]
    bytes_hash: str
    likeness: str


def drawn(slug: str) -> Drawn:
    poster = draw(slug)
    bytes_hash = sha256(poster.tobytes()).hexdigest()
    return Drawn(poster.mode, poster.size, bytes_hash, fingerprint_of(poster))


@pytest.fixture(scope="module")
def drawings() -> dict[str, Drawn]:
    return {slug: drawn(slug) for slug in SLUGS}


# The drawings


def test_posters_are_large_enough_to_print_and_have_the_shape_of_a3(
    drawings: dict[str, Drawn],
) -> None:
    limits = Limits(
        formats=frozenset({Format.JPEG}),
        max_bytes=10 * 1024 * 1024,
        min_short_side=1754,
        min_long_side=2480,
        ratio=2**0.5,
        ratio_tolerance=0.01,
        orientation="portrait",
    )

    assert {(one.mode, one.size) for one in drawings.values()} == {("RGB", (WIDTH, HEIGHT))}
    assert not problems_of_shape(WIDTH, HEIGHT, limits)


@pytest.mark.parametrize("slug", ["tiens-bon", "arbre-aux-cles", "papiers-dechires"])
def test_a_poster_is_always_the_same(drawings: dict[str, Drawn], slug: str) -> None:
    assert drawn(slug) == drawings[slug]


def test_no_two_posters_are_the_same(drawings: dict[str, Drawn]) -> None:
    assert len({one.bytes_hash for one in drawings.values()}) == len(SLUGS) == 24


def test_no_poster_is_taken_for_a_copy_of_another(drawings: dict[str, Drawn]) -> None:
    pairs = combinations([one.likeness for one in drawings.values()], 2)

    assert min(distance(one, other) for one, other in pairs) > NEAR


def test_a_poster_nobody_drew_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw("mona-lisa")


# What they are drawn with


def test_letters_are_set_to_the_width_asked_for() -> None:
    assert fitted("Chaque pas", Face.BOLD, 900).width == 900
    assert fitted("Chaque pas", Face.HEAVY_SERIF, 333, tall=2).width == 333


def test_accents_rise_above_capitals_and_tails_fall_below_the_baseline() -> None:
    plain, accented, tailed = (word(text, Face.BOLD, 200) for text in ("E", "É", "Ç"))

    assert accented.rise > plain.rise
    assert tailed.mask.height - tailed.rise > plain.mask.height - plain.rise


def test_the_middles_of_letters_follow_each_other_within_the_word() -> None:
    middles = centres("ROUE", Face.BOLD, 200, track=0.1)

    assert middles == sorted(middles)
    assert 0 < middles[0] < middles[-1] < word("ROUE", Face.BOLD, 200, track=0.1).width


def test_handwriting_is_as_wide_as_asked_and_trembles_the_same_way_twice() -> None:
    one, other = (fitting("L’élan, ça tient !", 700, seed=4, shake=3) for _ in range(2))

    assert one.width == pytest.approx(700)
    assert one == other
    assert fitting("L’élan, ça tient !", 700, seed=5, shake=3) != one


def test_a_sign_that_no_alphabet_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        written("100 €", 80)


def test_dots_of_two_cells_make_words_twice_as_wide() -> None:
    assert width_of("PAS") == 17
    assert width_of("PAS", dot=2) == 34


def test_a_curve_goes_through_its_points_and_is_walked_evenly() -> None:
    curve = smooth([(0, 0), (50, 80), (100, 0)], steps=10)
    walked = evenly([(0, 0), (100, 0)], 25)

    assert {(0, 0), (50, 80), (100, 0)} <= set(curve)
    assert [place for place, _ in walked] == [(0, 0), (25, 0), (50, 0), (75, 0), (100, 0)]


def test_a_shape_covers_what_is_inside_it_only() -> None:
    sheet = Sheet(CLEAR, size=(40, 40))
    sheet.disc(20, 20, 10, FULL)
    mask = sheet.finished()

    assert (mask.getpixel((20, 20)), mask.getpixel((2, 2))) == (FULL, CLEAR)
    assert between("#000000", "#c86432", 0.5) == "#643219"


# What is said of them


def test_each_drawing_is_one_poster_of_the_two_contests() -> None:
    assert sorted(poster.slug for poster in POSTERS) == sorted(SLUGS)
    assert [len(posters_of(edition)) for edition in CONTESTS] == [12, 12]


def test_the_stories_of_posters_stop_where_they_should() -> None:
    past, present = (Counter(one.status for one in posters_of(edition)) for edition in CONTESTS)

    assert past == {
        PosterEnding.ADMITTED: 10,
        PosterEnding.REFUSED: 1,
        PosterEnding.WITHDRAWN: 1,
    }
    assert present == {
        PosterEnding.ADMITTED: 6,
        PosterEnding.SUBMITTED: 3,
        PosterEnding.DRAFT: 1,
        PosterEnding.RETURNED: 1,
        PosterEnding.REFUSED: 1,
    }
    assert set(PosterEnding) <= {status.value for status in PosterStatus}


@pytest.mark.parametrize("edition", CONTESTS)
def test_posters_are_of_open_establishments_that_their_category_takes(
    establishments: dict[str, EstablishmentRecord], edition: str
) -> None:
    kinds = {category.code: category.kinds for category in contest_of(edition).categories}

    for poster in posters_of(edition):
        establishment = establishments[poster.uai]
        assert (establishment.academy, establishment.is_open) == ("normandie", True)
        assert establishment.kind in kinds[poster.category]


@pytest.mark.parametrize("edition", CONTESTS)
def test_every_category_has_posters_and_one_establishment_has_two(edition: str) -> None:
    posters = posters_of(edition)
    owners = Counter(poster.uai for poster in posters)

    assert {poster.category for poster in posters} == {"ecoles", "colleges", "lycees"}
    assert sorted(owners.values()) == [1] * 10 + [2]


@pytest.mark.parametrize("poster", POSTERS, ids=lambda poster: poster.slug)
def test_the_words_of_a_poster_fit_the_contest(poster: PosterRecord) -> None:
    for name in Poster.WORDS:
        longest = Poster._meta.get_field(name).max_length
        assert longest is None or len(getattr(poster, name)) <= longest
    assert all(getattr(poster, name) for name in REQUIRED_WORDS)
    assert len(poster.alternative) >= SHORTEST_ALTERNATIVE
    assert poster.ai_use in AiUse.values
    assert bool(poster.ai_details) == (poster.ai_use != AiUse.NONE)
    assert bool(poster.third_party_details) == poster.third_party
    assert 1 <= poster.pupils <= 40


@pytest.mark.parametrize("poster", POSTERS, ids=lambda poster: poster.slug)
def test_whatever_an_editor_must_explain_is_explained(poster: PosterRecord) -> None:
    decided = poster.status in (PosterEnding.RETURNED, PosterEnding.REFUSED)

    assert (poster.reason in Reason.values) == decided
    assert bool(poster.comment) == (decided or poster.status is PosterEnding.WITHDRAWN)


@pytest.mark.parametrize("poster", POSTERS, ids=lambda poster: poster.slug)
def test_no_text_names_a_person(content: Content, poster: PosterRecord) -> None:
    """Neither those of the demonstration nor anybody with a usual first name."""
    people = {name for one in content.people for name in (one.first_name, one.last_name)}
    said = " ".join(str(getattr(poster, name)) for name in (*Poster.WORDS, "comment"))

    assert not (people | set(FrenchNames.first_names)) & set(re.findall(r"\w+", said))


@pytest.mark.parametrize("edition", CONTESTS)
def test_a_contest_has_the_theme_of_its_edition(content: Content, edition: str) -> None:
    assert contest_of(edition).theme == content.campaigns[edition].theme


@pytest.mark.parametrize("edition", CONTESTS)
def test_a_debate_fills_a_lesson(edition: str) -> None:
    debate = contest_of(edition).debate

    assert sum(step.minutes for step in debate.steps) == 55
    assert 4 <= len(debate.questions) <= 5
    assert all(question.endswith("?") for question in debate.questions)


@pytest.mark.parametrize("contest", [contest_of(edition) for edition in CONTESTS], ids=CONTESTS)
def test_the_rows_of_a_contest_fit_the_site(contest: ContestRecord) -> None:
    kinds = [kind for category in contest.categories for kind in category.kinds]
    limits = {
        (ContestPage, "theme"): [contest.theme],
        (Category, "name"): [category.name for category in contest.categories],
        (Criterion, "label"): [criterion.label for criterion in contest.criteria],
        (Criterion, "help_text"): [criterion.help for criterion in contest.criteria],
        (Prize, "label"): [prize.label for prize in contest.prizes],
        (Prize, "reward"): [prize.reward for prize in contest.prizes],
    }

    assert len(kinds) == len(set(kinds))
    assert set(kinds) <= set(Kind.values)
    assert {prize.kind for prize in contest.prizes} == set(PrizeKind.values)
    assert any(prize.ties_allowed for prize in contest.prizes)
    assert {criterion.scale for criterion in contest.criteria} == {5}
    for (model, name), texts in limits.items():
        assert max(map(len, texts)) <= model._meta.get_field(name).max_length


@pytest.mark.parametrize("edition", CONTESTS)
def test_rules_say_what_a_school_asks_first(edition: str) -> None:
    headings = " ".join(rule.heading.lower() for rule in contest_of(edition).rules)

    for subject in ("participer", "format", "dépôt", "autorisations", "jury", "prix", "données"):
        assert subject in headings


def test_a_key_that_nothing_reads_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (CONTENT / "posters" / "normandie-2023.toml").read_text(encoding="utf-8")
    (tmp_path / "posters").mkdir()
    (tmp_path / "posters" / "normandie-2023.toml").write_text(
        text + '\nmood = "proud"\n', encoding="utf-8"
    )
    monkeypatch.setattr("demo.posters.reading.CONTENT", tmp_path)

    with pytest.raises(TypeError, match="mood"):
        posters_of("normandie-2023")
