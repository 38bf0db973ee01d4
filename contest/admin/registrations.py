"""The addresses of the editors' page on the participation."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter
from wagtail import hooks

from contest.enums import ReminderKind
from contest.views.participation import (
    ParticipationView,
    ParticipationWorkbookView,
    RegisterForView,
    ReminderView,
)


class ReminderKindConverter(StringConverter):
    """A reminder that exists."""

    regex = "|".join(ReminderKind.values)


register_converter(ReminderKindConverter, "reminder_kind")


@hooks.register("register_admin_urls")
def participation_urls() -> list[URLPattern]:
    """The page, its workbook, its reminders, the registration in the establishment's stead."""
    base = "concours/<int:contest_pk>/inscriptions/"
    return [
        path(base, ParticipationView.as_view(), name="contest_registrations"),
        path(
            f"{base}participation.xlsx",
            ParticipationWorkbookView.as_view(),
            name="contest_participation_workbook",
        ),
        path(f"{base}rappel/<reminder_kind:kind>/", ReminderView.as_view(), name="contest_remind"),
        path(f"{base}<str:uai>/", RegisterForView.as_view(), name="contest_register_for"),
    ]
