"""The addresses of a round under way, its count and its tally, in Wagtail's admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from wagtail import hooks

from contest.views.jury.awards import AwardsView, TakeBackAwardView
from contest.views.jury.counting import RoundCountView
from contest.views.jury.minutes import MinutesView
from contest.views.jury.running import (
    CloseView,
    ExtendView,
    ReassignView,
    RemindView,
    RoundProgressView,
)
from contest.views.jury.tally import RoundTallyView

STYLES = ("jury_admin", "jury_places", "jury_preparing")

JURY = "concours/<int:contest_pk>/jury/"
ROUND = f"{JURY}tours/<int:round_pk>/"


@hooks.register("register_admin_urls")
def running_urls() -> list[URLPattern]:
    """The progress, and the acts."""
    return [
        path(f"{ROUND}suivi/", RoundProgressView.as_view(), name="jury_round_progress"),
        path(f"{ROUND}rappel/", RemindView.as_view(), name="jury_round_remind"),
        path(f"{ROUND}cloture/", CloseView.as_view(), name="jury_round_close"),
        path(f"{ROUND}prolongation/", ExtendView.as_view(), name="jury_round_extend"),
        path(f"{ROUND}redistribution/", ReassignView.as_view(), name="jury_round_reassign"),
    ]


@hooks.register("register_admin_urls")
def deliberating_urls() -> list[URLPattern]:
    """The count and the places of a round; the prizes and the minutes of the contest."""
    prizes = f"{JURY}prix/"
    return [
        path(f"{ROUND}depouillement/", RoundCountView.as_view(), name="jury_round_count"),
        path(f"{ROUND}places/", RoundTallyView.as_view(), name="jury_round_tally"),
        path(prizes, AwardsView.as_view(), name="jury_awards"),
        path(
            f"{prizes}<int:award_pk>/retirer/", TakeBackAwardView.as_view(), name="jury_award_back"
        ),
        path(f"{JURY}proces-verbal.pdf", MinutesView.as_view(), name="jury_minutes"),
    ]


@hooks.register("insert_global_admin_css")
def insert_style() -> str:
    """The style of the jury's pages."""
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((static(f"css/{name}.css"),) for name in STYLES)
    )
