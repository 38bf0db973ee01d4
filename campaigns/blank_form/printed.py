"""The blank form as a tagged PDF, to be printed and written on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _

from home.typesetting.typeset import typeset

from .contents import BlankForm

TEMPLATE = Path(__file__).parent / "printed.typ"


def pdf_of(form: BlankForm) -> bytes:
    """The form on A4 pages (PDF/UA-1).

    Raises:
        CannotTypeset: see `home.typesetting.typeset`.
    """
    words = {"page": _("Page"), "contact": _("A question? Write to")}
    return typeset(
        TEMPLATE,
        {**asdict(form), "words": words},
        title=f"{form.title} – {form.edition}",
        author=form.academy,
    )
