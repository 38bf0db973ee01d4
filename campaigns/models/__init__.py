"""What the campaigns app stores."""

from .action import Action
from .action_rows import (
    ActionIndicator,
    ActionMedia,
    ActionPartner,
    ActionSession,
    AssociatedEstablishment,
)
from .campaign import CampaignIndexPage, CampaignPage
from .campaign_rows import CampaignContact, CampaignKeyFigure
from .event import EventKind, EventPage
from .index import ActionIndexPage
from .review_tasks import AcademyReviewTask, NetworkReviewTask
from .terms import (
    ActionType,
    Audience,
    FundingSource,
    Level,
    PartnerType,
    ProductionType,
    Theme,
)

__all__ = [
    "AcademyReviewTask",
    "Action",
    "ActionIndexPage",
    "ActionIndicator",
    "ActionMedia",
    "ActionPartner",
    "ActionSession",
    "ActionType",
    "AssociatedEstablishment",
    "Audience",
    "CampaignContact",
    "CampaignIndexPage",
    "CampaignKeyFigure",
    "CampaignPage",
    "EventKind",
    "EventPage",
    "FundingSource",
    "Level",
    "NetworkReviewTask",
    "PartnerType",
    "ProductionType",
    "Theme",
]
