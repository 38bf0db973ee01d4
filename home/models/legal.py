"""The declaration of accessibility (RGAA 4.1), typed so that its label can be computed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from home.accessibility import Conformity, conformity_of, expires_on
from home.panels import ExpiredAuditPanel

from .pages import BasePage

RICH_TEXT_FEATURES = ["h3", "bold", "ol", "ul", "link", "document-link"]


class AccessibilityPage(BasePage):
    """The declaration of accessibility; footer and page compute their label from it.

    Lists (`technologies`, `environments`…) hold one entry a line. A plan is a document of the
    site; without one the page says that it is yet to be published.
    """

    audited_on = models.DateField(
        _("audited on"),
        null=True,
        blank=True,
        help_text=_("Without an audit by a person, the site is declared not compliant."),
    )
    auditor = models.CharField(_("audited by"), max_length=160, blank=True)
    rate = models.PositiveSmallIntegerField(
        _("rate of conformity (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    rgaa_version = models.CharField(_("version of the RGAA"), max_length=12, default="4.1.2")
    established_on = models.DateField(_("declaration established on"), default=timezone.localdate)
    updated_on = models.DateField(_("declaration updated on"), null=True, blank=True)
    technologies = models.TextField(_("technologies"), blank=True)
    environments = models.TextField(
        _("test environments"), blank=True, help_text=_("Browsers and assistive technologies.")
    )
    tools = models.TextField(_("tools"), blank=True)
    pages_checked = models.TextField(_("pages checked"), blank=True)
    non_conformities = RichTextField(
        _("what does not conform"), blank=True, features=RICH_TEXT_FEATURES
    )
    exemptions = RichTextField(
        _("exemptions for disproportionate burden"), blank=True, features=RICH_TEXT_FEATURES
    )
    out_of_scope = RichTextField(
        _("contents outside the obligation"), blank=True, features=RICH_TEXT_FEATURES
    )
    contact_email = models.EmailField(_("contact mailbox"), blank=True)
    contact_address = models.TextField(_("postal address"), blank=True)
    multi_year_plan = models.ForeignKey(
        "home.SiteDocument",
        verbose_name=_("multi-year plan"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    yearly_plan = models.ForeignKey(
        "home.SiteDocument",
        verbose_name=_("action plan of the year"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        ExpiredAuditPanel(),
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("audited_on"), FieldPanel("auditor"), FieldPanel("rate")],
            heading=_("Audit"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("rgaa_version"),
                FieldPanel("established_on"),
                FieldPanel("updated_on"),
                FieldPanel("technologies"),
                FieldPanel("environments"),
                FieldPanel("tools"),
                FieldPanel("pages_checked"),
            ],
            heading=_("How the declaration was established"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("non_conformities"),
                FieldPanel("exemptions"),
                FieldPanel("out_of_scope"),
            ],
            heading=_("Contents that are not accessible"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_address")], heading=_("Contact")
        ),
        MultiFieldPanel(
            [FieldPanel("multi_year_plan"), FieldPanel("yearly_plan")], heading=_("Plans")
        ),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/accessibility_page.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("accessibility declaration")
        verbose_name_plural = _("accessibility declarations")

    @property
    def conformity(self) -> Conformity:
        """The state to announce."""
        return conformity_of(self.audited_on, self.rate)

    def is_expired(self, today: date) -> bool:
        """Whether the audit is more than three years old at `today`."""
        return self.audited_on is not None and today >= expires_on(self.audited_on)

    def clean(self) -> None:
        """Refuse a rate without its audit, and an audit of tomorrow."""
        super().clean()
        if self.rate is not None and self.audited_on is None:
            raise ValidationError({"audited_on": _("Give the date of the audit that found it.")})
        if self.audited_on is not None and self.audited_on > timezone.localdate():
            raise ValidationError({"audited_on": _("An audit cannot be in the future.")})
