"""What the blank form of an edition says: the sections of the fiche, their choices, the deadline.

Its sections are those of the form that establishments have known on paper: title, coordinator,
audience, then the description with objectives, course, partners and outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.dates import span_in_words
from campaigns.enums import CoordinatorFunction, Moment, Openness
from campaigns.models import ActionType, Audience, Level, PartnerType, ProductionType, Theme
from campaigns.wording import instant_in_words
from establishments.mailing import address_on
from establishments.models import Academy

if TYPE_CHECKING:
    from campaigns.models import CampaignPage


@dataclass(frozen=True)
class Part:
    """One thing to fill in: boxes to tick, then lines to write on. `hint` may be empty."""

    label: str
    hint: str = ""
    choices: Sequence[str] = ()
    lines: int = 0


@dataclass(frozen=True)
class Section:
    """Parts below one heading."""

    title: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class BlankForm:
    """The whole form. `notes` are sentences; the first says until when."""

    title: str
    edition: str
    theme: str
    academy: str
    contact: str
    notes: Sequence[str]
    sections: Sequence[Section]


def blank_form_of(edition: CampaignPage) -> BlankForm:
    """The form of `edition`, with the vocabularies of its académie. One query a vocabulary."""
    academy = (
        Academy.objects.select_related("site")
        .filter(site__root_page__in=edition.get_ancestors())
        .first()
    )
    return BlankForm(
        title=_("Fiche-action: blank form"),
        edition=edition.title,
        theme=edition.theme,
        academy=str(academy or ""),
        contact=academy.contact_email if academy else "",
        notes=_notes(edition, academy),
        sections=_sections(academy),
    )


def _notes(edition: CampaignPage, academy: Academy | None) -> list[str]:
    notes = [
        _("To be handed in online before %(deadline)s.")
        % {"deadline": instant_in_words(edition.call_closes_at)},
        _("The Week takes place %(span)s.")
        % {"span": span_in_words(edition.week_first_day, edition.week_last_day)},
        _(
            "This form helps to prepare the fiche together. Then copy it into your establishment’s "
            "space, where it is handed in; a paper copy is not handed in."
        ),
    ]
    if academy is not None:
        address = address_on(academy, reverse("space:home"))
        notes.append(_("Your establishment’s space: %(address)s") % {"address": address})
    return notes


def _sections(academy: Academy | None) -> list[Section]:
    def terms(model: Any) -> list[str]:
        offered = model.objects.filter(Q(academy=None) | Q(academy=academy), is_active=True)
        return list(offered.values_list("label", flat=True))

    return [
        Section(
            _("Establishment"),
            [
                Part(_("Name, commune and UAI"), lines=1),
                Part(_("Associated establishments, if any"), lines=1),
            ],
        ),
        Section(
            pgettext("blank form", "Title"),
            [
                Part(_("Title of the action"), lines=1),
                Part(_("Summary"), _("One or two sentences, 200 characters at most."), lines=2),
            ],
        ),
        Section(
            _("Coordinator"),
            [
                Part(_("Name"), lines=1),
                Part(_("Function"), choices=_labels(CoordinatorFunction)),
                Part(_("E-mail address"), _("Never published."), lines=1),
            ],
        ),
        Section(
            pgettext("blank form", "Audience"),
            [
                Part(_("For whom"), choices=terms(Audience)),
                Part(_("Levels"), choices=terms(Level)),
                Part(_("Number of pupils and of adults expected"), lines=1),
            ],
        ),
        Section(
            _("Description"),
            [
                Part(
                    _("Objectives"),
                    _("What should change for the pupils, and why in your establishment."),
                    lines=7,
                ),
                Part(
                    _("Course: organisation and practical arrangements"),
                    _("Step by step: who does what, when, with what means."),
                    lines=12,
                ),
                Part(_("When"), choices=_labels(Moment)),
                Part(_("Dates, hours and place"), lines=3),
                Part(_("Open to"), choices=_labels(Openness)),
                Part(_("Partners"), _("The name of each, and its kind:"), terms(PartnerType), 3),
                Part(
                    _("Outcome or production"),
                    _("What will remain: a poster, a show, a booklet, a habit."),
                    terms(ProductionType),
                    4,
                ),
            ],
        ),
        Section(
            _("To find it again"),
            [
                Part(_("Themes"), choices=terms(Theme)),
                Part(_("Types of action"), choices=terms(ActionType)),
                Part(
                    _("How its effect will be measured"),
                    _("What you will count or observe, and what you aim for."),
                    lines=3,
                ),
            ],
        ),
    ]


def _labels(choices: Any) -> list[str]:
    return [str(label) for label in choices.labels]
