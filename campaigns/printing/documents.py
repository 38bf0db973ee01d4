"""The PDFs of fiches: one fiche, and the recueil of a selection. No query, no request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.dates import day_in_words, span_in_words
from campaigns.outputs.about import LICENCE, About
from home.typesetting.apart import typeset_apart

if TYPE_CHECKING:
    from campaigns.models import CampaignPage

HERE: Final = Path(__file__).parent
ONE_FICHE_SECONDS: Final = 20
BOOKLET_SECONDS: Final = 240
"""What a recueil may take; one of 2,000 fiches takes about a fifth of it."""


def write_fiche(
    target: Path,
    fiche: Mapping[str, Any],
    *,
    edition: str,
    service: str,
    files: Mapping[str, Path],
    day: date,
) -> None:
    """Write one fiche to `target` as a tagged PDF.

    Raises:
        CannotTypeset: see `home.typesetting.apart`.
    """
    foot = _("%(edition)s – fiche read on %(day)s – %(licence)s") % {
        "edition": edition,
        "day": day_in_words(day),
        "licence": LICENCE,
    }
    typeset_apart(
        HERE / "single.typ",
        {"fiche": fiche, "foot": foot, "words": {"page": _("Page")}},
        files,
        target=target,
        title=f"{fiche['title']} – {fiche['establishment']}",
        author=service,
        seconds=ONE_FICHE_SECONDS,
    )


def write_booklet(
    target: Path,
    about: About,
    departments: Sequence[Mapping[str, Any]],
    themes: Sequence[Mapping[str, Any]],
    *,
    edition: CampaignPage,
    files: Mapping[str, Path],
    day: date,
) -> None:
    """Write the recueil to `target` as a tagged PDF.

    Raises:
        CannotTypeset: see `home.typesetting.apart`.
    """
    count = sum(len(one["fiches"]) for one in departments)
    title = _("Booklet of the fiches-actions")
    typeset_apart(
        HERE / "booklet.typ",
        {
            "title": title,
            "edition": about.edition,
            "theme": about.theme,
            "academy": about.academy,
            "service": about.service,
            "week": span_in_words(edition.week_first_day, edition.week_last_day).capitalize(),
            "count": ngettext("%(count)d fiche", "%(count)d fiches", count) % {"count": count},
            "chosen": [f"{label}\u00a0: {value}" for label, value in about.chosen],
            "written": _("As published on %(day)s") % {"day": day_in_words(day)},
            "licence": LICENCE,
            "foot": f"{title} – {about.edition}",
            "departments": departments,
            "themes": themes,
            "words": {
                "contents": _("Contents"),
                "index": _("Index by theme"),
                "page": _("Page"),
                "page-short": _("p."),
            },
        },
        files,
        target=target,
        title=f"{title} – {about.edition}",
        author=about.service or about.academy,
        seconds=BOOKLET_SECONDS,
    )
