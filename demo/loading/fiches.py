"""What a fiche of the content says, put into a fiche of the site, in memory."""

from __future__ import annotations

from typing import Final

from campaigns.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    ActionSession,
    ActionType,
    Audience,
    FundingSource,
    Level,
    PartnerType,
    ProductionType,
    Theme,
)
from campaigns.models.terms import Term
from demo.records import ActionRecord

VOCABULARIES: Final[dict[str, type[Term]]] = {
    "audiences": Audience,
    "levels": Level,
    "themes": Theme,
    "action_types": ActionType,
    "production_types": ProductionType,
    "funding_sources": FundingSource,
}

PLAIN_FIELDS: Final = (
    "title",
    "summary",
    "coordinator_name",
    "coordinator_function",
    "coordinator_email",
    "pupils_planned",
    "adults_planned",
    "moment",
    "novelty",
    "starts_on",
    "ends_on",
    "place",
    "openness",
    "registration",
    "objectives",
    "course",
    "outcome",
    "budget",
    "ready_to_reuse",
    "reuse_tips",
)


class Terms:
    """The shared core of the vocabularies, each entry by its field and code."""

    def __init__(self) -> None:
        vocabularies: dict[str, type[Term]] = {**VOCABULARIES, "partner_types": PartnerType}
        self._terms = {
            (name, term.code): term
            for name, model in vocabularies.items()
            for term in model._default_manager.filter(academy=None)
        }

    def named(self, field: str, codes: tuple[str, ...]) -> list[Term]:
        """The entries of `field` with `codes`.

        Raises:
            KeyError: the vocabulary has no such code.
        """
        return [self._terms[field, code] for code in codes]


def write(action: Action, record: ActionRecord, terms: Terms) -> None:
    """Put into `action` all that its establishment knows when it hands it in."""
    for name in PLAIN_FIELDS:
        setattr(action, name, getattr(record, name))
    for name in VOCABULARIES:
        setattr(action, name, terms.named(name, getattr(record, name)))
    action.partners = [
        ActionPartner(name=partner.name, type=terms.named("partner_types", (partner.type,))[0])
        for partner in record.partners
    ]
    action.sessions = [
        ActionSession(
            date=session.date,
            starts_at=session.starts,
            ends_at=session.ends,
            place=session.place,
            openness=session.openness,
        )
        for session in record.sessions
    ]
    action.indicators = [
        ActionIndicator(label=indicator.label, target=indicator.target)
        for indicator in record.indicators
    ]


def write_follow_up(action: Action, record: ActionRecord) -> None:
    """Add to `action` what is known once the week is over."""
    action.pupils_actual = record.pupils_actual
    action.adults_actual = record.adults_actual
    if record.follow_up is not None:
        action.satisfaction = record.follow_up.satisfaction
        action.continued = record.follow_up.continued
        action.strengths = record.follow_up.strengths
        action.improvements = record.follow_up.improvements
        action.advice = record.follow_up.advice
    results = {indicator.label: indicator.actual for indicator in record.indicators}
    for row in action.indicators.all():
        row.actual = results.get(row.label, "")


def write_change(action: Action, record: ActionRecord) -> None:
    """Put into `action` the change that reviewers have still to read."""
    for name, value in record.pending.items():
        setattr(action, name, value)
