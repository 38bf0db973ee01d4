"""Public fiches with dates in the Week of the factories' edition, from 3 to 7 April 2023."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from campaigns import catalogue_stamp
from campaigns.models import Action, ActionSession
from tests.campaigns.scene import NOW, Scene


def session(day: int, starts: str = "", ends: str = "", **fields: Any) -> ActionSession:
    """A session on that day of April 2023, from and to hours such as "14:30"."""
    return ActionSession(
        date=date(2023, 4, day),
        starts_at=time.fromisoformat(starts) if starts else None,
        ends_at=time.fromisoformat(ends) if ends else None,
        **fields,
    )


def publish_many(scene: Scene, number: int) -> None:
    """Public fiches written straight into the tables, each with a session on 4 April."""
    fiches = [
        Action(
            campaign=scene.edition,
            establishment=scene.establishment,
            title=f"Action {rank}",
            live=True,
            status="published",
            first_published_at=NOW,
            last_published_at=NOW,
            openness="public" if rank % 3 == 0 else "internal",
        )
        for rank in range(number)
    ]
    Action.objects.bulk_create(fiches)
    ActionSession.objects.bulk_create(
        ActionSession(
            action=fiche, date=date(2023, 4, 4), starts_at=time(8 + rank % 10), ends_at=time(19)
        )
        for rank, fiche in enumerate(fiches)
    )
    catalogue_stamp.rebuild([scene.edition.pk])
