"""The mails of a contest, in plain French, to the establishments' official mailboxes only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from establishments.mailing import address_on, queue_academy_mail

from .enums import Decision, Reason
from .models.result_routes import RESULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from establishments.models import Establishment

    from .models import ContestPage, Poster, Registration, Result

MAIL_OF_DECISION = {
    Decision.ADMIT: "poster_admitted",
    Decision.RETURN: "poster_returned",
    Decision.REFUSE: "poster_refused",
    Decision.REOPEN: "poster_reopened",
}


def poster_submitted(poster: Poster) -> None:
    """Acknowledge receipt of a poster, and say until when it may be changed, if it may."""
    calendar, at = poster.contest.calendar, poster.submitted_at
    _tell(
        poster,
        "poster_submitted",
        may_change=at is not None and calendar.accepts_deposits(at),
    )


def decision_taken(poster: Poster, decision: Decision, *, reason: str, comment: str) -> None:
    """Tell the establishment what was decided about its poster, and why."""
    label = str(Reason(reason).label) if reason and reason != Reason.OTHER else ""
    _tell(poster, MAIL_OF_DECISION[decision], reason=label, comment=comment)


def poster_withdrawn(poster: Poster, comment: str, *, by_establishment: bool) -> None:
    """Confirm that a poster is off the site."""
    _tell(poster, "poster_withdrawn", comment=comment, by_establishment=by_establishment)


def registration_received(registration: Registration, *, is_change: bool) -> None:
    """Acknowledge receipt of a registration, or of its change."""
    _send(
        registration.contest,
        registration.establishment,
        "registration_received",
        registration=registration,
        categories=list(registration.categories.all()),
        is_change=is_change,
        link=contest_url(registration.contest, registration.establishment),
    )


def registration_cancelled(registration: Registration) -> None:
    """Confirm that a registration is taken back."""
    _send(
        registration.contest,
        registration.establishment,
        "registration_cancelled",
        registration=registration,
        link=contest_url(registration.contest, registration.establishment),
    )


def reminder(contest: ContestPage, establishment: Establishment, kind: str) -> None:
    """Remind an establishment to register, or to hand in its posters."""
    _send(
        contest,
        establishment,
        f"reminder_to_{kind}",
        link=contest_url(contest, establishment),
    )


def results_told(
    result: Result,
    establishment: Establishment,
    template: str,
    posters: Sequence[tuple[Poster, Sequence[str]]],
    *,
    about: str,
) -> bool:
    """Tell an establishment what a palmarès says of its `posters`, each with its prizes in words.

    Returns:
        Whether there was a mailbox to write to.
    """
    contest = result.contest
    _send(
        contest,
        establishment,
        template,
        about=about,
        result=result,
        posters=posters,
        laureates=[(poster, prizes) for poster, prizes in posters if prizes],
        link=results_url(contest, establishment),
        space=contest_url(contest, establishment),
    )
    return bool(establishment.mailbox)


def _tell(poster: Poster, template: str, **context: Any) -> None:
    _send(
        poster.contest,
        poster.establishment,
        template,
        about=str(poster),
        poster=poster,
        title=str(poster),
        link=poster_url(poster),
        **context,
    )


def _send(
    contest: ContestPage,
    establishment: Establishment,
    template: str,
    *,
    about: str = "",
    **context: Any,
) -> None:
    if not establishment.mailbox:
        return
    queue_academy_mail(
        establishment.academy,
        template,
        establishment.mailbox,
        f"contest/mail/{template}.txt",
        {
            "contest": contest,
            "edition": contest.edition,
            "calendar": contest.calendar,
            "establishment": establishment,
            **context,
        },
        about=about or str(establishment),
    )


def poster_url(poster: Poster) -> str:
    """Where the poster's establishment finds it, on its académie's site."""
    return address_on(
        poster.establishment.academy, reverse("contest_space:poster", args=[poster.pk])
    )


def results_url(contest: ContestPage, establishment: Establishment) -> str:
    """Where everybody finds the palmarès."""
    _site, _root, path = contest.get_url_parts() or (0, "", contest.url_path)
    return address_on(establishment.academy, f"{path}{RESULTS}")


def contest_url(contest: ContestPage, establishment: Establishment) -> str:
    """Where the establishment finds the contest in its space."""
    return address_on(establishment.academy, reverse("contest_space:contest", args=[contest.pk]))
