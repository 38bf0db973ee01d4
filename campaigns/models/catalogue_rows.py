"""What the catalogue is searched by: the words of each public fiche, and a stamp of each edition.

Both can be made anew from the fiches (`manage.py rebuild_catalogue`).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from django.db import models

from .action import Action
from .campaign import CampaignPage

MOST_STATES = 50
"""States of a catalogue of which is told what changed after them."""

MOST_TOLD = 100
"""Fiches changed at once, or since a state, beyond which all are read again: that is quicker."""


class ActionText(models.Model):
    """The words of a public fiche, folded and stemmed (`campaigns.stemming`), between spaces.

    The database indexes them as they are: PostgreSQL by GIN on each column, SQLite in an FTS5
    table of the same number (`campaigns.text_index`). Both then find the same fiches.
    """

    action = models.OneToOneField(
        Action, primary_key=True, on_delete=models.CASCADE, related_name="text"
    )
    campaign = models.ForeignKey(CampaignPage, on_delete=models.CASCADE, related_name="+")
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


def new_stamp() -> int:
    """A number that no other state of any catalogue has."""
    return secrets.randbits(62)


class CatalogueStamp(models.Model):
    """Another number at each change of what an edition's catalogue shows.

    Drawn at random: two states of a catalogue never share one, whatever was rolled back. `recent`
    says what led to it from the states before: see `changed_since`.
    """

    campaign = models.OneToOneField(
        CampaignPage, primary_key=True, on_delete=models.CASCADE, related_name="catalogue_stamp"
    )
    number = models.PositiveBigIntegerField(default=new_stamp)
    recent = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.number}"

    def change(self, action_ids: Collection[int] | None) -> None:
        """Draw another number, after these fiches changed; any of them may have where it is None.

        The row is locked, so that no change is left out of the ones told.
        """
        told = None if action_ids is None else sorted(action_ids)
        if told is None or len(told) > MOST_TOLD:
            self.recent = []
        else:
            self.recent = [[self.number, told], *self.recent][:MOST_STATES]
        self.number = new_stamp()


def changed_since(recent: Sequence[tuple[int, list[int]]], number: int) -> set[int] | None:
    """The fiches that changed since the state `number`; None where that is no longer known.

    `recent` are pairs of the number of a state and the fiches that changed after it, the latest
    state first.
    """
    changed: set[int] = set()
    for before, action_ids in recent:
        changed.update(action_ids)
        if len(changed) > MOST_TOLD:
            return None
        if before == number:
            return changed
    return None
