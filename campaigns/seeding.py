"""Bring the shared core of the vocabularies into the database."""

from __future__ import annotations

from typing import Final

from django.apps.registry import Apps
from django.apps.registry import apps as global_apps
from django.db import DEFAULT_DB_ALIAS

from campaigns import vocabulary

CORE: Final[dict[str, vocabulary.Entries]] = {
    "Audience": vocabulary.AUDIENCES,
    "Level": vocabulary.LEVELS,
    "Theme": vocabulary.THEMES,
    "ActionType": vocabulary.ACTION_TYPES,
    "PartnerType": vocabulary.PARTNER_TYPES,
    "ProductionType": vocabulary.PRODUCTION_TYPES,
    "FundingSource": vocabulary.FUNDING_SOURCES,
}
"""The model of each vocabulary and its entries."""

STEP = 10
"""Between two entries, so that an académie's own term fits between them."""


def seed_vocabularies(*, using: str = DEFAULT_DB_ALIAS, apps: Apps = global_apps) -> None:
    """Add the entries of the shared core that are missing; one query a vocabulary when none is.

    What exists stays as it is: an administrator may reword an entry or stop offering it. `apps` is
    the state of the models that a migration has reached: a vocabulary it does not know yet is
    left alone.
    """
    for name, entries in CORE.items():
        try:
            model = apps.get_model("campaigns", name)
        except LookupError:
            continue
        terms = model._default_manager.using(using)
        known = set(terms.filter(academy=None).values_list("code", flat=True))
        terms.bulk_create(
            model(code=code, label=label, order=position * STEP)
            for position, (code, label) in enumerate(entries, start=1)
            if code not in known
        )
