"""What the demo's content files hold, typed. An unknown key in a file is an error."""

from .actions import ActionRecord, Ending, FollowUp, IndicatorRecord, PartnerRecord, SessionRecord
from .editions import CampaignRecord, ContactRecord, EventRecord, Milestone, ProgrammeRecord
from .pages import CardRecord, HomeRecord, KeyFigure, PageRecord, Passage, Quote, Section
from .territory import (
    AcademyRecord,
    BasinRecord,
    DepartmentRecord,
    EstablishmentRecord,
    NetworkRecord,
    PersonRecord,
    PersonRole,
)

__all__ = [
    "AcademyRecord",
    "ActionRecord",
    "BasinRecord",
    "CampaignRecord",
    "CardRecord",
    "ContactRecord",
    "DepartmentRecord",
    "Ending",
    "EstablishmentRecord",
    "EventRecord",
    "FollowUp",
    "HomeRecord",
    "IndicatorRecord",
    "KeyFigure",
    "Milestone",
    "NetworkRecord",
    "PageRecord",
    "PartnerRecord",
    "Passage",
    "PersonRecord",
    "PersonRole",
    "ProgrammeRecord",
    "Quote",
    "Section",
    "SessionRecord",
]
