"""Texts that a browser sends outside a form."""

from __future__ import annotations

from django.http import QueryDict

from home.typed import text_in


def test_a_text_is_read_without_what_no_database_stores() -> None:
    assert text_in(QueryDict("uai=0760083C%00"), "uai") == "0760083C"


def test_what_is_not_sent_is_empty() -> None:
    assert text_in(QueryDict(""), "uai") == ""
