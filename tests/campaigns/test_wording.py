from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from campaigns.phases import PARIS, Calendar, Phase
from campaigns.wording import hand_in_in_words, outlook_in_words, phase_in_words

OPENS = datetime(2023, 1, 17, 8, tzinfo=PARIS)
CLOSES = datetime(2023, 3, 9, 23, 59, 59, tzinfo=PARIS)


def said_at(now: datetime, days: int = 5) -> str:
    """What an edition whose week starts on 3 April 2023 and lasts `days` says at `now`."""
    first = date(2023, 4, 3)
    calendar = Calendar(OPENS, CLOSES, first, first + timedelta(days=days - 1))
    return outlook_in_words(calendar.outlook(now))


def test_each_phase_has_a_name_of_its_own() -> None:
    assert len({phase_in_words(phase) for phase in Phase}) == len(Phase)


def test_a_week_of_one_day_is_today() -> None:
    assert (
        said_at(datetime(2023, 4, 3, 12, tzinfo=PARIS), days=1) == "La Semaine a lieu aujourd’hui"
    )


def test_a_weekday_alone_is_never_ambiguous() -> None:
    eight_days = datetime(2023, 4, 3, 12, tzinfo=PARIS)

    assert said_at(eight_days, days=8) == "La Semaine est en cours jusqu’au lundi 10 avril"
    assert said_at(eight_days, days=7) == "La Semaine est en cours jusqu’à dimanche"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2023, 4, 8, tzinfo=PARIS), "Revivre l’édition"),
        (datetime(2023, 4, 1, tzinfo=PARIS), "La Semaine commence dans 2 jours"),
    ],
)
def test_the_sentence_follows_the_instant(now: datetime, words: str) -> None:
    assert said_at(now) == words


def test_nothing_is_said_of_handing_in_while_no_fiche_is_taken() -> None:
    calendar = Calendar(OPENS, CLOSES, date(2023, 4, 3), date(2023, 4, 7))

    assert hand_in_in_words(calendar.outlook(datetime(2023, 3, 20, tzinfo=PARIS))) == ""
