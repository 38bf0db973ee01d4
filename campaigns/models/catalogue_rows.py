"""What the catalogue is searched by: the words of each public fiche, and a stamp of each edition.

Both can be made anew from the fiches (`manage.py rebuild_catalogue`).
"""

from __future__ import annotations

import secrets

from django.db import models

from .action import Action
from .campaign import CampaignPage


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

    Drawn at random: two states of a catalogue never share one, whatever was rolled back.
    """

    campaign = models.OneToOneField(
        CampaignPage, primary_key=True, on_delete=models.CASCADE, related_name="catalogue_stamp"
    )
    number = models.PositiveBigIntegerField(default=new_stamp)

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.number}"
