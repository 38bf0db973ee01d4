"""The addresses of the jury in preparation, in Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from contest.views.jury.members import (
    ConflictView,
    InviteView,
    JurorView,
    JuryView,
    RemoveView,
    ResendView,
)
from contest.views.jury.rounds import (
    AssignmentView,
    DeleteRoundView,
    EditRoundView,
    NewRoundView,
)

JURY = "concours/<int:contest_pk>/jury/"
MEMBER = f"{JURY}membres/<int:juror_pk>/"
ROUND = f"{JURY}tours/<int:round_pk>/"


@hooks.register("register_admin_urls")
def preparing_urls() -> list[URLPattern]:
    """The jury, each of its members, each round in preparation."""
    return [
        path(JURY, JuryView.as_view(), name="contest_jury"),
        path(f"{JURY}membres/invitation/", InviteView.as_view(), name="contest_juror_new"),
        path(MEMBER, JurorView.as_view(), name="contest_juror"),
        path(f"{MEMBER}conflits/", ConflictView.as_view(), name="contest_juror_conflicts"),
        path(f"{MEMBER}renvoi/", ResendView.as_view(), name="contest_juror_resend"),
        path(f"{MEMBER}retrait/", RemoveView.as_view(), name="contest_juror_remove"),
        path(
            f"{JURY}categories/<int:category_pk>/tour/",
            NewRoundView.as_view(),
            name="jury_round_new",
        ),
        path(f"{ROUND}regles/", EditRoundView.as_view(), name="jury_round_edit"),
        path(f"{ROUND}suppression/", DeleteRoundView.as_view(), name="jury_round_delete"),
        path(f"{ROUND}attribution/", AssignmentView.as_view(), name="jury_round_assignment"),
    ]
