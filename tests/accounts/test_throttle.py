"""How often links may be asked for: rules of time alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.throttle import (
    ADDRESS_LIMIT,
    ADDRESS_WINDOW,
    HOUR,
    QUICK_MAILS,
    SPACING,
    TIME_TO_READ,
    Sending,
    may_send,
    wait_before_asking,
)

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
LIFE = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def sent(minutes_ago: float, *, is_open: bool = True) -> Sending:
    at = NOON - minutes_ago * MINUTE
    return Sending(queued_at=at, sent_at=at, is_open=is_open)


def test_the_first_link_is_sent() -> None:
    assert may_send([], life=LIFE, now=NOON)


def test_no_second_mail_follows_an_unused_link_within_five_minutes() -> None:
    assert not may_send([sent(4.9)], life=LIFE, now=NOON)


def test_a_mail_that_got_lost_can_be_asked_for_again_after_five_minutes() -> None:
    assert may_send([sent(5)], life=LIFE, now=NOON)


def test_using_a_link_frees_the_next_one_at_once() -> None:
    assert may_send([sent(1, is_open=False)], life=LIFE, now=NOON)


def test_beyond_the_quick_mails_a_link_with_time_left_is_not_replaced() -> None:
    mails = [sent(6 + 5 * number) for number in range(QUICK_MAILS)]

    assert not may_send(mails, life=LIFE, now=NOON)
    assert may_send(mails[:-1], life=LIFE, now=NOON)


def test_beyond_the_quick_mails_a_link_near_its_end_is_replaced() -> None:
    mails = [sent(21 + 5 * number) for number in range(QUICK_MAILS)]

    assert may_send(mails, life=LIFE, now=NOON)


def test_a_mail_that_could_not_be_delivered_is_no_reason_to_refuse_another() -> None:
    failed = [Sending(NOON - number * 6 * MINUTE, None, is_open=True) for number in range(1, 9)]

    assert may_send(failed, life=LIFE, now=NOON)


def test_attempts_at_a_mailbox_that_refuses_are_spaced_too() -> None:
    assert not may_send([Sending(NOON - MINUTE, None, is_open=True)], life=LIFE, now=NOON)


@given(
    asked=st.lists(st.integers(min_value=0, max_value=6 * 60), min_size=1, max_size=120),
    used=st.sets(st.integers(min_value=0, max_value=119)),
)
def test_whoever_asks_however_often_the_mailbox_holds_a_link_and_is_not_flooded(
    asked: list[int], used: set[int]
) -> None:
    """The whole promise: after each request a link works for five minutes at least."""
    mails: list[Sending] = []
    unused = 0
    for number, minute in enumerate(sorted(asked)):
        now = NOON + minute * MINUTE
        if may_send(mails, life=LIFE, now=now):
            mails.append(Sending(now, now, is_open=True))
            unused += 1
        working = [mail for mail in mails if mail.is_open and now - mail.queued_at < LIFE]
        assert working, "a request was refused although no link works"
        assert LIFE - (now - working[-1].queued_at) >= TIME_TO_READ
        if number in used:
            mails = [Sending(mail.queued_at, mail.sent_at, is_open=False) for mail in mails]
    if not used:
        for mail in mails:
            hour = [m for m in mails if mail.queued_at <= m.queued_at < mail.queued_at + HOUR]
            assert len(hour) <= QUICK_MAILS + 3


def test_an_academie_behind_one_proxy_can_ask_often() -> None:
    requests = [NOON - timedelta(seconds=number) for number in range(ADDRESS_LIMIT - 1)]

    assert wait_before_asking(requests, now=NOON) == timedelta()


def test_too_many_requests_wait_until_the_oldest_of_them_is_forgotten() -> None:
    requests = [NOON - timedelta(seconds=number) for number in range(ADDRESS_LIMIT)]

    wait = wait_before_asking(requests, now=NOON)

    assert wait == ADDRESS_WINDOW - timedelta(seconds=ADDRESS_LIMIT - 1)
    assert wait_before_asking(requests, now=NOON + wait) == timedelta()


@pytest.mark.parametrize("age", [ADDRESS_WINDOW, 2 * ADDRESS_WINDOW])
def test_old_requests_do_not_count(age: timedelta) -> None:
    assert wait_before_asking([NOON - age] * 500, now=NOON) == timedelta()


def test_the_spacing_leaves_time_to_read_a_link() -> None:
    assert SPACING + TIME_TO_READ < LIFE
