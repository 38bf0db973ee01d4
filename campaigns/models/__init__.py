"""What the campaigns app stores."""

from .action import Action
from .action_rows import (
    ActionIndicator,
    ActionMedia,
    ActionPartner,
    ActionSession,
    AssociatedEstablishment,
)
from .booklet import Booklet, BookletState
from .campaign import CampaignIndexPage, CampaignPage
from .campaign_rows import CampaignContact, CampaignKeyFigure
from .catalogue_rows import ActionText, CatalogueStamp
from .dialogue import ActionMessage, FieldComment, ReviewLabel
from .event import EventKind, EventPage
from .extension import Extension
from .index import ActionIndexPage
from .reminder import Reminder
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
    "ActionMessage",
    "ActionPartner",
    "ActionSession",
    "ActionText",
    "ActionType",
    "AssociatedEstablishment",
    "Audience",
    "Booklet",
    "BookletState",
    "CampaignContact",
    "CampaignIndexPage",
    "CampaignKeyFigure",
    "CampaignPage",
    "CatalogueStamp",
    "EventKind",
    "EventPage",
    "Extension",
    "FieldComment",
    "FundingSource",
    "Level",
    "NetworkReviewTask",
    "PartnerType",
    "ProductionType",
    "Reminder",
    "ReviewLabel",
    "Theme",
]
