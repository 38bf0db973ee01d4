"""What the home app stores."""

from .files import SiteDocument, SiteImage, SiteRendition
from .legal import AccessibilityPage
from .pages import BasePage, ContentPage, HomePage
from .settings import SiteSettings

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "ContentPage",
    "HomePage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
]
